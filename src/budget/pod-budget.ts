import type { ObjectView } from '../rules/model/object-view';
import type { PodView } from '../rules/model/pod-view';
import { type Amounts, HALVES, type Half, listUnreadable, type Resources, sumAmounts, toDifference } from './amounts';
import { findPartType, PART_TYPES, type PartType } from './companion-type';
import { type ContainerNeed, sumRunning } from './container-need';
import type { LimitRange } from './limit-range';
import { describeMemoryVolumes } from './memory-volumes';
import type { PodCount } from './pod-count';
import { hasOwnResources, type PodNeed, readPodNeed, sumPod, sumWithoutOverhead } from './pod-need';
import { findQosClass, type QosClass } from './qos';
import { validatePod } from './range-violations';
import { findOverhead } from './runtime-overhead';

/** The resources that the pods of one workload ask for, and why. */
export interface PodBudget extends Resources {
  readonly owner: ObjectView;
  readonly namespace: string;
  readonly need: PodNeed;
  readonly qos: QosClass;
  readonly count: PodCount;
  /** The resources of the parts of one pod; together they are the whole. */
  readonly parts: ReadonlyMap<PartType, Resources>;
  /** The containers without a limit, by `cpu` and `memory`, where the pod has none of its own. */
  readonly open: ReadonlyMap<string, readonly string[]>;
  /** Why the API server would take none of the pods. */
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
}

/** The things around a pod. */
export interface Surroundings {
  readonly namespace: string;
  readonly objects: readonly ObjectView[];
  readonly ranges: readonly LimitRange[];
  readonly count: PodCount;
}

/** The budget of one pod among all that the API server adds to it. */
export function buildPodBudget(pod: PodView, { namespace, objects, ranges, count }: Surroundings): PodBudget {
  const overhead = findOverhead(pod, objects);
  const need = readPodNeed(pod, ranges, overhead.amounts);
  const violations = ranges.flatMap((range) =>
    validatePod(need, range).map(({ message }) => `${range.object.title} refuses it: ${message}`),
  );
  const notes = [...count.notes, overhead.note, describeIgnored(pod), ...describeMemoryVolumes(pod, need)];
  return {
    owner: pod.owner,
    namespace,
    need,
    ...sumPod(need),
    qos: findQosClass(need),
    count,
    parts: splitParts(need),
    open: findOpen(need),
    refusals: [...listAmountProblems(pod), ...(overhead.refusal ? [`it ${overhead.refusal}`] : []), ...violations],
    notes: notes.filter((note): note is string => note !== undefined),
  };
}

function describeIgnored(pod: PodView): string | undefined {
  const { kubernetes } = pod.owner;
  return pod.spec.at('resources').isObject && !hasOwnResources(pod)
    ? `its \`resources\` for the whole pod are not counted: Kubernetes 1.${kubernetes} drops them unless PodLevelResources is switched on`
    : undefined;
}

/** Amounts that the API server does not read. */
function listAmountProblems({ all, spec }: PodView): string[] {
  const places = [...all.map(({ field }) => field.at('resources')), spec.at('resources')];
  const lists = places.flatMap((place) => HALVES.map((half) => place.at(half)));
  return [...lists, spec.at('overhead')]
    .flatMap(listUnreadable)
    .map(
      ({ path, scalar }) =>
        `\`${path}\` is ${JSON.stringify(scalar ?? 'no text')}, which is no amount, and counts as nothing here`,
    );
}

/** The parts of a pod: each type of container, what init containers take beyond them, the pod itself, its runtime. */
function splitParts(need: PodNeed): ReadonlyMap<PartType, Resources> {
  const [requests, limits] = HALVES.map((half) => splitHalf(need, half)) as [Parts, Parts];
  const none: Amounts = new Map();
  const entries = PART_TYPES.filter((type) => requests.has(type) || limits.has(type)).map(
    (type): [PartType, Resources] => [type, { requests: requests.get(type) ?? none, limits: limits.get(type) ?? none }],
  );
  return new Map(entries);
}

type Parts = ReadonlyMap<PartType, Amounts>;

function splitHalf(need: PodNeed, half: Half): Parts {
  const { containers } = need;
  const running = containers.filter(({ view }) => view.isRunning);
  const inner = sumWithoutOverhead({ ...need, own: undefined })[half];
  const whole = sumWithoutOverhead(need)[half];
  const entries: [PartType, Amounts][] = [
    ...PART_TYPES.map((type): [PartType, Amounts] => [type, sumType(running, type, half)]),
    ['init containers', toDifference(inner, sumRunning(containers, half))],
    ['resources of the pod', toDifference(whole, inner)],
    ['overhead', toDifference(sumPod(need)[half], whole)],
  ];
  return new Map(entries.filter(([type, amounts]) => amounts.size > 0 || hasType(containers, type)));
}

function sumType(running: readonly ContainerNeed[], type: PartType, half: Half): Amounts {
  return sumAmounts(running.filter(({ view }) => findPartType(view) === type).map(({ resources }) => resources[half]));
}

function hasType(containers: readonly ContainerNeed[], type: PartType): boolean {
  return containers.some(({ view }) => findPartType(view) === type);
}

/** The containers that nothing keeps from taking all that the node has. */
function findOpen({ containers, own }: PodNeed): ReadonlyMap<string, readonly string[]> {
  const entries = ['cpu', 'memory'].map((name): [string, string[]] => [
    name,
    own?.limits.has(name)
      ? []
      : containers.filter(({ resources }) => !resources.limits.get(name)).map(({ view }) => view.name),
  ]);
  return new Map(entries.filter(([, names]) => names.length > 0));
}
