import type { PodView } from '../rules/model/pod-view';
import { isHugePages } from '../rules/resources/shared/amounts';
import {
  type Amounts,
  completeAmounts,
  HALVES,
  type Half,
  NO_AMOUNTS,
  type Resources,
  readAmountList,
  readResources,
  sumAmounts,
} from './amounts';
import { addRequests, type ContainerNeed, readNeeds, sumNeeds } from './container-need';
import { applyDefaults, type LimitRange } from './limit-range';

/** The first minor version of Kubernetes that counts the resources of a pod as a whole, unless it is told not to. */
const POD_RESOURCES_SINCE = 34;

/** The resources that a pod asks for once the API server has completed it. */
export interface PodNeed {
  readonly containers: readonly ContainerNeed[];
  /** Its own resources, in place of those of its containers. */
  readonly own?: Resources;
  /** The resources that its runtime takes beside the containers. */
  readonly overhead: Amounts;
}

/** The pod as the API server stores it: with the defaults of Kubernetes, and then of the namespace. */
export function readPodNeed(pod: PodView, ranges: readonly LimitRange[], overhead?: Amounts): PodNeed {
  const stated: PodNeed = {
    containers: readNeeds(pod),
    own: hasOwnResources(pod) ? readResources(pod.spec.at('resources')) : undefined,
    overhead: overhead ?? readAmountList(pod.spec.at('overhead')),
  };
  const completed = completeNeed(stated);
  const containers = completed.containers.map((one) => ranges.reduce(applyDefaults, one));
  return completeNeed({ ...completed, containers });
}

/** Whether the pod has resources of its own that its Kubernetes counts. */
export function hasOwnResources({ spec, owner }: PodView): boolean {
  return spec.at('resources').isObject && owner.kubernetes >= POD_RESOURCES_SINCE;
}

function completeNeed(need: PodNeed): PodNeed {
  const containers = need.containers.map(addRequests);
  return { ...need, containers, own: need.own && completeOwn(need.own, containers) };
}

/**
 * The resources of the pod itself, where some are left out: huge pages are limited as in the containers; what is requested is
 * what the containers request, or else the limit.
 */
function completeOwn({ requests, limits }: Resources, containers: readonly ContainerNeed[]): Resources {
  const isStated = requests.size + limits.size > 0;
  const pages = isStated
    ? select(sumNeeds(containers, 'limits'), (name) => isHugePages(name) && !requests.has(name))
    : NO_AMOUNTS;
  const allLimits = completeAmounts(limits, pages);
  if (allLimits.size === 0) {
    return { requests, limits };
  }
  const summed = select(sumNeeds(containers, 'requests'), (name) => isSharable(name) && !isHugePages(name));
  const defaults = completeAmounts(summed, select(allLimits, isSharable));
  return { requests: completeAmounts(requests, defaults), limits: allLimits };
}

function select(amounts: Amounts, isWanted: (name: string) => boolean): Amounts {
  return new Map([...amounts].filter(([name]) => isWanted(name)));
}

/** Whether a pod as a whole can have a resource. */
function isSharable(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

/** Requests and limits of a pod as the scheduler and the quotas count them. */
export function sumPod(need: PodNeed): Resources {
  const { requests, limits } = sumWithoutOverhead(need);
  const limited = [...need.overhead].filter(([name]) => (limits.get(name) ?? 0n) > 0n);
  return { requests: sumAmounts([requests, need.overhead]), limits: sumAmounts([limits, new Map(limited)]) };
}

/** The same without what the runtime takes. */
export function sumWithoutOverhead(need: PodNeed): Resources {
  const [requests, limits] = HALVES.map((half) => sumHalf(need, half, isSharable)) as [Amounts, Amounts];
  return { requests, limits };
}

/** As a LimitRange counts a pod: without what the runtime takes, and without huge pages of the pod itself. */
export function sumForRange(need: PodNeed): Resources {
  const isCounted = (name: string) => isSharable(name) && !isHugePages(name);
  const [requests, limits] = HALVES.map((half) => sumHalf(need, half, isCounted)) as [Amounts, Amounts];
  return { requests, limits };
}

function sumHalf({ containers, own }: PodNeed, half: Half, isCounted: (name: string) => boolean): Amounts {
  return completeAmounts(select(own?.[half] ?? NO_AMOUNTS, isCounted), sumNeeds(containers, half));
}
