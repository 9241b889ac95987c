import { type Finding, Severity } from '../finding';
import type { Format, Outcome } from './outcome';
import { formatSummary } from './summary';

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
  let before: Finding | undefined;
  for (const finding of outcome.findings) {
    yield formatHeadings(finding, before, paint) + formatFindingBlock(finding, outcome, paint);
    before = finding;
  }
  for (const [index, finding] of outcome.suppressed.entries()) {
    yield paint('dim', `${index === 0 ? 'suppressed\n' : ''}${formatSuppressed(finding)}`);
  }
  yield `${outcome.suppressed.length > 0 ? '\n' : ''}${paint('bold', escapeControls(formatSummary(outcome)))}\n`;
};

function formatHeadings(finding: Finding, before: Finding | undefined, paint: Paint): string {
  const isSameFile = before?.file === finding.file;
  const file = isSameFile ? '' : `${paint('bold', escapeControls(finding.file ?? ''))}\n\n`;
  return isSameFile && before && formatObject(before) === formatObject(finding)
    ? file
    : `${file}  ${formatObject(finding)}\n\n`;
}

function formatFindingBlock(finding: Finding, outcome: Outcome, paint: Paint): string {
  const { severity, rule, message, fix, path } = finding;
  const lines = [
    `    ${paint(SEVERITY_STYLES[severity]!, severity)} ${paint('bold', rule)} ${paint('cyan', formatPlace(finding))}`,
    `      ${escapeControls(message)}`,
    path === '' ? '' : `      ${paint('dim', `at ${escapeControls(path)}`)}`,
    formatExcerpt(finding, outcome),
    `      ${paint('green', `fix: ${escapeControls(fix)}`)}`,
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n`;
}

function formatExcerpt({ file, line }: Finding, outcome: Outcome): string {
  const text = file === undefined || line === undefined ? undefined : outcome.findText(file, line);
  if (text === undefined || text.trim() === '') {
    return '';
  }
  const shown = text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text;
  return `      ${line} | ${escapeControls(shown)}`;
}

function formatSuppressed(finding: Finding): string {
  const { rule, message, suppressedBecause } = finding;
  return `  ${formatPlace(finding)} ${formatObject(finding)} ${rule}: ${escapeControls(message)}\n    because: ${escapeControls(suppressedBecause ?? '')}\n`;
}

function formatPlace({ file = '', line }: Finding): string {
  return escapeControls(line === undefined ? file : `${file}:${line}`);
}

/** Kind, name and namespace: `Deployment/web in shop`. */
function formatObject({ kind, name, namespace }: Finding): string {
  const object =
    kind === undefined && name === undefined ? 'document' : [kind ?? '(no kind)', name ?? '(no name)'].join('/');
  return escapeControls(namespace === undefined ? object : `${object} in ${namespace}`);
}

/** Manifests may hold anything: characters that steer a terminal or turn the direction of writing are shown, not sent. */
function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
