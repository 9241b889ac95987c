import { Severity } from '../finding';
import { type Listener, listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { listServiceTargets, type ServiceTarget } from '../model/service-targets';
import type { Problem, Rule } from '../rule';

/** A listener and the container that has it. */
interface Opened {
  readonly container: string;
  readonly listener: Listener;
}

export const SERVICE_LOOPBACK: Rule = {
  id: 'service-loopback',
  severity: Severity.WARNING,
  catches: 'A Service that leads to a port which a container opens on the loopback interface alone.',
  consequence: 'Only the containers of the pod reach the port, so that requests to the Service are refused.',
  fix: 'let the container listen on "0.0.0.0"',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  checkObject: (object, set) =>
    listServiceTargets(object, set).flatMap((target) =>
      target.pods.flatMap((pod) => checkReach(target, pod, set) ?? []).slice(0, 1),
    ),
};

function checkReach(target: ServiceTarget, pod: PodView, set: ManifestSet): Problem | undefined {
  const opened = listOpened(target, pod, set);
  const [first] = opened;
  if (!first || opened.some(({ listener }) => !listener.isLoopback)) {
    return undefined;
  }
  const message = `port ${first.listener.number} of ${pod.owner.title} is open for its own containers alone: container "${first.container}" listens on the loopback`;
  return { at: target.at, message };
}

/** The listeners at the number of a target, or at the number of the port that has its name. */
function listOpened({ at, protocol }: ServiceTarget, pod: PodView, set: ManifestSet): Opened[] {
  const named = pod.running
    .flatMap(({ ports }) => ports)
    .find((port) => port.name === at.text && port.protocol === protocol);
  const number = at.number ?? named?.number;
  return pod.running.flatMap((container) =>
    listListeners(container, pod, set)
      .filter((listener) => listener.number === number && listener.protocol === protocol)
      .map((listener) => ({ container: container.name, listener })),
  );
}
