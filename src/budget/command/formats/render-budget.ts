import { escapeControls } from '../../../rules/command/formats/text';
import type { Omission } from '../../../rules/omission';
import type { Budget } from '../../budget';
import type { FormatName } from '../arguments';
import { toBudgetData } from './json';
import { listSections, type Section } from './sections';
import { escapeCell, renderMarkdownTable, renderPlainTable, type Table } from './table';

/** A budget in the format that is asked for. */
export function renderBudget(format: FormatName, budget: Budget, omissions: readonly Omission[]): string {
  if (format === 'json') {
    return `${JSON.stringify(toBudgetData(budget, omissions), undefined, 2)}\n`;
  }
  const sections = listSections(budget, omissions).map(escapeSection);
  const render = format === 'markdown' ? renderMarkdown : renderPlain;
  return `${sections.map(render).join('\n\n')}\n`;
}

function renderPlain({ title, table, lines = [] }: Section): string {
  const indented = title === undefined ? lines : [title, ...lines.map((line) => `  ${line}`)];
  return [...(table ? [renderPlainTable(table)] : []), ...indented].join('\n');
}

function renderMarkdown({ title, table, lines = [] }: Section): string {
  const heading = title === undefined ? [] : [`**${title}**`, ''];
  const text = title === undefined ? lines.map(escapeCell) : lines.map((line) => `- ${escapeCell(line)}`);
  return [...heading, ...(table ? [renderMarkdownTable(table)] : []), ...text].join('\n');
}

/** Names in manifests may hold anything. */
function escapeSection({ title, table, lines }: Section): Section {
  return { title, ...(table && { table: escapeTable(table) }), ...(lines && { lines: lines.map(escapeControls) }) };
}

function escapeTable(table: Table): Table {
  const escapeAll = (row: readonly string[]) => row.map(escapeControls);
  return { ...table, columns: escapeAll(table.columns), rows: table.rows.map(escapeAll) };
}
