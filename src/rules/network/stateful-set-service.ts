import { isTypo } from '../../private/nearest';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import { findServiceSelector, isHeadlessService } from '../model/services';
import { findScaler } from '../resources/shared/autoscaling';
import type { Problem, Rule } from '../rule';

export const STATEFUL_SET_SERVICE: Rule = {
  id: 'stateful-set-service',
  severity: Severity.WARNING,
  catches:
    'A StatefulSet of several pods whose `serviceName` is missing, is a Service that is not headless or selects others, or not that which is made for it.',
  consequence: 'Its pods get no names of their own in the DNS.',
  fix: 'name a Service with `clusterIP: None` that selects the pods',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  checkPod: (pod, set) => (pod.owner.kind === 'StatefulSet' && pod.owner.isBuiltIn ? checkServiceName(pod, set) : []),
};

function checkServiceName(pod: PodView, set: ManifestSet): Problem[] {
  const at = pod.owner.spec.at('serviceName');
  const services = set.listByKind('Service', pod.owner);
  const isStated = at.exists && at.value !== '';
  if (isStated ? !at.text : isAlone(pod, set)) {
    return [];
  }
  if (!at.text || !services.some(({ name }) => name === at.text)) {
    const meant = services.find(
      (service) => isHeadlessService(service) && findServiceSelector(service) && isSelecting(service, pod),
    );
    const what = at.text ? `is "${at.text}", which is not here` : 'is missing';
    const message = `\`serviceName\` ${what}, and headless Service "${meant?.name}" selects its pods`;
    // A typing mistake, `object-missing` reports.
    return meant && !isTypo(meant.name ?? '', at.text ?? '') ? [{ at, message, fix: `write "${meant.name}"` }] : [];
  }
  const service = set.find('Service', at.text, pod.owner);
  if (!service || isAlone(pod, set) || (isHeadlessService(service) && isSelecting(service, pod))) {
    return [];
  }
  const flaw = isHeadlessService(service) ? 'does not select its pods' : 'is not headless';
  const message = `\`serviceName\` is "${at.text}", and this Service ${flaw}`;
  return [{ at, message }];
}

/** Whether there is never more than one pod, which is hardly called by a name of its own. */
function isAlone({ owner }: PodView, set: ManifestSet): boolean {
  return Math.max(owner.spec.at('replicas').number ?? 1, findScaler(owner, set)?.most ?? 1) <= 1;
}

/** Whether a Service leads to these pods; one without a selector may be led there by somebody else. */
function isSelecting(service: ObjectView, { labels }: PodView): boolean {
  const selector = findServiceSelector(service);
  return selector === undefined || selector.fields.every(({ name, text }) => labels.at(name).text === text);
}
