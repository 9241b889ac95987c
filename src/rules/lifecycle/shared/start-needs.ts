import { groupBy } from '../../../private/lists';
import { memoizeByObject } from '../../../private/memo';
import { type AwaitedHost, isLoopbackHost, listAskedPorts, listAwaitedHosts } from '../../../private/shell-waits';
import type { NeededPort } from '../../../private/start-order';
import { findContainerScript } from '../../configs/container-script';
import { type ContainerView, Role } from '../../model/container-view';
import type { Field } from '../../model/field';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { type Handled, listHooks, listProbes } from './handlers';
import { listToldPorts } from './told-ports';

/** A port of the pod without which a container does not end or does not count as started, and the place that says so. */
export interface StartNeed extends NeededPort {
  readonly at: Field;
  /** The one that needs it in words, as in `container "app"`. */
  readonly who: string;
  readonly verb: 'asks' | 'waits for' | 'is told of';
  readonly role: Role;
}

/** A host that holds up a pod until it answers, and the place that says so. */
export interface StartWait extends AwaitedHost {
  readonly at: Field;
  readonly who: string;
}

/** The ports that a pod needs for its start. In the network of the node, others than its containers may open them. */
export function listStartNeeds(pod: PodView, set: ManifestSet): StartNeed[] {
  return pod.spec.at('hostNetwork').isTrue
    ? []
    : [
        ...listSidecarGates(pod),
        ...listPostStarts(pod).flatMap(listHookWaits),
        ...listPlainInits(pod).flatMap((container) => listInitNeeds(container, pod, set)),
      ];
}

/** The hosts outside of the pod that hold up its start. */
export function listOutsideWaits(pod: PodView, set: ManifestSet): StartWait[] {
  const inits = listPlainInits(pod).flatMap((container) =>
    listInitWaits(container, pod, set).map((awaited) => ({ ...awaited, who: `container "${container.name}"` })),
  );
  const hooks = listPostStarts(pod).flatMap((hook) =>
    listHookHosts(hook).map((awaited) => ({ ...awaited, who: hook.title, at: hook.field.at('exec', 'command') })),
  );
  return [...inits, ...hooks].filter(({ host }) => !isLoopbackHost(host));
}

function listPlainInits({ initContainers }: PodView): ContainerView[] {
  return initContainers.filter(({ role }) => role === Role.INIT);
}

const listPostStarts = memoizeByObject((pod: PodView): readonly Handled[] =>
  listHooks(pod).filter(({ field }) => field.name === 'postStart'),
);

/** The ports that native sidecars ask for before they count as started. */
function listSidecarGates(pod: PodView): StartNeed[] {
  return [...listProbes(pod).filter(({ field }) => field.name === 'startupProbe'), ...listPostStarts(pod)]
    .filter(({ container }) => container.role === Role.NATIVE_SIDECAR)
    .flatMap(({ container, command, field, title: who, dialled }) => {
      const isElsewhere = dialled?.host.exists;
      const ports = dialled ? [dialled.number] : listAskedPorts(command, container.field.at('env').value);
      const at = dialled?.port ?? field.at('exec', 'command');
      return ports.flatMap((port): StartNeed[] =>
        port === undefined || isElsewhere ? [] : [{ ...toNeed(container, port), at, who, verb: 'asks' }],
      );
    });
}

/** The ports that the hook of an ordinary container waits for: one that fails at once restarts its own container alone. */
function listHookWaits(hook: Handled): StartNeed[] {
  const { container, title: who, field } = hook;
  return container.role === Role.NATIVE_SIDECAR
    ? []
    : listHookHosts(hook).flatMap(({ host, port }): StartNeed[] =>
        port === undefined || !isLoopbackHost(host)
          ? []
          : [{ ...toNeed(container, port), at: field.at('exec', 'command'), who, verb: 'waits for', isHook: true }],
      );
}

function listHookHosts({ command, container }: Handled): AwaitedHost[] {
  const awaited = listAwaitedHosts({ command, env: container.field.at('env').value });
  // A hook that gives up lets those after it start.
  return awaited.filter(({ isBounded }) => !isBounded);
}

/** The ports that an init container waits for, asks, or is told of, each once. */
function listInitNeeds(container: ContainerView, pod: PodView, set: ManifestSet): StartNeed[] {
  const who = `container "${container.name}"`;
  const waits = listInitWaits(container, pod, set).flatMap(({ host, port, at }): StartNeed[] =>
    port === undefined || !isLoopbackHost(host) ? [] : [{ ...toNeed(container, port), at, who, verb: 'waits for' }],
  );
  const needs = waits.length > 0 ? waits : listToldNeeds(container, pod, set);
  return [...groupBy(needs, ({ port }) => port).values()].map(([first]) => first!);
}

function listToldNeeds(container: ContainerView, pod: PodView, set: ManifestSet): StartNeed[] {
  const who = `container "${container.name}"`;
  return listToldPorts(container, pod, set).map(({ port, at }): StartNeed => {
    return { ...toNeed(container, port), at, who, verb: 'is told of' };
  });
}

function listInitWaits(container: ContainerView, pod: PodView, set: ManifestSet): (AwaitedHost & { at: Field })[] {
  const { field } = container;
  const [command, args, env] = ['command', 'args', 'env'].map((name) => field.at(name).value);
  const script = findContainerScript(container, pod, set);
  const at = script?.at ?? field;
  const awaited = listAwaitedHosts(script ? { command: ['sh', '-c', script.text], env } : { command, args, env });
  return awaited.map((host) => ({ ...host, at }));
}

function toNeed({ name, role }: ContainerView, port: number) {
  return { container: name, port, protocol: 'TCP', role };
}
