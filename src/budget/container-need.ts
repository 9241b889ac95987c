import { type ContainerView, Role } from '../rules/model/container-view';
import type { PodView } from '../rules/model/pod-view';
import {
  completeAmounts,
  type Half,
  mergeLargest,
  NO_AMOUNTS,
  type Resources,
  readResources,
  sumAmounts,
} from './amounts';

/** A container and what it asks for. */
export interface ContainerNeed {
  readonly view: ContainerView;
  readonly resources: Resources;
}

/** The resources that the containers of a pod ask for, init containers first, with a request for each limit. */
export function readNeeds(pod: PodView): ContainerNeed[] {
  return pod.all.map((view) => addRequests({ view, resources: readResources(view.field.at('resources')) }));
}

/** A limit without a request is the request, too. */
export function addRequests({ view, resources: { requests, limits } }: ContainerNeed): ContainerNeed {
  return { view, resources: { requests: completeAmounts(requests, limits), limits } };
}

/**
 * The need of all containers of a pod at once: of those that run side by side, or, where it is more, of an init container with the native
 * sidecars that have started before it.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function sumNeeds(needs: readonly ContainerNeed[], half: Half): ReadonlyMap<string, bigint> {
  return mergeLargest(sumRunning(needs, half), findInitPeak(needs, half));
}

/** The need of those that run side by side. */
export function sumRunning(needs: readonly ContainerNeed[], half: Half): ReadonlyMap<string, bigint> {
  return sumAmounts(needs.filter(({ view }) => view.isRunning).map(({ resources }) => resources[half]));
}

/** The most that is needed while the init containers start one after another. */
function findInitPeak(needs: readonly ContainerNeed[], half: Half): ReadonlyMap<string, bigint> {
  let sidecars = NO_AMOUNTS;
  let peak = NO_AMOUNTS;
  for (const { view, resources } of needs.filter(hasInitRole)) {
    const now = sumAmounts([sidecars, resources[half]]);
    sidecars = view.role === Role.NATIVE_SIDECAR ? now : sidecars;
    peak = mergeLargest(peak, now);
  }
  return peak;
}

function hasInitRole({ view }: ContainerNeed): boolean {
  return view.role === Role.INIT || view.role === Role.NATIVE_SIDECAR;
}
