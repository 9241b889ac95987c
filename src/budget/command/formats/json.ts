import type { Omission } from '../../../rules/omission';
import type { Amounts, Resources } from '../../amounts';
import type { Budget, PartTotal, Total } from '../../budget';
import { findPartType } from '../../companion-type';
import type { NodeAgentReport } from '../../node-agent';
import type { PodBudget } from '../../pod-budget';
import { isWithin, type QuotaLine, type QuotaReport } from '../../quota';
import { MOMENTS } from '../../quota-usage';
import { formatQuantity } from '../../units';

/** A budget as data, with exact quantities as Kubernetes writes them. */
export function toBudgetData(budget: Budget, omissions: readonly Omission[]): object {
  const { pods, totals, fleet, parts, quotas, nodeAgent, refusals, notes } = budget;
  return {
    pods: pods.map(toPodData),
    totals: Object.fromEntries(MOMENTS.map((moment) => [moment, toTotalData(totals[moment])])),
    ...(fleet && { fleet: toTotalData(fleet) }),
    parts: toData(parts, toPartData),
    quotas: quotas.map(toQuotaData),
    ...(nodeAgent && { nodeAgent: toNodeAgentData(nodeAgent) }),
    refusals,
    notes,
    omissions,
  };
}

function toPodData(pod: PodBudget): object {
  const { owner, namespace, count, qos, open, parts, need } = pod;
  const { least, most, rollout } = count;
  const file = owner.source.file;
  return {
    kind: owner.kind,
    name: owner.name,
    namespace,
    ...(file !== undefined && { file, line: owner.source.findLine?.(owner.root.keys) }),
    replicas: { least, most, rollout },
    qosClass: qos,
    ...toResourcesData(pod),
    unlimited: toData(open, (names) => names),
    parts: toData(parts, toResourcesData),
    containers: need.containers.map(({ view, resources }) => ({
      name: view.name,
      role: view.role,
      part: findPartType(view),
      ...toResourcesData(resources),
    })),
  };
}

function toTotalData(total: Total): object {
  return { pods: total.pods, ...toResourcesData(total) };
}

function toPartData({ workloads, least, most, fleet }: PartTotal): object {
  const many = fleet && { fleet: toResourcesData(fleet) };
  return { workloads, least: toResourcesData(least), most: toResourcesData(most), ...many };
}

function toQuotaData({ object, namespace, lines, unknown }: QuotaReport): object {
  return { name: object.name, namespace, amounts: lines.map(toLineData), unknown };
}

function toLineData(line: QuotaLine): object {
  const used = MOMENTS.map((moment) => [moment, formatQuantity(line.name, line.used[moment])]);
  return {
    name: line.name,
    hard: formatQuantity(line.name, line.hard),
    used: Object.fromEntries(used),
    exceeded: MOMENTS.filter((moment) => !isWithin(line, moment)),
  };
}

function toNodeAgentData({ agent, base, perPod, inPods, onNodes, breakEven, ...numbers }: NodeAgentReport): object {
  const { nodes, podsPerNode, pods } = numbers;
  const amounts = { agent, base, perPod, inPods, onNodes };
  const quantities = Object.entries(amounts).map(([name, list]) => [name, toQuantities(list)]);
  return {
    nodes,
    podsPerNode,
    pods,
    ...Object.fromEntries(quantities),
    breakEvenPodsPerNode: toData(breakEven, (pods) => pods ?? null),
  };
}

function toResourcesData({ requests, limits }: Resources): object {
  return { requests: toQuantities(requests), limits: toQuantities(limits) };
}

function toQuantities(amounts: Amounts): object {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(name, amount)]));
}

function toData<K extends string, V>(map: ReadonlyMap<K, V>, toValue: (value: V) => unknown): object {
  return Object.fromEntries([...map].map(([name, value]) => [name, toValue(value)]));
}
