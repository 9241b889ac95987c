import { Severity } from '../finding';
import { type ContainerView, type PortView, Role } from '../model/container-view';
import { type Listener, listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** A container and a port that it opens. */
interface Taken {
  readonly container: ContainerView;
  readonly listener: Listener;
}

/** Containers that tell how others are, which list the port at which they do. */
const HELPERS = /health|liveness|readiness|probe/;

export const PORT_COLLISION: Rule = {
  id: 'port-collision',
  severity: Severity.ERROR,
  catches:
    'The same port and protocol of two containers that run at the same time, by list, flag, variable, configuration or default, or twice in one container.',
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
  const taken = new Map<string, Taken[]>();
  return (pod.all.length > 1 ? pod.all : []).flatMap((container) => {
    const listeners = listListeners(container, pod, set);
    const problems = listeners.flatMap((listener) => checkPortClash(container, listener, taken));
    for (const listener of container.role === Role.INIT ? [] : listeners) {
      const key = toPortTitle(listener);
      taken.set(key, [...(taken.get(key) ?? []), { container, listener }]);
    }
    return problems;
  });
}

function checkPortClash(
  container: ContainerView,
  listener: Listener,
  taken: ReadonlyMap<string, readonly Taken[]>,
): Problem[] {
  const port = toPortTitle(listener);
  const other = taken
    .get(port)
    ?.find(
      (candidate) => isOverlapping(listener, candidate.listener) && !isPortForOther({ container, listener }, candidate),
    );
  if (!other) {
    return [];
  }
  const { isListed, software, at } = listener;
  const how = isListed ? 'lists' : software ? `runs ${software} on` : 'opens';
  const holder = `container "${other.container.name}"`;
  const rest = describeHolder(holder, other.listener);
  return [{ at, message: `container "${container.name}" ${how} ${port}, ${rest}` }];
}

function describeHolder(holder: string, { isListed, software }: Listener): string {
  return isListed
    ? `which ${holder} already lists`
    : software
      ? `on which ${holder} runs ${software}`
      : `which ${holder} opens`;
}

/** Whether one container may list the port for the other one, which lists none. */
function isPortForOther(a: Taken, b: Taken): boolean {
  return isListedFor(a, b) || isListedFor(b, a);
}

function isListedFor({ listener }: Taken, other: Taken): boolean {
  const isHelper = HELPERS.test(`${other.container.name} ${other.container.image}`);
  return (
    listener.isListed &&
    !other.listener.isListed &&
    other.container.ports.length === 0 &&
    (listener.isHearsay === true || isHelper)
  );
}

/** One port at an address of the pod and at its loopback are two. */
function isOverlapping(a: Listener, b: Listener): boolean {
  return !(a.isOneAddress && (b.isLoopback || b.isOneAddress)) && !(b.isOneAddress && a.isLoopback);
}

function toPortTitle({ number, protocol }: Listener): string {
  return `${protocol} port ${number}`;
}
