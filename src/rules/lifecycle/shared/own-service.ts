import type { ManifestSet } from '../../model/manifest-set';
import type { ObjectView } from '../../model/object-view';
import type { PodView } from '../../model/pod-view';
import { findServiceSelector, isHeadlessService } from '../../model/services';
import type { Problem } from '../../rule';
import type { StartWait } from './start-needs';

/**
 * Checks whether a pod waits for a Service that leads to pods of its own workload alone: none of them is among the addresses before
 * it is ready. The name alone answers earlier where the Service has an address of its own or names pods that are not ready.
 */
export function checkOwnService(
  { host, port, who, at }: StartWait,
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const service = findNamedService(host, pod.owner, set);
  const selector = service && findServiceSelector(service);
  const isNamed = service && port === undefined && (!isHeadlessService(service) || isNamingAll(service));
  const pods = selector && !isNamed ? set.listPodsWith(selector, pod.owner) : [];
  if (pods.length === 0 || pods.some(({ owner }) => owner !== pod.owner)) {
    return undefined;
  }
  const message = `${who} waits for Service "${service!.name}", which leads to the pods of ${pod.owner.title} alone, once they are ready`;
  return { at, message, fix: 'do without the wait, or wait for the Service of another workload' };
}

function isNamingAll({ spec }: ObjectView): boolean {
  return spec.at('publishNotReadyAddresses').isTrue;
}

/** The Service whose name in the DNS a host is: `shop`, `shop.default` or `shop.default.svc.cluster.local`. */
function findNamedService(host: string, owner: ObjectView, set: ManifestSet): ObjectView | undefined {
  const [name, namespace, ...domain] = host.replace(/\.$/, '').split('.');
  const isOwn = namespace === undefined || (namespace === owner.namespace && (domain[0] ?? 'svc') === 'svc');
  return isOwn ? set.find('Service', name, owner) : undefined;
}
