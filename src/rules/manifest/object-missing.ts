import { isTypo } from '../../private/nearest';
import { Severity } from '../finding';
import { isIn, listVersionsWith } from '../model/api-kinds';
import type { Field } from '../model/field';
import type { ManifestSet, Place } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import { isScaledObject } from '../resources/shared/autoscaling';
import type { Problem, Rule } from '../rule';

/** More names are not compared: some are always near each other, and it would take too long. */
const MAX_CANDIDATES = 100;
/** Roles that are there in every cluster. */
const BUILT_IN_ROLE = /^(system:|(cluster-admin|admin|edit|view)$)/;
/** Kinds that an autoscaler scales. */
const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

export const OBJECT_MISSING: Rule = {
  id: 'object-missing',
  severity: Severity.ERROR,
  catches:
    'The name of a ServiceAccount, a role, a claim, a Service or a workload that is one letter off from the object beside it, or of another kind or group than that.',
  consequence:
    'No pod is created or comes to a node, or it may do nothing; an autoscaler does nothing; or requests find no Service.',
  fix: 'write the name of the object that is there',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  checkPod: (pod, set) => [
    ...checkName(findServiceAccount(pod), 'ServiceAccount', pod.owner, set),
    ...checkClaims(pod, set),
  ],
  checkObject: (object, set) => CHECKS[object.kind]?.(object, set) ?? [],
};

const CHECKS: Readonly<Record<string, (object: ObjectView, set: ManifestSet) => Problem[]>> = {
  StatefulSet: (object, set) =>
    object.isBuiltIn ? checkName(object.spec.at('serviceName'), 'Service', object, set) : [],
  HorizontalPodAutoscaler: checkScaleTarget,
  ScaledObject: (object, set) => (isScaledObject(object) ? checkScaleTarget(object, set, 'Deployment') : []),
  Ingress: checkIngress,
  RoleBinding: checkBinding,
  ClusterRoleBinding: checkBinding,
};

/** The account of a pod: its older name counts where the newer one says nothing. */
function findServiceAccount({ spec }: PodView): Field {
  const at = spec.at('serviceAccountName');
  return at.text ? at : spec.at('serviceAccount');
}

function checkClaims({ volumes, owner }: PodView, set: ManifestSet): Problem[] {
  return volumes.flatMap((volume) => {
    const at = volume.at('persistentVolumeClaim', 'claimName');
    return at.text ? checkName(at, 'PersistentVolumeClaim', owner, set) : [];
  });
}

/** Checks that an object of this name is there, if one is whose name is a typing mistake away. */
function checkName(at: Field, kind: string, beside: Place, set: ManifestSet): Problem[] {
  const candidates = at.text ? set.listByKind(kind, beside) : [];
  if (
    candidates.length === 0 ||
    candidates.length > MAX_CANDIDATES ||
    candidates.some(({ name }) => name === at.text)
  ) {
    return [];
  }
  const meant = candidates.map(({ name }) => name ?? '').find((name) => isTypo(name, at.text!));
  const message = `${describePlace(at)} names ${kind} "${at.text}", but beside it there is "${meant}"`;
  return meant ? [{ at, message, fix: `write "${meant}"` }] : [];
}

/** The field in words; a plain `name` says less than the field around it. */
function describePlace({ name, keys }: Field): string {
  const around = keys.slice(0, -1).filter((key) => typeof key === 'string');
  return `\`${name === 'name' ? around[around.length - 1] : name}\``;
}

function checkScaleTarget(scaler: ObjectView, set: ManifestSet, usual = ''): Problem[] {
  const target = scaler.spec.at('scaleTargetRef');
  const [at, kindAt] = [target.at('name'), target.at('kind')];
  const kind = kindAt.text ?? usual;
  if (!kind || !at.text) {
    return [];
  }
  const isThere = (name: string) => set.listByKind(name, scaler).some((object) => object.name === at.text);
  const other = !SCALED.includes(kind) || isThere(kind) ? undefined : SCALED.find(isThere);
  const message = `it scales ${kind}/${at.text}, but beside it there is ${other}/${at.text}`;
  return [
    ...checkTargetGroup(target.at('apiVersion'), kind, scaler),
    ...(other ? [{ at: kindAt, message, fix: `write \`kind: ${other}\`` }] : checkName(at, kind, scaler, set)),
  ];
}

/** Of what an autoscaler scales, the version does not count, but the group does. One of others has a domain in its name. */
function checkTargetGroup(at: Field, kind: string, { kubernetes }: ObjectView): Problem[] {
  const [group, version] = at.text?.split('/') ?? [];
  const known = listVersionsWith(kind).filter((served) => isIn(served, kubernetes));
  const isWrong = version !== undefined && !/\.(?!k8s\.io$)/.test(group!) && known.length > 0;
  const message = `it scales ${kind} of ${at.text}, and Kubernetes has none in this group`;
  const fix = `write \`apiVersion: ${known[0]?.apiVersion}\``;
  return isWrong && !known.some(({ apiVersion }) => apiVersion.startsWith(`${group}/`)) ? [{ at, message, fix }] : [];
}

/** The role of a binding, and the accounts that get it. The roles of Kubernetes itself are in no manifest. */
function checkBinding(binding: ObjectView, set: ManifestSet): Problem[] {
  const role = binding.root.at('roleRef', 'name');
  const kind = binding.root.at('roleRef', 'kind').text ?? '';
  const accounts = binding.root.at('subjects').items.filter((item) => item.at('kind').text === 'ServiceAccount');
  return [
    ...(BUILT_IN_ROLE.test(role.text ?? '') ? [] : checkName(role, kind, kind === 'ClusterRole' ? {} : binding, set)),
    ...accounts.flatMap((item) => {
      const namespace = item.at('namespace').text ?? binding.namespace;
      return checkName(item.at('name'), 'ServiceAccount', { namespace }, set);
    }),
  ];
}

/** The Services to which an Ingress leads, and their ports. */
function checkIngress(ingress: ObjectView, set: ManifestSet): Problem[] {
  if (ingress.apiVersion !== 'networking.k8s.io/v1') {
    return [];
  }
  const rules = ingress.spec.at('rules').items.flatMap((rule) => rule.at('http', 'paths').items);
  const backends = [ingress.spec.at('defaultBackend'), ...rules.map((path) => path.at('backend'))];
  return backends
    .map((backend) => backend.at('service'))
    .flatMap((service) => [
      ...checkName(service.at('name'), 'Service', ingress, set),
      ...checkIngressPort(service, ingress, set),
    ]);
}

function checkIngressPort(backend: Field, ingress: ObjectView, set: ManifestSet): Problem[] {
  const service = set.find('Service', backend.at('name').text, ingress);
  const [name, number] = [backend.at('port', 'name'), backend.at('port', 'number')];
  const at = name.text ? name : number;
  const ports = service?.spec.at('ports').items ?? [];
  const isThere = ports.some((port) => port.at(name.text ? 'name' : 'port').value === at.value);
  if (ports.length === 0 || !at.exists || isThere || service!.spec.at('type').text === 'ExternalName') {
    return [];
  }
  const known = ports.map((port) => port.at(name.text ? 'name' : 'port').scalar ?? '').join(', ');
  const message = `it leads to port ${name.text ? `"${name.text}"` : number.scalar} of ${service!.title}, which has ${known} alone`;
  return [{ at, message, fix: 'write a port of the Service' }];
}
