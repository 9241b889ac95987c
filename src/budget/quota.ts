import type { ObjectView } from '../rules/model/object-view';
import { type Amounts, readAmountList } from './amounts';
import type { PodBudget } from './pod-budget';
import type { PodNeed } from './pod-need';
import { hasScopes, matchesScopes } from './quota-scopes';
import { isKnownUsage, MOMENTS, type Moment, sumObjectUsage, sumPodUsage, toPodUsage } from './quota-usage';

/** One amount of a quota, and what the set takes of it. */
export interface QuotaLine {
  /** Its name in `hard`. */
  readonly name: string;
  readonly hard: bigint;
  readonly used: Readonly<Record<Moment, bigint>>;
}

/** A quota beside what the set takes of it. */
export interface QuotaReport {
  readonly object: ObjectView;
  readonly namespace: string;
  readonly lines: readonly QuotaLine[];
  /** The names in `hard` whose usage manifests do not tell. */
  readonly unknown: readonly string[];
  /** The pods that it would refuse for what they do not say, with what that is. */
  readonly refusals: readonly { readonly pod: PodBudget; readonly message: string }[];
}

/** The content of the namespace of a quota. */
export interface Tenants {
  readonly namespace: string;
  readonly objects: readonly ObjectView[];
  readonly pods: readonly PodBudget[];
  readonly defaultPriority?: string;
}

/** Resources that each container must state where a quota counts them. */
const DEMANDED = /^(?:(?:requests\.|limits\.)?(?:cpu|memory))$/;

export function isQuota({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'ResourceQuota' && apiVersion === 'v1';
}

/** The part of a quota that a set takes: at the least, at the most and while all its workloads roll at once. */
export function buildQuotaReport(object: ObjectView, tenants: Tenants): QuotaReport {
  const { namespace, objects, defaultPriority } = tenants;
  const pods = tenants.pods.filter(({ owner, qos }) =>
    matchesScopes(object.spec, { pod: owner.pod!, qos, defaultPriority }),
  );
  const hard = readAmountList(object.spec.at('hard'));
  const usage = Object.fromEntries(
    MOMENTS.map((moment) => [moment, sumUsage(hasScopes(object.spec) ? [] : objects, pods, moment)]),
  ) as Record<Moment, Amounts>;
  const lines = [...hard].filter(([name]) => isKnownUsage(name)).map(([name, amount]) => toLine(name, amount, usage));
  const unknown = [...hard.keys()].filter((name) => !isKnownUsage(name));
  return { object, namespace, lines, unknown, refusals: pods.flatMap((pod) => findRefusals(pod, hard)) };
}

function sumUsage(objects: readonly ObjectView[], pods: readonly PodBudget[], moment: Moment): Amounts {
  const beside = objects.length === 0 ? new Map<string, bigint>() : sumObjectUsage(objects, pods, moment);
  return new Map([...beside, ...sumPodUsage(pods, moment)]);
}

function toLine(name: string, hard: bigint, usage: Readonly<Record<Moment, Amounts>>): QuotaLine {
  const used = Object.fromEntries(MOMENTS.map((moment) => [moment, usage[moment].get(name) ?? 0n]));
  return { name, hard, used: used as Record<Moment, bigint> };
}

/** Whether the quota lets this much be. */
export function isWithin({ hard, used }: QuotaLine, moment: Moment): boolean {
  // What is not used is never refused, not even by a quota of nothing.
  return used[moment] <= hard || used[moment] === 0n;
}

/** A quota of CPU or memory takes no pod in which a container does not say what it counts. */
function findRefusals(pod: PodBudget, hard: Amounts): { pod: PodBudget; message: string }[] {
  const demands = listDemands(pod.need, hard).map(
    ({ name, containers }) => `${name} of ${containers.map((one) => `"${one}"`).join(', ')}`,
  );
  return demands.length === 0 ? [] : [{ pod, message: `it must say ${demands.join('; ')}` }];
}

/** The names in `hard` of which containers must say something and do not; resources of the whole pod say it for all. */
export function listDemands({ containers, own }: PodNeed, hard: Amounts): { name: string; containers: string[] }[] {
  if (own && own.requests.size + own.limits.size > 0) {
    return [];
  }
  const demanded = [...hard.keys()].filter((name) => DEMANDED.test(name)).sort();
  return demanded
    .map((name) => {
      const silent = containers.filter(({ resources }) => !toPodUsage(resources).has(name));
      return { name, containers: silent.map(({ view }) => view.name) };
    })
    .filter((demand) => demand.containers.length > 0);
}
