import { type Amounts, sumAmounts, toMultiple } from './amounts';
import { findPartType } from './companion-type';
import type { PodBudget } from './pod-budget';

/** The assumptions about one log agent on each node. */
export interface NodeAgentOptions {
  readonly nodes: number;
  /** The number of those pods on one node; nothing for the pods of the set, spread evenly. */
  readonly podsPerNode?: number;
  /** The requests of the agent of a node before it reads anything. */
  readonly base: Amounts;
  /** Its requests for each pod that it reads; nothing for a share of what the agent of a pod requests. */
  readonly perPod?: Amounts;
}

/** A log agent in each pod, and one on each node in place of them. */
export interface NodeAgentReport {
  readonly nodes: number;
  readonly podsPerNode: number;
  /** The number of pods with an agent, at the most. */
  readonly pods: number;
  /** The requests of the agent of one pod, on average. */
  readonly agent: Amounts;
  readonly base: Amounts;
  readonly perPod: Amounts;
  readonly isPerPodAssumed: boolean;
  /** The requests of all agents: those in the pods, and those on the nodes. */
  readonly inPods: Amounts;
  readonly onNodes: Amounts;
  /** The least number of pods on a node from which its agent requests less than theirs, by resource; nothing where it never does. */
  readonly breakEven: ReadonlyMap<string, number | undefined>;
}

/** The part of what the agent of a pod requests that comes with each pod on a node: a tenth. */
const LOAD_PARTS = 10n;

const COMPARED = ['cpu', 'memory'];

/** Compares the log agents of a set with one on each node; nothing where no pod has one. */
export function compareNodeAgent(pods: readonly PodBudget[], options: NodeAgentOptions): NodeAgentReport | undefined {
  const users = pods.filter(({ owner, count }) => owner.kind !== 'DaemonSet' && count.most > 0).filter(hasLogAgent);
  const number = users.reduce((sum, { count }) => sum + count.most, 0);
  if (number === 0) {
    return undefined;
  }
  const summed = sumAmounts(users.map((pod) => toMultiple(sumLogAgents(pod), BigInt(pod.count.most))));
  const agent = toMultiple(summed, 1n, BigInt(number));
  const perPod = options.perPod ?? toMultiple(agent, 1n, LOAD_PARTS);
  const { nodes, podsPerNode } = options;
  const all = podsPerNode === undefined ? number : podsPerNode * nodes;
  return {
    nodes,
    podsPerNode: all / nodes,
    pods: all,
    agent,
    base: options.base,
    perPod,
    isPerPodAssumed: options.perPod === undefined,
    inPods: toMultiple(agent, BigInt(all)),
    onNodes: sumAmounts([toMultiple(options.base, BigInt(nodes)), toMultiple(perPod, BigInt(all))]),
    breakEven: new Map(COMPARED.map((name) => [name, findBreakEven(name, agent, options.base, perPod)])),
  };
}

/** From `base + n * perPod <= n * agent` on. */
function findBreakEven(name: string, agent: Amounts, base: Amounts, perPod: Amounts): number | undefined {
  const saved = (agent.get(name) ?? 0n) - (perPod.get(name) ?? 0n);
  const fixed = base.get(name) ?? 0n;
  return saved > 0n ? Math.max(1, Number((fixed + saved - 1n) / saved)) : undefined;
}

function hasLogAgent(pod: PodBudget): boolean {
  return pod.parts.has('log agents');
}

/** The requests of the log agents of one pod, those that are native sidecars included. */
function sumLogAgents({ need }: PodBudget): Amounts {
  const agents = need.containers.filter(({ view }) => findPartType(view) === 'log agents');
  return sumAmounts(agents.map(({ resources }) => resources.requests));
}
