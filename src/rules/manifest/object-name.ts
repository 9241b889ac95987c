import { MAX_LABEL, validateDnsLabel } from '../../private/names';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { validateDns1035Label, validateDnsSubdomain } from '../model/names';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';

type Check = (name: string) => string | undefined;

/** The length of the suffix of each Job after the name of its CronJob: `-` and the time. */
const CRON_JOB_SUFFIX = 11;

/** The length of the suffix of a StatefulSet's name in a label of its pods: `-` and a hash of up to ten digits. */
const REVISION_SUFFIX = 11;

const validateAnyName: Check = (name) =>
  name === '.' || name === '..' || /[/%]/.test(name) ? 'must not be "." or "..", and has no "/" and no "%"' : undefined;

/** The demands of the API server on the name of each kind that stands beside pods. */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  ...[
    ...['v1/Pod', 'v1/PodTemplate', 'v1/ReplicationController', 'v1/ConfigMap', 'v1/Secret', 'v1/ServiceAccount'],
    ...['v1/PersistentVolumeClaim', 'apps/v1/Deployment', 'apps/v1/ReplicaSet', 'apps/v1/DaemonSet'],
    ...['autoscaling/v1/HorizontalPodAutoscaler', 'autoscaling/v2/HorizontalPodAutoscaler'],
    ...['networking.k8s.io/v1/Ingress', 'networking.k8s.io/v1/NetworkPolicy'],
  ].map((kind): [string, Check] => [kind, validateDnsSubdomain]),
  ['v1/Namespace', validateDnsLabel],
  ['v1/Service', validateDns1035Label],
  ['apps/v1/StatefulSet', (name) => validateDnsLabel(name) ?? validateNameLength(name, REVISION_SUFFIX, 'pods')],
  ['batch/v1/Job', (name) => validateDnsSubdomain(name) ?? validateNameLength(name, 0, 'pods')],
  ['batch/v1/CronJob', (name) => validateDnsSubdomain(name) ?? validateNameLength(name, CRON_JOB_SUFFIX, 'Jobs')],
  ...[
    ...['policy/v1/PodDisruptionBudget', 'rbac.authorization.k8s.io/v1/Role'],
    ...['rbac.authorization.k8s.io/v1/RoleBinding', 'rbac.authorization.k8s.io/v1/ClusterRole'],
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  ].map((kind): [string, Check] => [kind, validateAnyName]),
]);

export const OBJECT_NAME: Rule = {
  id: 'object-name',
  severity: Severity.ERROR,
  catches: 'An object without a name, or with a name or namespace that its kind does not allow.',
  consequence: 'The API server rejects the object, or its controller cannot create its pods.',
  fix: 'choose a name of lower-case letters, digits and "-"',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names',
  checkObject: (object) => {
    const check = CHECKS.get(`${object.apiVersion}/${object.kind}`);
    return check === undefined ? [] : [...checkObjectName(object, check), ...checkNamespace(object.root)];
  },
};

function checkObjectName(object: ObjectView, check: Check): Problem[] {
  const metadata = object.root.at('metadata');
  const name = metadata.at('name');
  const prefix = metadata.at('generateName');
  const given = [name, prefix].filter((at) => at.exists && at.value !== '');
  if (given.length === 0) {
    return [{ at: name, message: `the ${object.kind} has no name`, fix: 'write `metadata.name`' }];
  }
  return given.flatMap((at) => {
    const text = at === name ? at.text : at.text?.replace(/(?<=.)-$/, 'a');
    const problem =
      text === undefined
        ? undefined
        : (check(text) ?? (at === given[0] ? validateIndexedHostName(object, text) : undefined));
    return problem === undefined ? [] : [{ at, message: `name "${at.text}" ${problem}` }];
  });
}

function checkNamespace(root: Field): Problem[] {
  const at = root.at('metadata', 'namespace');
  const problem = at.text ? validateDnsLabel(at.text) : undefined;
  return problem === undefined ? [] : [{ at, message: `namespace "${at.text}" ${problem}` }];
}

/** Each pod of an indexed Job is a host of its own, named after the Job and its index. */
function validateIndexedHostName({ kind, spec }: ObjectView, name: string): string | undefined {
  const completions = spec.at('completions').number ?? 0;
  if (kind !== 'Job' || spec.at('completionMode').text !== 'Indexed' || completions < 1) {
    return undefined;
  }
  const problem = validateDnsLabel(`${name}-${completions - 1}`);
  return problem === undefined ? undefined : `gives host name "${name}-${completions - 1}", which ${problem}`;
}

/** The name goes on in the names of what the object makes, or in their labels. */
function validateNameLength(name: string, suffix: number, made: string): string | undefined {
  const most = MAX_LABEL - suffix;
  return name.length > most
    ? `has ${name.length} characters, and its ${made} cannot be created with more than ${most}`
    : undefined;
}
