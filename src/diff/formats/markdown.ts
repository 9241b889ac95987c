import { escapeControls } from '../../rules/command/formats/text';
import type { DiffReport, ObjectReport } from '../report';
import { formatFound, formatHeadline, formatReportPlace, formatTitle, LABELS, listHints } from './words';

/** A comment of GitHub holds 65,536 characters. */
const MAX_LENGTH = 60_000;

/** Rows of the table that are shown; more is rather read in the log. */
const MAX_ROWS = 50;

/** Characters that mean something in Markdown or HTML. */
const SIGNS = /[&<>`*_[\]()~|\\!$]/g;

/** Signs that would become a link, a mention or a reference to an issue. */
const LINKS = /[@#]|(?<=\bGH)-|(?<=:)\/\/|(?<=\bwww)\./gi;

/** For a pull request: a line, a table, and all else behind folds. */
export function formatDiffMarkdown(report: DiffReport): string {
  const { objects, begun, ceased, passedOver } = report;
  const table = objects.slice(0, MAX_ROWS).map(formatRow);
  const more = objects.length > MAX_ROWS ? [`\n${objects.length - MAX_ROWS} more objects change.\n`] : [];
  const head = [
    `**${escapeMarkdown(formatHeadline(report))}**\n`,
    ...(table.length > 0 ? [`\n| | object | what happens |\n|---|---|---|\n${table.join('')}`] : []),
    ...more,
  ].join('');
  const blocks = [
    ...objects.filter(({ reasons, notes }) => reasons.length + notes.length > 0).map(formatDetails),
    ...formatFindings('The rules find something new', begun.map(formatFound)),
    ...formatFindings('The rules no longer find', ceased.map(formatFound)),
    ...formatFindings(
      'Passed over',
      passedOver.map(({ place, reason }) => `${place.file ?? ''}: ${reason}`),
    ),
    ...listHints(report).map((hint) => `\n${escapeMarkdown(hint)}\n`),
  ];
  return head + selectBlocks(blocks, MAX_LENGTH - head.length);
}

/** As many blocks as there is room for. */
function selectBlocks(blocks: readonly string[], room: number): string {
  let left = room;
  const fitting = blocks.filter((block) => {
    left -= block.length;
    return left >= 0;
  });
  const omitted = blocks.length - fitting.length;
  return `${fitting.join('')}${omitted > 0 ? `\n${omitted} more parts are too long for a comment; \`--format text\` shows them.\n` : ''}`;
}

function formatRow(object: ObjectReport): string {
  return `| ${LABELS[object.effect]} | ${formatName(object)} | ${escapeMarkdown(object.summary)} |\n`;
}

function formatName(object: ObjectReport): string {
  const { namespace } = object;
  return `<code>${escapeSigns(formatTitle(object))}</code>${namespace === undefined ? '' : ` in ${escapeMarkdown(namespace)}`}`;
}

function formatDetails(object: ObjectReport): string {
  const lines = [...object.reasons.map((reason) => `- ${escapeMarkdown(reason)}\n`)];
  const notes = object.notes.map((note) => `- ${escapeMarkdown(note)}\n`);
  const place = formatReportPlace(object);
  return renderFold(`${formatName(object)}: ${LABELS[object.effect]}`, [
    ...(lines.length > 0 ? ['Why:\n\n', ...lines, '\n'] : []),
    ...(notes.length > 0 ? ['And:\n\n', ...notes, '\n'] : []),
    ...(place === '' ? [] : [`${escapeMarkdown(place)}\n`]),
  ]);
}

function formatFindings(title: string, sentences: readonly string[]): string[] {
  const lines = sentences.map((sentence) => `- ${escapeMarkdown(sentence)}\n`);
  return lines.length === 0 ? [] : [renderFold(`${title} (${lines.length})`, lines)];
}

/** Opens at a click; an empty line makes Markdown of what is in it. */
function renderFold(title: string, lines: readonly string[]): string {
  return `\n<details><summary>${title}</summary>\n\n${lines.join('')}\n</details>\n`;
}

/** A sentence as Markdown that is nothing but text, whatever values it holds; what stands in backticks is shown as code. */
function escapeMarkdown(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  return parts
    .map((part) => (/^`[^`]*`$/.test(part) ? `<code>${escapeSigns(part.slice(1, -1))}</code>` : escapeSigns(part)))
    .join('');
}

/** `&#64;` would be a mention all the same, so that signs of links are cut off by comments. */
function escapeSigns(text: string): string {
  return escapeControls(text)
    .replace(LINKS, (sign) => `\0${sign}\0`)
    .replace(SIGNS, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\0/g, '<!-- -->');
}
