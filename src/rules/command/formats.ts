import { isAbsolute, relative, sep } from 'node:path';
import { groupBy } from '../../private/lists';
import { type Finding, type FindingPlace, Severity } from '../finding';
import type { Omission } from '../omission';
import { describeProblem, describeTotals, formatCount } from '../report';
import type { Outcome } from './check';

/** A way to show an outcome: pieces of text, so that a long one is never one string. */
export type Format = (outcome: Outcome, hasColour: boolean) => Iterable<string>;

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
  for (const [index, { place, reason }] of groupOmissions(outcome.omissions).entries()) {
    const heading = index > 0 ? '' : `${outcome.suppressed.length > 0 ? '\n' : ''}not checked\n`;
    yield paint('dim', `${heading}  ${escapeControls(place)}: ${escapeControls(reason)}\n`);
  }
  const isListed = outcome.suppressed.length + outcome.omissions.length > 0;
  yield `${isListed ? '\n' : ''}${paint('bold', escapeControls(formatSummary(outcome)))}\n`;
};

function formatHeadings(finding: Finding, before: Finding | undefined, paint: Paint): string {
  const isSameFile = before?.file === finding.file;
  const file = isSameFile ? '' : `${paint('bold', escapeControls(finding.file ?? ''))}\n\n`;
  return isSameFile && before && formatObject(before) === formatObject(finding)
    ? file
    : `${file}  ${formatObject(finding)}\n\n`;
}

function formatFindingBlock(finding: Finding, outcome: Outcome, paint: Paint): string {
  const { severity, rule, message, fix, path, places = [] } = finding;
  const lines = [
    `    ${paint(SEVERITY_STYLES[severity]!, severity)} ${paint('bold', rule)} ${paint('cyan', formatPlace(finding))}`,
    `      ${escapeControls(message)}`,
    ...places.map((place) => `        ${formatPlaceOfPart(place)}`),
    path === '' ? '' : `      ${paint('dim', `at ${escapeControls(path)}`)}`,
    formatExcerpt(finding, outcome),
    `      ${paint('green', `fix: ${escapeControls(fix)}`)}`,
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n\n`;
}

function formatPlaceOfPart({ line, path, message }: FindingPlace): string {
  return escapeControls(`${line === undefined ? '' : `${line}: `}${message}${path === '' ? '' : ` (${path})`}`);
}

function formatExcerpt({ file, line }: Finding, outcome: Outcome): string {
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

const COMMANDS: Readonly<Partial<Record<Severity, string>>> = {
  [Severity.ERROR]: 'error',
  [Severity.WARNING]: 'warning',
  [Severity.INFO]: 'notice',
};

/** For GitHub Actions: workflow commands, which become annotations of the changed lines. */
export const formatGithub: Format = function* (outcome) {
  for (const finding of outcome.findings) {
    yield formatAnnotation(finding);
  }
  for (const { file, message } of outcome.unusable) {
    yield formatCommand('error', { file: toRelativePath(file), title: 'unusable input' }, message);
  }
  yield `${formatSummary(outcome)}\n`;
};

function formatAnnotation(finding: Finding): string {
  const { severity, rule, file, line, kind, name, path, fix } = finding;
  const object = [kind, name].filter((part) => part !== undefined).join('/');
  const where = [object, path].filter((part) => part !== '').join(' ');
  const properties = { file: file === undefined ? undefined : toRelativePath(file), line, title: rule };
  return formatCommand(
    COMMANDS[severity]!,
    properties,
    `${where === '' ? '' : `${where}: `}${describeProblem(finding)}\nfix: ${fix}`,
  );
}

function formatCommand(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined);
  return `::${name} ${present.map(([key, value]) => `${key}=${escapeProperty(String(value))}`).join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Grows when a field of the shape below changes its meaning or goes away; new fields may come at any time. */
const SHAPE_VERSION = 1;

/**
 * For programs:
 *
 * ```
 * {
 *   "version": 1,
 *   "summary": { "errors", "warnings", "infos", "suppressed", "objects": numbers },
 *   "findings": [{ "rule", "severity", "message", "fix", "path", "kind"?, "name"?, "namespace"?, "file", "line" }],
 *   "suppressed": [the same with "suppressedBecause"],
 *   "omissions": [{ "reason", "kind"?, "name"?, "file", "line" }],
 *   "unusable": [{ "file", "message" }]
 * }
 * ```
 */
export const formatJson: Format = function* ({ findings, suppressed, omissions, objects, unusable }) {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  const summary = {
    errors: count(Severity.ERROR),
    warnings: count(Severity.WARNING),
    infos: count(Severity.INFO),
    suppressed: suppressed.length,
    objects,
  };
  yield `{\n  "version": ${SHAPE_VERSION},\n  "summary": ${JSON.stringify(summary)},\n`;
  yield* formatList('findings', findings);
  yield ',\n';
  yield* formatList('suppressed', suppressed);
  yield ',\n';
  yield* formatList('omissions', omissions);
  yield ',\n';
  yield* formatList('unusable', unusable);
  yield '\n}\n';
};

function* formatList(name: string, items: readonly (Finding | object)[]): Generator<string> {
  yield `  "${name}": [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item)}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}

/** An outcome in one line: `2 errors, 1 warning, 1 suppressed in 14 objects`. */
export function formatSummary({ findings, suppressed, omissions, objects, passedOver, unusable }: Outcome): string {
  const found = describeTotals({ findings: [...findings], suppressed: [...suppressed] });
  const others = [
    omissions.length > 0 ? `${omissions.length} not checked` : '',
    passedOver > 0 ? `${formatCount(passedOver, 'file')} without objects passed over` : '',
    unusable.length > 0 ? `${formatCount(unusable.length, 'input')} not usable` : '',
  ];
  return [`${found} in ${formatCount(objects, 'object')}`, ...others].filter((part) => part !== '').join('; ');
}

/** A file as seen from the working directory, which is where a repository stands when it is checked. */
export function toRelativePath(file: string): string {
  const path = isAbsolute(file) ? relative(process.cwd(), file) : relative('.', file);
  return path.split(sep).join('/');
}
