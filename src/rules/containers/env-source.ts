import { FIELD_PATHS, isResource, parseEntryPath, RESOURCES } from '../../private/downward-fields';
import { isConfigKey, validateDnsSubdomain } from '../../private/names';
import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { checkContainerName } from '../model/container-names';
import type { ContainerView } from '../model/container-view';
import { checkDivisor, checkFieldVersion } from '../model/downward-fields';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const SOURCES = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

export const ENV_SOURCE: Rule = {
  id: 'env-source',
  severity: Severity.ERROR,
  catches: 'An environment variable with two sources or none, or with a source that Kubernetes does not offer.',
  consequence: 'The API server rejects the pod, or the kubelet reports `CreateContainerConfigError`.',
  fix: 'give the variable one value or one source',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/downward-api/#available-fields',
  checkPod: (pod) =>
    pod.all.flatMap((container) => [
      ...container.field.at('env').items.flatMap((item) => checkEnvSource(item, container, pod)),
      ...container.field.at('envFrom').items.flatMap((item) => checkEnvFromSource(item, container)),
    ]),
};

function checkEnvSource(item: Field, { name }: ContainerView, pod: PodView): Problem[] {
  const at = item.at('valueFrom');
  if (!at.isObject) {
    return [];
  }
  const says = createSayer(() => `container "${name}": environment variable ${quoteVariableName(item)}`);
  const sources = SOURCES.filter((source) => at.at(source).exists);
  if (sources.length !== 1) {
    return says(at, sources.length === 0 ? 'has a `valueFrom` without a source' : `has sources ${joinQuoted(sources)}`);
  }
  if (item.at('value').text) {
    return says(at, 'has both `value` and `valueFrom`');
  }
  return [
    ...checkFieldPath(at.at('fieldRef', 'fieldPath'), says),
    ...checkFieldVersion(at.at('fieldRef')),
    ...checkDivisor(at.at('resourceFieldRef')),
    ...checkResourceField(at.at('resourceFieldRef'), pod, says),
    ...checkSourceName(at.at(sources[0]!), says),
  ];
}

function checkEnvFromSource(item: Field, { name }: ContainerView): Problem[] {
  const says = createSayer(() => `container "${name}": \`envFrom\``);
  const sources = ['configMapRef', 'secretRef'].filter((source) => item.at(source).exists);
  if (sources.length !== 1) {
    return says(item, sources.length === 0 ? 'names no source' : `has sources ${joinQuoted(sources)}`);
  }
  return checkSourceName(item.at(sources[0]!), says);
}

type Sayer = (at: Field, what: string, fix?: string) => Problem[];

function createSayer(subject: () => string): Sayer {
  return (at, what, fix) => [{ at, message: `${subject()} ${what}`, fix }];
}

function checkFieldPath(at: Field, says: Sayer): Problem[] {
  const path = at.text;
  if (path === undefined || FIELD_PATHS.includes(path)) {
    return [];
  }
  const entry = parseEntryPath(path);
  if (entry) {
    const { holder, key, problem } = entry;
    return problem === undefined ? [] : says(at, `comes from ${holder} "${key}", which ${problem}`);
  }
  const isWhole = path === 'metadata.labels' || path === 'metadata.annotations';
  const meant = findNearest(path, FIELD_PATHS);
  const fix = isWhole ? `name one of them: \`${path}['key']\`` : meant && `write \`${meant}\``;
  return says(at, `comes from field "${path}", which no environment variable can come from`, fix);
}

function checkResourceField(ref: Field, pod: PodView, says: Sayer): Problem[] {
  const resource = ref.at('resource');
  if (resource.text !== undefined && !isResource(resource.text)) {
    const meant = findNearest(resource.text, RESOURCES);
    return says(resource, `comes from resource "${resource.text}", which is none`, meant && `write \`${meant}\``);
  }
  return checkContainerName(ref.at('containerName'), pod, 'comes from').flatMap(({ at, message, fix }) =>
    says(at, message, fix),
  );
}

/** The key of a value; whoever takes all values names none. */
function checkSourceKey(at: Field, kind: string, says: Sayer): Problem[] {
  return at.text === undefined || isConfigKey(at.text)
    ? []
    : says(
        at,
        `names key "${at.text}", which no ${kind} can have`,
        'use letters, digits, "-", "_" and ".", and not ".." at its beginning',
      );
}

/** The schema lets the name of a ConfigMap or Secret be absent, the API server does not. */
function checkSourceName(ref: Field, says: Sayer): Problem[] {
  const kind = /^configMap/.test(ref.name) ? 'ConfigMap' : /^secret/.test(ref.name) ? 'Secret' : undefined;
  const at = ref.at('name');
  if (!kind || !ref.isObject) {
    return [];
  }
  if (!at.exists || at.value === '') {
    return says(at, `names no ${kind}`, `write the name of the ${kind}`);
  }
  const problem = at.text === undefined ? undefined : validateDnsSubdomain(at.text);
  return [
    ...(problem === undefined ? [] : says(at, `names ${kind} "${at.text}", which ${problem}`, `correct the name`)),
    ...checkSourceKey(ref.at('key'), kind, says),
  ];
}

function joinQuoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' and ');
}

function quoteVariableName(item: Field): string {
  const { text } = item.at('name');
  return text === undefined ? `\`${item.path}\`` : `"${text}"`;
}
