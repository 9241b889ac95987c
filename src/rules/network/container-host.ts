import { groupBy } from '../../private/lists';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import { listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { findServiceSelector } from '../model/services';
import type { Problem, Rule } from '../rule';
import { listNamedHosts, type NamedHost } from './shared/named-hosts';

export const CONTAINER_HOST: Rule = {
  id: 'container-host',
  severity: Severity.WARNING,
  catches: 'The name of a container of the pod as the name of a host, as Docker Compose has it.',
  consequence: 'The cluster knows no such name, so that the address leads nowhere.',
  fix: 'write "localhost", as the containers of a pod share one network',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  checkPod: (pod, set) =>
    pod.running.length > 1 ? pod.all.flatMap((container) => checkHosts(container, pod, set)) : [],
};

function checkHosts(container: ContainerView, pod: PodView, set: ManifestSet): Problem[] {
  const found = listNamedHosts(container, pod, set).flatMap((host) => {
    const neighbour = findNeighbour(host, container, pod, set);
    return neighbour === undefined ? [] : [{ at: host.at, neighbour }];
  });
  return [...groupBy(found, ({ at }) => at.path).values()].map(([first]) => {
    const { at, neighbour } = first!;
    const message = `container "${container.name}" names "${neighbour}" as a host, which is container "${neighbour}" of the same pod`;
    return { at, message };
  });
}

/** The name of the container that a host is, unless the cluster may know the name after all. */
function findNeighbour(
  { host, port }: NamedHost,
  container: ContainerView,
  pod: PodView,
  set: ManifestSet,
): string | undefined {
  const neighbour = pod.running.find((other) => other !== container && other.field.at('name').text === host);
  if (!neighbour || isKnownName(host, pod, set)) {
    return undefined;
  }
  const isOpen = port === undefined || listListeners(neighbour, pod, set).some((listener) => listener.number === port);
  return isOpen ? host : undefined;
}

/** Whether a Service, an alias or the pod has the name; a workload mostly has a Service of its own name. */
function isKnownName(host: string, { spec, owner }: PodView, set: ManifestSet): boolean {
  const aliases = spec.at('hostAliases').items.flatMap((alias) => alias.at('hostnames').texts);
  const services = set.listByKind('Service', owner);
  const isWorkload = owner.name === host && !services.some((service) => findServiceSelector(service));
  return (
    aliases.includes(host) ||
    spec.at('hostname').text === host ||
    isWorkload ||
    services.some(({ name }) => name === host)
  );
}
