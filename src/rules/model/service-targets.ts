import type { Field } from './field';
import { listListeners } from './listeners';
import type { ManifestSet } from './manifest-set';
import { validatePortReference } from './names';
import type { ObjectView } from './object-view';
import type { PodView } from './pod-view';
import { findServiceSelector, isHeadlessService } from './services';

/** A Service is compared with so many workloads: there may be as many Services as workloads, each selecting all. */
const MAX_PODS = 100;
const PROTOCOLS = new Set(['TCP', 'UDP', 'SCTP']);

/** A port to which a Service sends requests, and the pods that it selects. */
export interface ServiceTarget {
  /** The field that says it: `targetPort`, or `port` where that stands for it. */
  readonly at: Field;
  readonly protocol: string;
  readonly pods: readonly PodView[];
}

/** The targets of a Service that can be read. Clients of a headless one go to the pods themselves, whatever number it says. */
export function listServiceTargets(object: ObjectView, set: ManifestSet): ServiceTarget[] {
  const pods = listSelectedPods(object, set);
  if (pods.length === 0) {
    return [];
  }
  const isHeadless = isHeadlessService(object);
  return object.spec.at('ports').items.flatMap((port) => {
    const at = port.at('targetPort').value ? port.at('targetPort') : port.at('port');
    const protocol = port.at('protocol').text ?? 'TCP';
    const isNumber = at.text === undefined;
    // What is no port at all, or no protocol, other rules report.
    const isUnreadable = validatePortReference(at.value) !== undefined || !PROTOCOLS.has(protocol);
    return isUnreadable || (isNumber && (isHeadless || at.number === undefined)) ? [] : [{ at, protocol, pods }];
  });
}

/** The pods that a Service selects. */
export function listSelectedPods(object: ObjectView, set: ManifestSet): readonly PodView[] {
  const selector = findServiceSelector(object);
  const found = selector ? set.listPodsWith(selector, object).slice(0, MAX_PODS) : [];
  return found.filter(({ owner }) => !set.isVariant(owner) || owner.source.file === object.source.file);
}

/** Whether a container of a pod is known to open the number of a target. */
export function opensPort({ at, protocol }: ServiceTarget, pod: PodView, set: ManifestSet): boolean {
  return pod.running
    .flatMap((container) => listListeners(container, pod, set))
    .some((listener) => listener.number === at.number && isOfProtocol(listener.protocol, protocol));
}

/** Whether a port is of this protocol, or of none that there is, which other rules report. */
export function isOfProtocol(stated: string, protocol: string): boolean {
  return stated === protocol || !PROTOCOLS.has(stated);
}

/** The workloads of pods in words. */
export function joinTitles(pods: readonly PodView[]): string {
  return [...new Set(pods.map(({ owner }) => owner.title))].join(' or ');
}
