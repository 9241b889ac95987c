import { Severity } from '../finding';
import { type ContainerView, type PortView, Role } from '../model/container-view';
import { type Listener, listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** A container and a port of it. */
interface Taken {
  readonly container: ContainerView;
  readonly isListed: boolean;
  readonly software?: string;
}

export const PORT_COLLISION: Rule = {
  id: 'port-collision',
  severity: Severity.ERROR,
  catches: 'The same port and protocol of two containers that run at the same time, or twice in one container.',
  consequence: 'The containers share one network, so the second one cannot open the port and crashes again and again.',
  fix: 'let one of the two listen on another port',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  checkPod: (pod, set) => [...checkRepeatedPorts(pod), ...checkPortClashes(pod, set)],
};

/** Ports that a container lists twice, except under several ports of the node. */
function checkRepeatedPorts({ all }: PodView): Problem[] {
  return all
    .filter(({ ports }) => ports.length > 1)
    .flatMap(({ name, ports }) => {
      const seen = new Map<string, PortView>();
      return ports.flatMap((port) => {
        const key = `${port.protocol} port ${port.number}`;
        const other = seen.get(key);
        seen.set(key, other ?? port);
        const isDouble = other && port.number !== undefined && !(getHostPort(port) && getHostPort(other));
        return isDouble
          ? [
              {
                at: port.field.at('containerPort'),
                message: `container "${name}" lists ${key} twice`,
                fix: 'remove one of the two entries',
              },
            ]
          : [];
      });
    });
}

function getHostPort({ field }: PortView): number | undefined {
  return field.at('hostPort').number;
}

/** Container by container as they start, so that an init container meets only the native sidecars before it. */
function checkPortClashes(pod: PodView, set: ManifestSet): Problem[] {
  const taken = new Map<string, Taken>();
  return pod.all.flatMap((container) => {
    const listeners = listListeners(container, pod, set);
    const problems = listeners.flatMap((listener) => checkPortClash(container, listener, taken));
    for (const { number, protocol, isListed, software } of container.role === Role.INIT ? [] : listeners) {
      const key = `${protocol} port ${number}`;
      taken.set(key, taken.get(key) ?? { container, isListed, software });
    }
    return problems;
  });
}

function checkPortClash(container: ContainerView, listener: Listener, taken: ReadonlyMap<string, Taken>): Problem[] {
  const { at, number, protocol, isListed, software } = listener;
  const port = `${protocol} port ${number}`;
  const other = taken.get(port);
  if (!other) {
    return [];
  }
  const how = isListed ? 'lists' : `runs ${software} on`;
  const holder = `container "${other.container.name}"`;
  const rest = other.isListed ? `which ${holder} already lists` : `on which ${holder} runs ${other.software}`;
  return [{ at, message: `container "${container.name}" ${how} ${port}, ${rest}` }];
}
