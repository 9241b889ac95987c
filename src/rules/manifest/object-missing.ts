import { isTypo } from '../../private/nearest';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** More names are not compared: some are always near each other, and it would take too long. */
const MAX_CANDIDATES = 100;
/** Kinds that an autoscaler scales. */
const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

export const OBJECT_MISSING: Rule = {
  id: 'object-missing',
  severity: Severity.ERROR,
  catches:
    'The name of a ServiceAccount, a claim, a Service or a workload that is one letter off from the object beside it, or of another kind than that.',
  consequence: 'No pod is created or comes to a node, an autoscaler does nothing, or requests find no Service.',
  fix: 'write the name of the object that is there',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  checkPod: (pod, set) => [
    ...checkName(pod.spec.at('serviceAccountName'), 'ServiceAccount', pod.owner, set),
    ...checkClaims(pod, set),
  ],
  checkObject: (object, set) => CHECKS[object.kind]?.(object, set) ?? [],
};

const CHECKS: Readonly<Record<string, (object: ObjectView, set: ManifestSet) => Problem[]>> = {
  StatefulSet: (object, set) =>
    object.isBuiltIn ? checkName(object.spec.at('serviceName'), 'Service', object, set) : [],
  HorizontalPodAutoscaler: checkScaleTarget,
  Ingress: checkIngress,
};

function checkClaims({ volumes, owner }: PodView, set: ManifestSet): Problem[] {
  return volumes.flatMap((volume) => {
    const at = volume.at('persistentVolumeClaim', 'claimName');
    return at.text ? checkName(at, 'PersistentVolumeClaim', owner, set) : [];
  });
}

/** Checks that an object of this name is there, if one is whose name is a typing mistake away. */
function checkName(at: Field, kind: string, beside: ObjectView, set: ManifestSet): Problem[] {
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
  return `\`${name === 'name' ? keys[keys.length - 2] : name}\``;
}

function checkScaleTarget(scaler: ObjectView, set: ManifestSet): Problem[] {
  const target = scaler.spec.at('scaleTargetRef');
  const kind = target.at('kind');
  const at = target.at('name');
  if (!SCALED.includes(kind.text ?? '') || !at.text) {
    return [];
  }
  const isThere = (name: string) => set.listByKind(name, scaler).some((object) => object.name === at.text);
  const other = isThere(kind.text!) ? undefined : SCALED.find(isThere);
  const message = `it scales ${kind.text}/${at.text}, but beside it there is ${other}/${at.text}`;
  return other ? [{ at: kind, message, fix: `write \`kind: ${other}\`` }] : checkName(at, kind.text!, scaler, set);
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
