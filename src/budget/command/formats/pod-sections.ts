import { type Amounts, NO_RESOURCES, type Resources, sumResources } from '../../amounts';
import { type Budget, toPercent } from '../../budget';
import { isCompanionType, type PartType } from '../../companion-type';
import type { PodBudget } from '../../pod-budget';
import { formatAmount } from '../../units';
import type { Section } from './sections';

/** The resources that are always shown. */
const USUAL = ['cpu', 'memory'];

const INIT_NOTE = [
  'Init containers: what the pod needs while it starts beyond what it runs with; it is kept free as long as the pod lives.',
];

/** The pods one by one and together, and what their companions are of them. */
export function listPodSections(budget: Budget): Section[] {
  const names = listResourceNames(budget.pods);
  return [
    {
      table: { columns: ['POD', 'PODS', 'QOS', ...listHeadings(names)], rows: listPodRows(budget, names), words: [2] },
    },
    { lines: describeOpen(budget) },
    { table: { columns: ['TOTAL', 'PODS', ...listHeadings(names)], rows: listTotalRows(budget, names) } },
    ...listCompanionSections(budget),
  ].filter(({ lines }) => lines === undefined || lines.length > 0);
}

/** The resources that any pod names, the usual ones first. */
function listResourceNames(pods: readonly PodBudget[]): string[] {
  const named = pods.flatMap(({ requests, limits }) => [...requests.keys(), ...limits.keys()]);
  return [...USUAL, ...[...new Set(named)].filter((name) => !USUAL.includes(name)).sort()];
}

/** Beside a request stands the limit; other resources than the usual ones have one number in nearly all pods. */
function listHeadings(names: readonly string[]): string[] {
  return names.flatMap((name) => [name.toUpperCase(), `${USUAL.includes(name) ? `${name.toUpperCase()} ` : ''}LIMIT`]);
}

function listPodRows({ pods }: Budget, names: readonly string[]): string[][] {
  return pods.map((pod) => {
    const { owner, count, qos } = pod;
    return [
      owner.title,
      formatRange(count.least, count.most),
      qos,
      ...listAmountCells(pod, names, new Set(pod.open.keys())),
    ];
  });
}

function formatRange(least: number, most: number): string {
  return least === most ? formatNumber(most) : `${formatNumber(least)}-${formatNumber(most)}`;
}

function formatNumber(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

function listTotalRows({ pods, totals, fleet }: Budget, names: readonly string[]): string[][] {
  const open = new Set(pods.flatMap((pod) => [...pod.open.keys()]));
  const rows = [
    ['at least', totals.least] as const,
    ['at most', totals.most] as const,
    ['during a rollout', totals.rollout] as const,
    ...(fleet ? [['a fleet', fleet] as const] : []),
  ];
  return rows.map(([title, total]) => [title, formatNumber(total.pods), ...listAmountCells(total, names, open)]);
}

function listAmountCells(
  { requests, limits }: Resources,
  names: readonly string[],
  open: ReadonlySet<string>,
): string[] {
  return names.flatMap((name) => [
    formatCell(requests, name, name === 'cpu' || name === 'memory' ? '0' : '-'),
    open.has(name) ? (limits.get(name) ? `${formatCell(limits, name, '-')}*` : 'none') : formatCell(limits, name, '-'),
  ]);
}

function formatCell(amounts: Amounts, name: string, otherwise: string): string {
  const amount = amounts.get(name);
  return amount === undefined ? otherwise : formatAmount(name, amount);
}

/** A sum of limits says little where a container beside has none. */
function describeOpen({ pods }: Budget): string[] {
  const isPartial = pods.some(({ open, limits }) => [...open.keys()].some((name) => limits.get(name)));
  return isPartial ? ['* and whatever the containers without a limit take'] : [];
}

/** The companions of each pod, and of all pods, by type and as a share of the whole. */
function listCompanionSections(budget: Budget): Section[] {
  const having = budget.pods.filter(({ parts }) => listParts(parts).length > 0);
  const columns = ['CPU', 'SHARE', 'MEMORY', 'SHARE'];
  const rows = having.flatMap(({ owner, parts, requests }) =>
    listParts(parts)
      .filter(([, part]) => takesAnything(part))
      .map(([type, part]) => [`${owner.title}: ${type}`, ...listShares(part.requests, requests)]),
  );
  const wide = [...columns, ...(budget.fleet ? ['FLEET CPU', 'FLEET MEMORY'] : [])];
  const sections: Section[] = [
    { table: { columns: ['PART OF A POD', ...columns], rows } },
    { lines: isStartCostly(budget) ? INIT_NOTE : [] },
    { table: { columns: ['PART OF ALL, AT MOST', ...wide], rows: listPartRows(budget) } },
  ];
  return rows.length === 0 ? [] : sections;
}

function isStartCostly({ parts }: Budget): boolean {
  const start = parts.get('init containers');
  return start !== undefined && takesAnything(start.most);
}

function listPartRows({ parts, totals, fleet }: Budget): string[][] {
  const rows = listParts(parts);
  const companions = rows.filter(([type]) => isCompanionType(type)).map(([, part]) => part);
  const sum = {
    most: sumResources(companions.map(({ most }) => most)),
    ...(fleet && { fleet: sumResources(companions.map((part) => part.fleet ?? NO_RESOURCES)) }),
  };
  return [...rows, ['all companions', sum] as const].map(([title, { most, fleet: many }]) => [
    title,
    ...listShares(most.requests, totals.most.requests),
    ...(many ? listUsualCells(many.requests) : []),
  ]);
}

function listParts<T>(parts: ReadonlyMap<PartType, T>): [PartType, T][] {
  return [...parts].filter(([type]) => type !== 'application');
}

/** Whether a part requests any of what is shown. */
function takesAnything({ requests }: Resources): boolean {
  return USUAL.some((name) => requests.get(name));
}

function listShares(part: Amounts, whole: Amounts): string[] {
  return USUAL.flatMap((name) => {
    const percent = toPercent(part, whole, name);
    return [formatCell(part, name, '0'), percent === undefined ? '-' : `${percent} %`];
  });
}

function listUsualCells(amounts: Amounts): string[] {
  return USUAL.map((name) => formatCell(amounts, name, '0'));
}
