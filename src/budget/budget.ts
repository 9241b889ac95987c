import { groupBy } from '../private/lists';
import { ManifestSet } from '../rules/model/manifest-set';
import type { ObjectView } from '../rules/model/object-view';
import { findScaler } from '../rules/resources/shared/autoscaling';
import { type Amounts, NO_RESOURCES, type Resources, sumResources, toMultipleResources } from './amounts';
import { listVolumeClaims } from './claims';
import { PART_TYPES, type PartType } from './companion-type';
import { isLimitRange, readLimitRange } from './limit-range';
import { compareNodeAgent, type NodeAgentOptions, type NodeAgentReport } from './node-agent';
import { buildPodBudget, type PodBudget } from './pod-budget';
import { countPods } from './pod-count';
import { buildQuotaReport, isQuota, isWithin, type QuotaReport } from './quota';
import { MOMENTS, type Moment } from './quota-usage';
import { validateClaim } from './range-violations';
import { describeVerticalScalers } from './vertical-scalers';

/** The questions of a call that manifests do not answer. */
export interface BudgetOptions {
  /** The nodes that DaemonSets have a pod on, and that agents of nodes would run on. */
  readonly nodes: number;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** The number of pods of a fleet that is mixed as the set is. */
  readonly fleet?: number;
  readonly nodeAgent: Omit<NodeAgentOptions, 'nodes'>;
}

/** All pods of a moment together. */
export interface Total extends Resources {
  readonly pods: number;
}

/** The resources of one type of part in all pods. */
export interface PartTotal {
  /** In how many workloads there is such a part. */
  readonly workloads: number;
  readonly least: Resources;
  readonly most: Resources;
  readonly fleet?: Resources;
}

/** The cost of a set of manifests. */
export interface Budget {
  readonly pods: readonly PodBudget[];
  readonly totals: Readonly<Record<Moment, Total>>;
  readonly fleet?: Total;
  readonly parts: ReadonlyMap<PartType, PartTotal>;
  readonly quotas: readonly QuotaReport[];
  readonly nodeAgent?: NodeAgentReport;
  /** The things that the API server would not take, each with the object that it is about. */
  readonly refusals: readonly Refusal[];
  readonly notes: readonly Refusal[];
  readonly options: BudgetOptions;
}

/** A sentence about an object. */
export interface Refusal {
  readonly subject: string;
  readonly message: string;
}

/** Sums up a set of objects. What is no finished manifest is left out. */
export function buildBudget(all: readonly ObjectView[], options: BudgetOptions): Budget {
  const objects = all.filter(({ root, unfinished }) => root.isObject && unfinished === undefined);
  const pods = listPodBudgets(objects, options);
  const quotas = listQuotaReports(objects, pods, options);
  const totals = Object.fromEntries(MOMENTS.map((moment) => [moment, sumPods(pods, moment)])) as Record<Moment, Total>;
  return {
    pods,
    totals,
    ...(options.fleet !== undefined && { fleet: toFleet(totals.most, options.fleet) }),
    parts: sumParts(pods, totals.most.pods, options.fleet),
    quotas,
    nodeAgent: compareNodeAgent(pods, { ...options.nodeAgent, nodes: options.nodes }),
    refusals: [...listPodRefusals(pods, quotas), ...listClaimRefusals(objects, pods, options)],
    notes: pods.flatMap(({ owner, notes }) => notes.map((message) => ({ subject: owner.title, message }))),
    options,
  };
}

/** Whether everything would be taken, and fits. */
export function isFine({ refusals, quotas }: Budget): boolean {
  return (
    refusals.length === 0 &&
    quotas.every(({ lines }) => lines.every((line) => MOMENTS.every((at) => isWithin(line, at))))
  );
}

/** The pods of finished objects, one by one. */
export function listPodBudgets(
  objects: readonly ObjectView[],
  options: Pick<BudgetOptions, 'nodes' | 'namespace'>,
): PodBudget[] {
  const set = new ManifestSet(objects);
  const vertical = describeVerticalScalers(set);
  const ranges = groupBy(objects.filter(isLimitRange), (object) => findNamespace(object, options));
  return objects.flatMap((owner) => {
    const namespace = findNamespace(owner, options);
    const count = countPods(owner, findScaler(owner, set), options.nodes);
    const around = { namespace, objects, ranges: (ranges.get(namespace) ?? []).map(readLimitRange), count };
    if (!owner.pod) {
      return [];
    }
    const pod = buildPodBudget(owner.pod, around);
    const notes = [vertical.get(owner), describeVariant(owner, set)].flatMap((note) => note ?? []);
    return [{ ...pod, notes: [...pod.notes, ...notes] }];
  });
}

