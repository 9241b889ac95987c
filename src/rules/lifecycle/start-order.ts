import { Severity } from '../finding';
import { Role } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { checkOwnService } from './shared/own-service';
import { listStartDeadlocks, type StartDeadlock } from './shared/start-deadlocks';
import { listOutsideWaits } from './shared/start-needs';

export const START_ORDER: Rule = {
  id: 'start-order',
  severity: Severity.ERROR,
  catches:
    'An init container, or a `postStart` hook, that needs a port of a container which starts after it, or waits for the Service of its own pod.',
  consequence: 'It waits for the container and the container for it, so the pod never starts.',
  fix: 'let the container that opens the port start first, as a native sidecar',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#understanding-init-containers',
  checkPod: (pod, set) => [
    ...listStartDeadlocks(pod, set)
      .filter(({ need }) => need.role !== Role.NATIVE_SIDECAR)
      .map((deadlock) => toStartProblem(deadlock, pod)),
    ...listOutsideWaits(pod, set).flatMap((wait) => checkOwnService(wait, pod, set) ?? []),
  ],
};

function toStartProblem({ need, opener }: StartDeadlock, { initContainers, main }: PodView): Problem {
  const { at, who, verb, port, container, isHook } = need;
  const end = isHook ? 'when the hook has ended' : 'when it has ended';
  const message = `${who} ${verb} port ${port} of container "${opener}", which starts only ${end}`;
  const isNative = initContainers.some(({ name }) => name === opener);
  const fix = isNative
    ? `put "${opener}" before "${container}"`
    : main?.name === opener
      ? `leave that to "${opener}", or to a sidecar`
      : `make "${opener}" a native sidecar${isHook ? '' : ` before "${container}"`}`;
  return { at, message, fix };
}
