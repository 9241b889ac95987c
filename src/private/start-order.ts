import { groupBy } from './lists';
import { isLoopbackHost, listAskedPorts, listAwaitedHosts, type RunningCommand } from './shell-waits';

/** The parts of a rendered pod that say when each container starts. */
export interface StartingPod {
  readonly initContainers?: readonly StartingContainer[];
  readonly containers: readonly StartingContainer[];
  readonly restartPolicy?: unknown;
}

/** The parts of a rendered container that say when it has started. */
export interface StartingContainer extends RunningCommand {
  readonly name: string;
  readonly restartPolicy?: unknown;
  readonly startupProbe?: Handler;
  readonly lifecycle?: { readonly postStart?: unknown; readonly [hook: string]: unknown };
}

interface Handler {
  readonly httpGet?: Dial;
  readonly tcpSocket?: Dial;
  readonly grpc?: Dial;
  readonly exec?: { readonly command?: unknown };
  readonly [field: string]: unknown;
}

interface Dial {
  readonly host?: unknown;
  readonly port?: unknown;
}

/** A port of the pod that a container opens. */
export interface OpenedPort {
  readonly container: string;
  readonly port: number;
  readonly protocol: string;
}

/** A port of the pod without which a container does not end, or does not count as started. */
export interface NeededPort {
  readonly container: string;
  readonly port: number;
  readonly protocol: string;
  /** Whether a `postStart` hook waits for it, so that an ordinary container, too, holds up those after it. */
  readonly isHook?: boolean;
}

/** A container that needs a port which another one opens only later: neither of the two ever starts. */
export interface Deadlock<T extends NeededPort = NeededPort> {
  readonly need: T;
  /** Name of the container that opens the port. */
  readonly opener: string;
}

/** The moments at which containers start. */
export enum Start {
  /** An init container: the next one starts when it has ended. */
  INIT = 'init',
  /** A native sidecar: the next one starts when its startup probe has passed and its `postStart` hook has ended. */
  NATIVE = 'native',
  /** An ordinary container, after all others: the next one starts when its `postStart` hook has ended. */
  ORDINARY = 'ordinary',
}

/** The moment at which a container starts. */
interface Moment {
  readonly start: Start;
  /** Its place among those that start one after another. */
  readonly place: number;
}

/** The moment at which each container starts. */
export function listStarts(pod: StartingPod): Map<string, Moment> {
  const starts = new Map<string, Moment>();
  const inits = pod.initContainers ?? [];
  for (const [index, { name }] of pod.containers.entries()) {
    starts.set(name, { start: Start.ORDINARY, place: inits.length + index });
  }
  for (const [place, { name, restartPolicy }] of inits.entries()) {
    starts.set(name, { start: restartPolicy === 'Always' ? Start.NATIVE : Start.INIT, place });
  }
  return starts;
}

/**
 * The needs that keep the pod from starting: an init container, a native sidecar that must count as started, or a hook of an
 * ordinary container needs a port that is opened only by containers which start after it. A port that nobody is known to open
 * may be opened by anybody.
 */
export function findDeadlocks<T extends NeededPort>(
  pod: StartingPod,
  needs: readonly T[],
  opened: readonly OpenedPort[],
): Deadlock<T>[] {
  const starts = listStarts(pod);
  const openers = groupBy(opened, ({ port, protocol }) => `${port}/${protocol}`);
  return needs.flatMap((need) => {
    const waiting = starts.get(need.container);
    const known = openers.get(`${need.port}/${need.protocol}`) ?? [];
    const later = known.filter(({ container }) => (starts.get(container)?.place ?? -1) > (waiting?.place ?? 0));
    const holdsNext = waiting !== undefined && (need.isHook || waiting.start !== Start.ORDINARY);
    return holdsNext && later.length > 0 && later.length === known.length
      ? [{ need, opener: later[0]!.container }]
      : [];
  });
}

/**
 * The ports of the pod that native sidecars ask for before they count as started, and those that hooks of ordinary containers wait
 * for. A hook that fails at once only restarts its own container, and the next one starts all the same.
 */
export function listGates(pod: StartingPod): NeededPort[] {
  return [...listSidecarGates(pod), ...pod.containers.flatMap(listHookGates)];
}

function listHookGates({ name, env, lifecycle }: StartingContainer): NeededPort[] {
  const command = (lifecycle?.postStart as Handler | undefined)?.exec?.command;
  return command === undefined
    ? []
    : listAwaitedHosts({ command, env }).flatMap(({ host, port, isBounded }) =>
        port !== undefined && isLoopbackHost(host) && !isBounded
          ? [{ container: name, port, protocol: 'TCP', isHook: true }]
          : [],
      );
}

function listSidecarGates(pod: StartingPod): NeededPort[] {
  return (pod.initContainers ?? [])
    .filter(({ restartPolicy }) => restartPolicy === 'Always')
    .flatMap(({ name, env, startupProbe, lifecycle }) =>
      [startupProbe, lifecycle?.postStart as Handler | undefined]
        .flatMap((handler) => (handler ? listDialledPorts(handler, env) : []))
        .map((port) => ({ container: name, port, protocol: 'TCP' })),
    );
}

function listDialledPorts({ httpGet, tcpSocket, grpc, exec }: Handler, env: unknown): number[] {
  const dialled = [httpGet, tcpSocket, grpc].flatMap((dial) =>
    dial && dial.host === undefined && typeof dial.port === 'number' ? [dial.port] : [],
  );
  return [...dialled, ...listAskedPorts(exec?.command, env)];
}

/**
 * Whether the kubelet may leave the pod in `Init` for ever: in a pod that is never restarted it stopped probing a native sidecar
 * that ended before its startup probe had passed, and did not begin anew with the next run of it. Late patches of 1.33 and
 * 1.34 cure it, and 1.35.
 *
 * @see https://github.com/kubernetes/kubernetes/issues/132826
 */
export function canHangAtStart({ restartPolicy, initContainers = [] }: StartingPod): boolean {
  return (
    restartPolicy === 'Never' &&
    initContainers.some((container) => container.restartPolicy === 'Always' && container.startupProbe !== undefined)
  );
}
