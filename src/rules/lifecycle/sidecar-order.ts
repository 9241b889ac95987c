import { Severity } from '../finding';
import { type ContainerView, Role } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type Handled, listHooks, listProbes } from './shared/handlers';

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
function checkSidecarOrder(pod: PodView): Problem[] {
  if (!pod.initContainers.some(({ role }) => role === Role.NATIVE_SIDECAR)) {
    return [];
  }
  return [...listProbes(pod), ...listHooks(pod)]
    .filter(isBeforeStart)
    .flatMap((handled) => checkStartDependency(handled, pod) ?? []);
}

function isBeforeStart({ container, field }: Handled): boolean {
  return container.role === Role.NATIVE_SIDECAR && (field.name === 'startupProbe' || field.name === 'postStart');
}

function checkStartDependency(handled: Handled, { containers }: PodView): Problem | undefined {
  const target = handled.dialled;
  const port = target ? (target.host.exists ? undefined : target.number) : findPortInCommand(handled.command);
  if (port === undefined || listsPort(handled.container, port)) {
    return undefined;
  }
  const later = containers.find((container) => listsPort(container, port));
  const message = `${handled.title} asks port ${port}, which is that of container "${later?.name}", which starts only after it`;
  return later ? { at: target?.port ?? handled.field.at('exec', 'command'), message } : undefined;
}

function listsPort({ ports }: ContainerView, number: number): boolean {
  return ports.some((port) => port.number === number);
}

/** The port of the pod that a command asks; nothing where it may fail without harm. */
function findPortInCommand(command: readonly string[]): number | undefined {
  const line = command.join(' ');
  const number =
    line.includes('||') || line.includes('&') ? undefined : /(?:localhost|127\.0\.0\.1):(\d+)/.exec(line)?.[1];
  return number === undefined ? undefined : Number(number);
}
