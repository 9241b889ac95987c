import { type Amounts, toDifference } from '../../amounts';
import type { Budget } from '../../budget';
import type { NodeAgentReport } from '../../node-agent';
import { formatAmount } from '../../units';
import type { Section } from './sections';

const COMPARED = ['cpu', 'memory'];

/** The things that nobody gets from an agent that is not in the pod. */
const LOST = [
  'Not the same: an agent of a node reads standard output and directories of the node, not files in volumes of pods. It is not',
  'started before a pod and stopped after it, so that last lines may be lost; its one configuration, its buffers and its failures',
  'are those of all pods of the node; and it needs hostPath, which Pod Security "baseline" refuses, and nodes that are yours.',
];

/** The requests of one log agent on each node in place of those in the pods. */
export function listNodeAgentSections({ nodeAgent: report }: Budget): Section[] {
  return report === undefined ? [] : [{ table: toTable(report) }, { lines: [...describeAssumptions(report), ...LOST] }];
}

function toTable(report: NodeAgentReport): Section['table'] {
  const { nodes, pods, inPods, onNodes, breakEven } = report;
  return {
    columns: ['LOG AGENTS', 'CPU', 'MEMORY'],
    rows: [
      [`in each of ${pods} pods`, ...listCells(inPods)],
      [`on each of ${nodes} nodes instead`, ...listCells(onNodes)],
      ['difference', ...listCells(toDifference(onNodes, inPods))],
      ['no more from so many pods on a node', ...COMPARED.map((name) => String(breakEven.get(name) ?? 'never'))],
    ],
  };
}

function listCells(amounts: Amounts): string[] {
  return COMPARED.map((name) => formatAmount(name, amounts.get(name) ?? 0n));
}

function describeAssumptions({ podsPerNode, nodes, agent, base, perPod, isPerPodAssumed }: NodeAgentReport): string[] {
  const size = describeAmounts(base);
  const more = isPerPodAssumed ? 'a tenth of that, ' : '';
  return [
    `Assumed: ${nodes} nodes (\`--nodes\`) with ${Number(podsPerNode.toFixed(1))} of the pods each (\`--pods-per-node\`). The agent of a pod requests ${describeAmounts(agent)};`,
    `that of a node ${size} (\`--node-agent\`) and, for each pod, ${more}${describeAmounts(perPod)} (\`--node-agent-per-pod\`).`,
  ];
}

function describeAmounts(amounts: Amounts): string {
  return COMPARED.map((name) => `${formatAmount(name, amounts.get(name) ?? 0n)} ${name === 'cpu' ? 'CPU' : name}`).join(
    ' and ',
  );
}
