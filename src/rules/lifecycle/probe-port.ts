import { validatePortName } from '../../private/names';
import { Severity } from '../finding';
import type { Problem, Rule } from '../rule';
import { type Handled, listHooks, listProbes } from './shared/handlers';
import { findAskedNeighbour } from './shared/neighbours';

export const PROBE_PORT: Rule = {
  id: 'probe-port',
  severity: Severity.ERROR,
  catches:
    'A probe or hook that names a port that its container does not list, or a probe that asks a port of another container.',
  consequence:
    'The probe fails for ever, or says how another container is: the kubelet restarts the wrong one, or none at all.',
  fix: 'write a port that the container itself lists',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  checkPod: (pod, set) => [
    ...[...listProbes(pod), ...listHooks(pod)].flatMap((handled) => checkAskedPortName(handled) ?? []),
    ...listProbes(pod).flatMap((probe) => {
      const asked = findAskedNeighbour(probe, pod, set);
      // What may tell how its container is, `probe-neighbour` reports.
      return asked && !asked.mayTell ? [asked.problem] : [];
    }),
  ],
};

function checkAskedPortName({ container, title, dialled }: Handled): Problem | undefined {
  const at = dialled?.port;
  const name = at?.text;
  if (name === undefined) {
    return undefined;
  }
  const isListed = container.ports.some((port) => port.name === name);
  const message = `${title} asks port "${name}", which the container does not list`;
  return isListed || validatePortName(name) !== undefined ? undefined : { at: at!, message };
}
