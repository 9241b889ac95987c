import { isTypo } from '../../private/nearest';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import { findServiceSelector, isHeadlessService } from '../model/services';
import type { Problem, Rule } from '../rule';

export const STATEFUL_SET_SERVICE: Rule = {
  id: 'stateful-set-service',
  severity: Severity.WARNING,
  catches:
    'A StatefulSet of several pods whose `serviceName` is a Service that is not headless or selects others, or not that which is made for it.',
  consequence: 'Its pods get no names of their own in the DNS.',
  fix: 'name a Service with `clusterIP: None` that selects the pods',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id',
  checkPod: (pod, set) => (pod.owner.kind === 'StatefulSet' && pod.owner.isBuiltIn ? checkServiceName(pod, set) : []),
};

function checkServiceName(pod: PodView, set: ManifestSet): Problem[] {
  const at = pod.owner.spec.at('serviceName');
  if (!at.text) {
    return [];
  }
  const services = set.listByKind('Service', pod.owner);
  const named = services.filter(({ name }) => name === at.text);
  if (named.length === 0) {
    const meant = services.find(
      (service) => isHeadlessService(service) && findServiceSelector(service) && isSelecting(service, pod),
    );
    const message = `\`serviceName\` is "${at.text}", which is not here, and headless Service "${meant?.name}" selects its pods`;
    // A typing mistake, `object-missing` reports.
    return meant && !isTypo(meant.name ?? '', at.text) ? [{ at, message, fix: `write "${meant.name}"` }] : [];
  }
  const service = set.find('Service', at.text, pod.owner);
  // One pod alone is hardly called by a name of its own.
  const isAlone = (pod.owner.spec.at('replicas').number ?? 1) <= 1;
  if (!service || isAlone || (isHeadlessService(service) && isSelecting(service, pod))) {
    return [];
  }
  const flaw = isHeadlessService(service) ? 'does not select its pods' : 'is not headless';
  const message = `\`serviceName\` is "${at.text}", and this Service ${flaw}`;
  return [{ at, message }];
}

/** Whether a Service leads to these pods; one without a selector may be led there by somebody else. */
function isSelecting(service: ObjectView, { labels }: PodView): boolean {
  const selector = findServiceSelector(service);
  return selector === undefined || selector.fields.every(({ name, text }) => labels.at(name).text === text);
}
