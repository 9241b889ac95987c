import { type Deadlock, findDeadlocks, type OpenedPort, type StartingPod } from '../../../private/start-order';
import { type ContainerView, Role } from '../../model/container-view';
import { listListeners } from '../../model/listeners';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { listStartNeeds, type StartNeed } from './start-needs';

export type StartDeadlock = Deadlock<StartNeed>;

const NOTHING: readonly StartDeadlock[] = [];

const kept = new WeakMap<PodView, { readonly set: ManifestSet; readonly deadlocks: readonly StartDeadlock[] }>();

/** The needs that keep a pod from starting, as the kernel finds them in its own pods. */
export function listStartDeadlocks(pod: PodView, set: ManifestSet): readonly StartDeadlock[] {
  const found = kept.get(pod);
  if (found?.set === set) {
    return found.deadlocks;
  }
  const needs = listStartNeeds(pod, set);
  const deadlocks =
    needs.length === 0 ? NOTHING : findDeadlocks(toStartingPod(pod), needs, listOpenedPorts(pod, needs, set));
  kept.set(pod, { set, deadlocks });
  return deadlocks;
}

/** The ports of the running containers, and those of the init containers that need one themselves. */
function listOpenedPorts(pod: PodView, needs: readonly StartNeed[], set: ManifestSet): OpenedPort[] {
  return pod.all
    .filter(({ isRunning, name }) => isRunning || needs.some(({ container }) => container === name))
    .flatMap((container) =>
      listListeners(container, pod, set).map(({ number: port, protocol }) => {
        return { container: container.name, port, protocol };
      }),
    );
}

function toStartingPod({ initContainers, containers }: PodView): StartingPod {
  const toStarting = ({ name, role }: ContainerView) => {
    return { name, restartPolicy: role === Role.NATIVE_SIDECAR ? 'Always' : undefined };
  };
  return { initContainers: initContainers.map(toStarting), containers: containers.map(toStarting) };
}