/** One object in several files is usual of alternatives, of which only one is applied. */
function describeVariant(owner: ObjectView, set: ManifestSet): string | undefined {
  return set.isVariant(owner) ? 'it stands in several files, and is counted in each' : undefined;
}

function findNamespace(object: ObjectView, { namespace }: Pick<BudgetOptions, 'namespace'>): string {
  return object.namespace ?? namespace;
}

function listQuotaReports(
  objects: readonly ObjectView[],
  pods: readonly PodBudget[],
  options: BudgetOptions,
): QuotaReport[] {
  const byNamespace = groupBy(objects, (object) => findNamespace(object, options));
  const defaultPriority = objects.find(isDefaultPriority)?.name;
  return objects.filter(isQuota).map((object) => {
    const namespace = findNamespace(object, options);
    const inside = pods.filter((pod) => pod.namespace === namespace);
    return buildQuotaReport(object, { namespace, objects: byNamespace.get(namespace)!, pods: inside, defaultPriority });
  });
}

function isDefaultPriority({ kind, root }: ObjectView): boolean {
  return kind === 'PriorityClass' && root.at('globalDefault').isTrue;
}

function sumPods(pods: readonly PodBudget[], moment: Moment): Total {
  return {
    pods: pods.reduce((sum, { count }) => sum + count[moment], 0),
    ...sumResources(pods.map((pod) => toMultipleResources(pod, BigInt(pod.count[moment])))),
  };
}

/** So many pods, mixed as those of the set are at the most. */
function toFleet({ pods, ...resources }: Total, fleet: number): Total {
  return { pods: fleet, ...(pods === 0 ? NO_RESOURCES : toMultipleResources(resources, BigInt(fleet), BigInt(pods))) };
}

function sumParts(
  pods: readonly PodBudget[],
  most: number,
  fleet: number | undefined,
): ReadonlyMap<PartType, PartTotal> {
  const entries = PART_TYPES.flatMap((type): [PartType, PartTotal][] => {
    const having = pods.filter(({ parts }) => parts.has(type));
    const sum = (moment: Moment) =>
      sumResources(having.map(({ parts, count }) => toMultipleResources(parts.get(type)!, BigInt(count[moment]))));
    const [least, all] = [sum('least'), sum('most')];
    const many = fleet !== undefined && most > 0 ? toMultipleResources(all, BigInt(fleet), BigInt(most)) : undefined;
    const total = { workloads: having.length, least, most: all, ...(many && { fleet: many }) };
    return having.length === 0 ? [] : [[type, total]];
  });
  return new Map(entries);
}

function listPodRefusals(pods: readonly PodBudget[], quotas: readonly QuotaReport[]): Refusal[] {
  return [
    ...pods.flatMap(({ owner, refusals }) => refusals.map((message) => ({ subject: owner.title, message }))),
    ...quotas.flatMap(({ object, refusals }) =>
      refusals.map(({ pod, message }) => ({
        subject: pod.owner.title,
        message: `${object.title} refuses it: ${message}`,
      })),
    ),
  ];
}

function listClaimRefusals(
  objects: readonly ObjectView[],
  pods: readonly PodBudget[],
  options: BudgetOptions,
): Refusal[] {
  return objects.filter(isLimitRange).flatMap((object) => {
    const namespace = findNamespace(object, options);
    const beside = objects.filter((one) => findNamespace(one, options) === namespace);
    const inside = pods.filter((pod) => pod.namespace === namespace);
    return listVolumeClaims(beside, inside, 'most').flatMap(({ title, requests }) =>
      validateClaim('the claim', requests, readLimitRange(object)).map(({ message }) => ({
        subject: title,
        message: `${object.title} refuses it: ${message}`,
      })),
    );
  });
}

/** The share of a part in a whole, in whole percent; nothing of nothing. */
export function toPercent(part: Amounts, whole: Amounts, name: string): number | undefined {
  const all = whole.get(name) ?? 0n;
  return all <= 0n ? undefined : Number(((part.get(name) ?? 0n) * 200n + all) / (all * 2n));
}
