import { type Budget, toPercent } from '../../budget';
import { isWithin, type QuotaLine, type QuotaReport } from '../../quota';
import { MOMENTS, type Moment } from '../../quota-usage';
import { formatAmount } from '../../units';
import type { Section } from './sections';

const TITLES: Readonly<Record<Moment, string>> = {
  least: 'at least',
  most: 'at most',
  rollout: 'during a rollout',
};

/** Each quota beside what the set takes of it. */
export function listQuotaSections({ quotas }: Budget): Section[] {
  const sections = quotas.flatMap((quota) => [{ table: toTable(quota) }, ...listUnknown(quota)]);
  const assumed =
    'A rollout is all workloads at once, starting from the most. Pods that are still ending count against a quota, too, and are not in these numbers.';
  return quotas.length === 0 ? [] : [...sections, { lines: [assumed] }];
}

function toTable({ object, namespace, lines }: QuotaReport): Section['table'] {
  return {
    columns: [`${object.title} in ${namespace}`, 'HARD', 'AT LEAST', 'AT MOST', 'ROLLOUT', ''],
    rows: lines.map((line) => [
      line.name,
      formatAmount(line.name, line.hard),
      ...MOMENTS.map((moment) => formatUsed(line, moment)),
      describeExcess(line),
    ]),
    words: [5],
  };
}

function formatUsed({ name, hard, used }: QuotaLine, moment: Moment): string {
  const amounts = new Map([[name, used[moment]]]);
  const percent = toPercent(amounts, new Map([[name, hard]]), name);
  return `${formatAmount(name, used[moment])}${percent === undefined ? '' : ` (${percent} %)`}`;
}

function describeExcess(line: QuotaLine): string {
  const moment = MOMENTS.find((one) => !isWithin(line, one));
  return moment === undefined ? '' : `exceeded ${TITLES[moment]}`;
}

function listUnknown({ object, unknown }: QuotaReport): Section[] {
  return unknown.length === 0
    ? []
    : [{ lines: [`${object.title} also counts ${unknown.join(', ')}, which manifests do not tell.`] }];
}
