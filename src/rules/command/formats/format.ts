import { isAbsolute, relative, sep } from 'node:path';
import { describeTotals, formatCount } from '../../report';
import { failsCheck, type Outcome } from '../check';
import { STDIN_NAME } from '../input';
import type { Verdict } from '../verdict';

/** A way to show an outcome: pieces of text, so that a long one is never one string. */
export type Format = (outcome: Outcome, hasColour: boolean) => Iterable<string>;

/** An outcome in one line: `2 errors, 1 warning, 1 suppressed in 14 objects`. */
export function formatSummary({ findings, suppressed, ...outcome }: Outcome): string {
  const known = suppressed.filter(({ suppressedBy }) => suppressedBy === 'baseline').length;
  const others = suppressed.filter(({ suppressedBy }) => suppressedBy !== 'baseline');
  const found = describeTotals({ findings: [...findings], suppressed: others });
  const totals = `${found}${known > 0 ? `, ${known} in the baseline` : ''} in ${formatCount(outcome.checked.length, 'object')}`;
  return [totals, ...listRemarks({ findings, ...outcome })].join('; ');
}

function listRemarks({ omissions, passedOver, leftOut, unusable, ...outcome }: Omit<Outcome, 'suppressed'>): string[] {
  const unseen = countUnseen(outcome);
  return [
    omissions.length > 0 ? `${omissions.length} not checked` : '',
    passedOver > 0 ? `${formatCount(passedOver, 'file')} without objects passed over` : '',
    leftOut > 0 ? `${formatCount(leftOut, 'path')} left out by the settings` : '',
    unusable.length > 0 ? `${formatCount(unusable.length, 'input')} not usable` : '',
    unseen > 0 ? `${formatCount(unseen, 'finding')} not shown that ${unseen === 1 ? 'fails' : 'fail'} the check` : '',
  ].filter((part) => part !== '');
}

/** Findings below `--severity` may fail a call all the same. */
function countUnseen({ all, findings, failOn }: Pick<Outcome, 'all' | 'findings' | 'failOn'>): number {
  const count = (verdicts: readonly Verdict[]) => verdicts.filter((verdict) => failsCheck(verdict, failOn)).length;
  return count(all) - count(findings);
}

/** The line of a finding as people find it: with the template, where Helm made the text. */
export function formatPlace({ file = '', line, template }: Verdict): string {
  const place = line === undefined ? file : `${file}:${line}`;
  if (template === undefined) {
    return place;
  }
  return file === STDIN_NAME ? `${template} (${place})` : `${place} (${template})`;
}

/** The file that people know: for what Helm wrote into standard input, its template. */
export function findShownFile({ file = '', template }: Verdict): string {
  return file === STDIN_NAME && template !== undefined ? template : file;
}

/** Kind, name and namespace: `Deployment/web in shop`. */
export function formatObject({ kind, name, namespace }: Pick<Verdict, 'kind' | 'name' | 'namespace'>): string {
  const object =
    kind === undefined && name === undefined ? 'document' : [kind ?? '(no kind)', name ?? '(no name)'].join('/');
  return namespace === undefined ? object : `${object} in ${namespace}`;
}

/** A file as seen from the working directory, which is where a repository stands when it is checked. */
export function toRelativePath(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : relative('.', file);
  return path.split(sep).join('/');
}
