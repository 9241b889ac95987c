import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { findServiceSelector } from '../model/services';
import type { Problem, Rule } from '../rule';

export const PORT_NAME_SHARED: Rule = {
  id: 'port-name-shared',
  severity: Severity.WARNING,
  catches:
    'A port name that two containers of a pod list. Where a Service uses it, `service-target` reports it instead.',
  consequence: 'The first Service that takes the name reaches one of the two, and never the other.',
  fix: 'give each port of the pod a name of its own',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  checkPod: (pod, set) => (pod.running.length > 1 ? checkSharedPortNames(pod, set) : []),
};

/** In the order in which a Service looks for a name: native sidecars come last. */
function checkSharedPortNames(pod: PodView, set: ManifestSet): Problem[] {
  const taken = new Map<string, ContainerView>();
  return [...pod.containers, ...pod.initContainers]
    .filter(({ isRunning }) => isRunning)
    .flatMap((container) =>
      container.ports.flatMap(({ name, protocol, field }) => {
        const key = `${protocol} ${name}`;
        const other = taken.get(key);
        taken.set(key, other ?? container);
        return name && other && other !== container && !isUsedByService(name, pod, set)
          ? [
              {
                at: field.at('name'),
                message: `port name "${name}" of container "${container.name}" is also that of container "${other.name}"`,
              },
            ]
          : [];
      }),
    );
}

/** Whether a Service routes to this port name of the pod. */
function isUsedByService(name: string, pod: PodView, set: ManifestSet): boolean {
  return set.listByKind('Service', pod.owner).some((service) => {
    const selector = findServiceSelector(service);
    return (
      selector?.fields.every((label) => pod.labels.at(label.name).text === label.text) === true &&
      service.spec.at('ports').items.some((port) => port.at('targetPort').text === name)
    );
  });
}
