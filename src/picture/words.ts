import { groupBy } from '../private/lists';
import type {
  ContainerScene,
  HandlerScene,
  ListenerScene,
  PodScene,
  ResourceScene,
  ServicePortScene,
  StopStepScene,
} from './scene/pod-scene';

/** The image without its registry and folders, and of a digest as much as tells it apart. */
export function toShortImage(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/@(\w+):(\w{8})\w+$/, '@$1:$2…');
}

/** The reach of a port in words. */
export function formatReach(reach: ListenerScene['reach']): string {
  return { all: 'all interfaces', address: 'one address', localhost: 'localhost only' }[reach];
}

/** An amount with its limit: `100m, no limit`, `128Mi to 256Mi`. */
export function formatResource({ request, limit }: ResourceScene): string {
  if (request === undefined) {
    return `up to ${limit}`;
  }
  if (request === limit) {
    return `${request} = limit`;
  }
  return limit === undefined ? `${request}, no limit` : `${request} to ${limit}`;
}

/** The port of a Service in front of its target: `:80 http`. */
export function formatServicePort({ port, name, protocol, nodePort }: ServicePortScene): string {
  return [
    `:${port}`,
    ...(name === undefined ? [] : [name]),
    ...(protocol === 'TCP' ? [] : [protocol]),
    ...(nodePort === undefined ? [] : [`node :${nodePort}`]),
  ].join(' ');
}

/** The questions of probes, as short as pictures need them. */
const PROBES: Readonly<Record<HandlerScene['type'], string>> = {
  startup: 'started',
  readiness: 'ready',
  liveness: 'alive',
  postStart: 'postStart',
  preStop: 'preStop',
};

/** Probes that do the same, together. */
export function groupProbes(
  probes: readonly HandlerScene[],
): { names: string; text: string; probes: readonly HandlerScene[] }[] {
  return [...groupBy(probes, ({ text }) => text)].map(([text, same]) => {
    return { names: same.map(({ type }) => PROBES[type]).join(', '), text, probes: same };
  });
}

/** The containers by their names within the scene. */
export function findContainer({ containers }: PodScene, id: string): ContainerScene | undefined {
  return containers.find((container) => container.id === id);
}

/** The place that a port of a Service leads to: `webserver :8080`, or what nobody serves. */
export function formatTarget(port: ServicePortScene, scene: PodScene): string {
  const { leads, target } = port;
  return leads === undefined
    ? `${target}, which no container is known to open`
    : `${findContainer(scene, leads.container)?.name} :${leads.number}`;
}

/** The condition on which requests are led to the pod. */
export function listReadiness({ containers }: PodScene): string {
  const asked = containers.flatMap(({ name, probes }) =>
    probes.filter(({ type }) => type === 'readiness').map(({ text }) => `${name}: ${text}`),
  );
  return asked.length > 0 ? asked.join('; ') : 'as soon as all containers run: no readiness probe';
}

/** A time that is read at a glance: `45 s`, `5 min`, `1 h`. */
export function formatSeconds(seconds: number): string {
  const [unit, size] = (
    [
      ['h', 3_600],
      ['min', 60],
    ] as const
  ).find(([, each]) => seconds >= 2 * each && seconds % each === 0) ?? ['s', 1];
  return `${seconds / size} ${unit}`;
}

/** The moments of the end, with those as one at which several containers get the same signal and nothing more is to be said. */
export function joinStopSteps(steps: readonly StopStepScene[]): StopStepScene[] {
  const joined: StopStepScene[] = [];
  for (const step of steps) {
    const last = joined[joined.length - 1];
    if (
      last &&
      isPlainSignal(last) &&
      isPlainSignal(step) &&
      last.second === step.second &&
      last.signal === step.signal
    ) {
      joined[joined.length - 1] = { ...last, containers: [...last.containers, ...step.containers] };
    } else {
      joined.push(step);
    }
  }
  return joined;
}

function isPlainSignal({ type, second, hook, takesSeconds }: StopStepScene): boolean {
  return type === 'signal' && second !== undefined && hook === undefined && takesSeconds === undefined;
}

/** A moment of the end in words. */
export function describeStopStep(
  step: StopStepScene,
  scene: PodScene,
): { readonly label: string; readonly text: string } {
  const { type, containers, signal, hook, takesSeconds, second } = step;
  if (type === 'deleted') {
    return { label: 'deleted', text: scene.services.length > 0 ? 'Services stop leading here' : '' };
  }
  if (type === 'killed') {
    return { label: 'SIGKILL', text: 'whatever still runs' };
  }
  const names = containers.map((id) => findContainer(scene, id)?.name).join(', ');
  const parts = [
    ...(second === undefined ? ['when those before have ended'] : []),
    ...(hook === undefined
      ? []
      : [second === undefined ? `its preStop runs at once: ${hook}` : `after preStop: ${hook}`]),
    ...(takesSeconds === undefined ? [] : [`ends within ${takesSeconds} s`]),
  ];
  return containers.length === 1
    ? { label: names, text: [signal!, ...parts].join(', ') }
    : { label: signal!, text: names };
}

/** A part of the grace period that is spoken for. */
interface GracePart {
  readonly seconds: number;
  readonly text: string;
  readonly tone: 'hook' | 'main' | 'companion';
}

/** The parts of the grace period that the manifest shows to be spoken for. */
export function readGraceBudget({ stop }: PodScene): {
  readonly parts: GracePart[];
  readonly total: number;
  readonly text: string;
} {
  const signals = stop.steps.filter(({ type }) => type === 'signal');
  const [ordinary, native] = [true, false].map((isFirst) =>
    signals.filter(({ second }) => (second !== undefined) === isFirst),
  );
  const longest = [...ordinary!].sort((a, b) => toEnd(b) - toEnd(a))[0];
  const flush = native!.reduce((sum, { takesSeconds = 0 }) => sum + takesSeconds, 0);
  const all: GracePart[] = [
    { seconds: longest?.second ?? 0, text: 'preStop', tone: 'hook' },
    { seconds: longest?.takesSeconds ?? 0, text: 'to end', tone: 'main' },
    { seconds: flush, text: 'to flush', tone: 'companion' },
  ];
  const parts = all.filter(({ seconds }) => seconds > 0);
  const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const sum = parts.map(({ seconds, text }) => `${seconds} s ${text}`).join(' + ');
  return { parts, total, text: `${sum} of ${stop.graceSeconds} s` };
}

/** The second at which a container has ended at the latest, as far as is known. */
function toEnd({ second = 0, takesSeconds = 0 }: StopStepScene): number {
  return second + takesSeconds;
}
