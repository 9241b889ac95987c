import { Severity } from '../finding';
import type { Rule } from '../rule';
import { listProbes } from './shared/handlers';
import { findAskedNeighbour } from './shared/neighbours';

export const PROBE_NEIGHBOUR: Rule = {
  id: 'probe-neighbour',
  severity: Severity.WARNING,
  catches: 'A probe that asks the one port of another container, which may be there to tell how its container is.',
  consequence:
    'Unless that is so, the probe says how another container is: the kubelet restarts the wrong one, or none at all.',
  fix: 'write a port that the container itself lists',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#define-a-liveness-http-request',
  checkPod: (pod, set) =>
    listProbes(pod).flatMap((handled) => {
      const asked = findAskedNeighbour(handled, pod, set);
      return asked?.mayTell ? [asked.problem] : [];
    }),
};
