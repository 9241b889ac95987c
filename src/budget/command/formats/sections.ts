import type { Omission } from '../../../rules/omission';
import { formatCount } from '../../../rules/report';
import type { Budget } from '../../budget';
import { listNodeAgentSections } from './node-agent-section';
import { listPodSections } from './pod-sections';
import { listQuotaSections } from './quota-sections';
import type { Table } from './table';

/** A part of the text: a table, sentences, or both. */
export interface Section {
  readonly title?: string;
  readonly table?: Table;
  readonly lines?: readonly string[];
}

/** All that is said of a budget, in the order in which it is read. */
export function listSections(budget: Budget, omissions: readonly Omission[]): Section[] {
  return [
    ...listPodSections(budget),
    ...listQuotaSections(budget),
    ...listNodeAgentSections(budget),
    ...listSentences(
      'Refused',
      budget.refusals.map(({ subject, message }) => `${subject}: ${message}`),
    ),
    ...listSentences(
      'Notes',
      budget.notes.map(({ subject, message }) => `${subject}: ${message}`),
    ),
    ...listSentences('Not counted', omissions.filter(isObjectOmission).map(describeOmission)),
    { lines: [describeResult(budget)] },
  ];
}

function listSentences(title: string, lines: readonly string[]): Section[] {
  return lines.length === 0 ? [] : [{ title, lines }];
}

/** An image that is yet to be named costs what its container says. */
function isObjectOmission({ reason }: Omission): boolean {
  return !reason.startsWith('image ');
}

function describeOmission({ file, line, kind, name, reason }: Omission): string {
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const place = file === undefined ? object : `${file}${line === undefined ? '' : `:${line}`}`;
  return `${place}: ${reason}`;
}

/** The result in one line. */
function describeResult({ refusals, quotas, pods }: Budget): string {
  const exceeded = quotas.flatMap(({ lines }) => lines).filter(({ hard, used }) => used.rollout > hard).length;
  const parts = [
    ...(exceeded > 0 ? [`${formatCount(exceeded, 'amount')} of quotas exceeded`] : []),
    ...(refusals.length > 0 ? [`${refusals.length} refused`] : []),
  ];
  const fine = quotas.length > 0 ? 'everything fits' : 'no quota among the manifests';
  return `${formatCount(pods.length, 'workload')}: ${parts.length > 0 ? parts.join(', ') : fine}`;
}
