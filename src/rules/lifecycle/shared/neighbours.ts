import { listLocalCalls } from '../../model/calls';
import type { ContainerView } from '../../model/container-view';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { findRunningSoftware } from '../../model/software';
import type { Problem } from '../../rule';
import type { Handled } from './handlers';
import { listStartDeadlocks } from './start-deadlocks';

/** A neighbour that a probe asks. */
export interface AskedNeighbour {
  readonly problem: Problem;
  /** Whether it may be there to tell how others are: it lists nothing else, and its software is not known to do other things. */
  readonly mayTell: boolean;
}

/** Containers that are there to tell how others are. */
const TELLS = /health|live(ness)?|ready|readiness|probe|check|watchdog|monitor/;
/**
 * The neighbour whose port a probe asks, unless that tells how the asking container is. A container that lists no ports may
 * open any, and another host is none of the pod.
 */
export function findAskedNeighbour(handled: Handled, pod: PodView, set: ManifestSet): AskedNeighbour | undefined {
  const { container, dialled } = handled;
  const at = dialled?.port;
  if (!at || at.number === undefined || dialled.host.exists || isOwnPort(container, at.number)) {
    return undefined;
  }
  // A companion may have a page about each container, as that of kube-dns has: "/healthcheck/dnsmasq".
  const isAbout = handled.field.at('httpGet', 'path').text?.includes(container.name);
  const neighbour = pod.running.find(({ ports }) => ports.some(({ number }) => number === at.number));
  // What cannot start for that, `sidecar-order` reports.
  const isReported = () => listStartDeadlocks(pod, set).some(({ need }) => need.at.path === at.path);
  if (!neighbour || isAbout || isTelling(neighbour, container) || isReported()) {
    return undefined;
  }
  const message = `${handled.title} asks port ${at.number}, which is that of container "${neighbour.name}"`;
  return {
    problem: { at, message },
    mayTell: neighbour.ports.length === 1 && !findRunningSoftware(neighbour).software?.software,
  };
}

function isOwnPort({ ports }: ContainerView, number: number): boolean {
  return ports.length === 0 || ports.some((port) => port.number === number);
}

/** Whether a container tells how another one is: it says so by its name or image, or asks a port of it. */
function isTelling(container: ContainerView, about: ContainerView): boolean {
  return (
    TELLS.test(container.name) ||
    TELLS.test(container.image) ||
    listLocalCalls(container).some(({ port }) => about.ports.some(({ number }) => number === port))
  );
}
