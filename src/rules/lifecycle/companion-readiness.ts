import { Severity } from '../finding';
import type { Rule } from '../rule';
import { findObservers } from './shared/observers';

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
      : findObservers(pod, ({ field }) => field.at('readinessProbe').exists).map(({ container, known }) => ({
          at: container.field.at('readinessProbe'),
          message: `container "${container.name}" is only a companion (${known.software}), but its \`readinessProbe\` decides for the pod`,
        })),
};
