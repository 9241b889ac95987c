import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import { findRunningSoftware } from '../model/software';
import type { Rule } from '../rule';

const OBSERVERS: ReadonlySet<string> = new Set(['log agent', 'agent', 'exporter']);

export const COMPANION_READINESS: Rule = {
  id: 'companion-readiness',
  severity: Severity.WARNING,
  catches: 'A `readinessProbe` of a log agent or exporter beside the main container.',
  consequence:
    'When the companion fails, the pod is not ready, and no request reaches the main container, which is well.',
  fix: 'remove the `readinessProbe`; a `livenessProbe` restarts the companion alone',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-readiness-status',
  // Nobody sends requests to a Job.
  checkPod: (pod) =>
    pod.owner.isJob
      ? []
      : listProbedObservers(pod).map(({ container, software }) => ({
          at: container.field.at('readinessProbe'),
          message: `container "${container.name}" is only a companion (${software}), but its \`readinessProbe\` decides for the pod`,
        })),
};

interface Observer {
  readonly container: ContainerView;
  /** The name of its software. */
  readonly software: string;
}

/** The containers with a readiness probe that only look on beside a main container that does the work. */
function listProbedObservers({ main, companions }: PodView): Observer[] {
  const probed = companions.filter(({ field }) => field.at('readinessProbe').exists);
  const found = probed.flatMap((container) => {
    const { software, role } = findRunningSoftware(container).software ?? {};
    return software && OBSERVERS.has(role ?? '') ? [{ container, software }] : [];
  });
  // Where the first container is a companion itself, nobody can tell which one does the work.
  const first = found.length > 0 && main ? findRunningSoftware(main).software?.role : 'helper';
  return first === 'helper' || OBSERVERS.has(first ?? '') ? [] : found;
}
