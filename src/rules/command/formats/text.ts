import { groupBy } from '../../../private/lists';
import { type FindingPlace, Severity } from '../../finding';
import type { Omission } from '../../omission';
import type { Outcome } from '../check';
import type { Verdict } from '../verdict';
import { type Format, findShownFile, formatObject, formatPlace, formatSummary } from './format';

/** More of a line is not shown: a manifest may be one line. */
const MAX_EXCERPT = 160;

const STYLES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
type Paint = (style: keyof typeof STYLES, text: string) => string;

const SEVERITY_STYLES: Readonly<Partial<Record<Severity, keyof typeof STYLES>>> = {
  [Severity.ERROR]: 'red',
  [Severity.WARNING]: 'yellow',
  [Severity.INFO]: 'blue',
};

/** For people: findings below their file and their object, with the line that is wrong and what to do. */
export const formatText: Format = function* (outcome, hasColour) {
  const paint: Paint = (style, text) => (hasColour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
  let before: Verdict | undefined;
  for (const finding of outcome.findings) {
    yield formatHeadings(finding, before, paint) + formatFindingBlock(finding, outcome, paint);
    before = finding;
  }
  for (const [index, finding] of outcome.suppressed.filter(hasReason).entries()) {
    yield paint('dim', `${index === 0 ? 'suppressed\n' : ''}${formatSuppressed(finding)}`);
  }
  const isAnySuppressed = outcome.suppressed.some(hasReason);
  for (const [index, { place, reason }] of groupOmissions(outcome.omissions).entries()) {
    const heading = index > 0 ? '' : `${isAnySuppressed ? '\n' : ''}not checked\n`;
    yield paint('dim', `${heading}  ${escapeControls(place)}: ${escapeControls(reason)}\n`);
  }
  yield `${isAnySuppressed || outcome.omissions.length > 0 ? '\n' : ''}${paint('bold', escapeControls(formatSummary(outcome)))}\n`;
};

function formatHeadings(finding: Verdict, before: Verdict | undefined, paint: Paint): string {
  const shown = findShownFile(finding);
  const isSameFile = before !== undefined && findShownFile(before) === shown;
  const file = isSameFile ? '' : `${paint('bold', escapeControls(shown))}\n\n`;
  return isSameFile && showObject(before) === showObject(finding) ? file : `${file}  ${showObject(finding)}\n\n`;
}

function formatFindingBlock(finding: Verdict, outcome: Outcome, paint: Paint): string {
  const { severity, rule, message, fix, path, places = [] } = finding;
  const lines = [
    `    ${paint(SEVERITY_STYLES[severity]!, severity)} ${paint('bold', rule)} ${paint('cyan', showPlace(finding))}`,
    `      ${escapeControls(message)}`,
    ...places.map((place) => `        ${formatPart(place)}`),
    path === '' ? '' : `      ${paint('dim', `at ${escapeControls(path)}`)}`,
    formatExcerpt(finding, outcome),
    `      ${paint('green', `fix: ${escapeControls(fix)}`)}`,
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n`;
}

function formatPart({ line, path, message }: FindingPlace): string {
  return escapeControls(`${line === undefined ? '' : `${line}: `}${message}${path === '' ? '' : ` (${path})`}`);
}

function formatExcerpt({ file, line }: Verdict, outcome: Outcome): string {
  const text = file === undefined || line === undefined ? undefined : outcome.findText(file, line);
  if (text === undefined || text.trim() === '') {
    return '';
  }
  const shown = text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text;
  return `      ${line} | ${escapeControls(shown)}`;
}

/** One line for all of a file that is left out for one reason: the place of the first, and how many more there are. */
function groupOmissions(omissions: readonly Omission[]): { place: string; reason: string }[] {
  return [...groupBy(omissions, ({ file, reason }) => `${file}\n${reason}`).values()].map((found) => {
    const { file = '', line, reason } = found[0]!;
    const more = found.length > 1 ? ` and ${found.length - 1} more` : '';
    return { place: `${line === undefined ? file : `${file}:${line}`}${more}`, reason };
  });
}

function formatSuppressed(finding: Verdict): string {
  const { rule, message, suppressedBecause } = finding;
  return `  ${showPlace(finding)} ${showObject(finding)} ${rule}: ${escapeControls(message)}\n    because: ${escapeControls(suppressedBecause ?? '')}\n`;
}

/** Whether a person gave the reason why it is suppressed; what is in the baseline is many and known. */
function hasReason({ suppressedBy }: Verdict): boolean {
  return suppressedBy !== 'baseline';
}

function showPlace(finding: Verdict): string {
  return escapeControls(formatPlace(finding));
}

function showObject(finding: Verdict): string {
  return escapeControls(formatObject(finding));
}

/** Manifests may hold anything: characters that steer a terminal or turn the direction of writing are shown, not sent. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
