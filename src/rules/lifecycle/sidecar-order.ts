import { Severity } from '../finding';
import { Role } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { listStartDeadlocks } from './shared/start-deadlocks';

export const SIDECAR_ORDER = {
  id: 'sidecar-order',
  severity: Severity.ERROR,
  catches: 'A native sidecar whose `startupProbe` or `postStart` asks a port of a container that starts after it.',
  consequence: 'The sidecar waits for the container and the container for the sidecar, so the pod never starts.',
  fix: 'ask the sidecar itself, or make it a regular container',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#sidecar-containers-and-pod-lifecycle',
  checkPod: checkSidecarOrder,
} satisfies Rule;

/** Finds native sidecars that wait for a later container. */
function checkSidecarOrder(pod: PodView, set: ManifestSet): Problem[] {
  return listStartDeadlocks(pod, set)
    .filter(({ need }) => need.role === Role.NATIVE_SIDECAR)
    .map(({ need: { at, who, port }, opener }) => {
      return {
        at,
        message: `${who} asks port ${port}, which is that of container "${opener}", which starts only after it`,
      };
    });
}
