import { validatePortName } from '../../private/names';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type Handled, listHooks, listProbes } from './shared/handlers';
import { SIDECAR_ORDER } from './sidecar-order';

export const PROBE_PORT: Rule = {
  id: 'probe-port',
  severity: Severity.ERROR,
  catches: 'A probe or hook that names a port that its container does not list, or asks the port of another container.',
  consequence:
    'The probe fails for ever, or says how another container is: the kubelet restarts the wrong one, or none at all.',
  fix: 'write a port that the container itself lists',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port',
  checkPod: (pod, set) =>
    [...listProbes(pod), ...listHooks(pod)].flatMap((handled) => checkAskedPort(handled, pod, set) ?? []),
};

function checkAskedPort(handled: Handled, pod: PodView, set: ManifestSet): Problem | undefined {
  const target = handled.dialled;
  if (!target) {
    return undefined;
  }
  return target.port.text === undefined
    ? checkNeighbourPort(handled, target.port, target.host.exists, pod, set)
    : checkAskedPortName(handled, target.port);
}

function checkAskedPortName({ container, title }: Handled, at: Field): Problem | undefined {
  const name = at.text!;
  const isListed = container.ports.some((port) => port.name === name);
  const message = `${title} asks port "${name}", which the container does not list`;
  return isListed || validatePortName(name) !== undefined ? undefined : { at, message };
}

/** A container that lists no ports may open any, and another host is none of the pod. */
function checkNeighbourPort(
  handled: Handled,
  at: Field,
  isElsewhere: boolean,
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const { container } = handled;
  const isOwn = container.ports.length === 0 || container.ports.some(({ number }) => number === at.number);
  const isUnknown = at.number === undefined;
  // A companion may have a page about each container, as that of kube-dns has: "/healthcheck/dnsmasq".
  const isAbout = handled.field.at('httpGet', 'path').text?.includes(container.name);
  if (isElsewhere || isOwn || isAbout || isUnknown) {
    return undefined;
  }
  const neighbour = pod.running.find(({ ports }) => ports.some(({ number }) => number === at.number));
  const message = `${handled.title} asks port ${at.number}, which is that of container "${neighbour?.name}"`;
  // A native sidecar that cannot start for that, `sidecar-order` reports.
  return neighbour && !SIDECAR_ORDER.checkPod(pod, set).some((other) => other.at.path === at.path)
    ? { at, message }
    : undefined;
}
