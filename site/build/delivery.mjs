// What becomes of log lines, as `docs/delivery.md` has it: the whole page, and the parts that guides show. Figures are never copied.
import { readFileSync } from 'node:fs';
import { KOREAN_COLUMNS, KOREAN_SCENARIOS } from './korean.mjs';
import { renderFrontmatter } from './markdown.mjs';
import { REPOSITORY, ROOT } from './paths.mjs';

const DOCUMENT = readFileSync(new URL('docs/delivery.md', ROOT), 'utf8');

/** The shares that were lost, by scenario and by way to ship lines. */
export const DELIVERY = readShares();

function readShares() {
  const [head, , ...rows] = DOCUMENT.split('\n')
    .filter((line) => line.startsWith('|'))
    .map(readCells);
  const end = rows.findIndex(([title]) => title === '');
  const columns = head.slice(1);
  return {
    columns,
    scenarios: rows.slice(0, end).map(([link, ...cells]) => ({
      title: /^\[(.*)\]/.exec(link)[1],
      shares: Object.fromEntries(columns.map((column, index) => [column, cells[index].replaceAll('**', '')])),
    })),
  };
}

function readCells(line) {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

export function renderDeliveryPage() {
  const text = DOCUMENT.replace(/^# .*\n/, '')
    .replace(/^\| {2}\| written/gm, '| agent | written')
    .replace(/^\| {2}\|/m, '| what happens |')
    .replace('../test/cluster/README.md', `${REPOSITORY}/blob/main/test/cluster/README.md`);
  return `${renderFrontmatter({ title: 'Which lines may be lost', description: 'Log lines counted where they are written and where they arrive, by agent and by what happens to the pod.' })}${text}`;
}

/**
 * A block in a guide: ```` ```delivery table="Fluent Bit; Vector" ```` is a table, ```` ```delivery losses="Vector" ```` the list of
 * what an agent lost when.
 */
export function renderDeliveryBlock(meta, isKorean) {
  const [, form, value] = /^(table|losses)="([^"]*)"$/.exec(meta) ?? [];
  const columns = (value ?? '').split(';').map((column) => column.trim());
  const unknown = columns.find((column) => !DELIVERY.columns.includes(column));
  if (form === undefined || unknown !== undefined) {
    throw new Error(
      `a block of delivery says ${meta}, and docs/delivery.md has the columns ${DELIVERY.columns.join('; ')}`,
    );
  }
  return form === 'table' ? renderTable(columns, isKorean) : renderLosses(columns[0], isKorean);
}

function renderTable(columns, isKorean) {
  const rows = DELIVERY.scenarios.map(({ title, shares }) => [
    toTitle(title, isKorean),
    ...columns.map((column) => formatShare(shares[column], isKorean)),
  ]);
  const titles = columns.map((column) => (isKorean ? (KOREAN_COLUMNS[column] ?? column) : column));
  const head = [isKorean ? '유실률(%)' : 'lost, in percent', ...titles];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function renderLosses(column, isKorean) {
  const lost = DELIVERY.scenarios.filter(({ shares }) => Number(shares[column]) > 0);
  const unmeasured = DELIVERY.scenarios.filter(({ shares }) => shares[column] === '–');
  const items = lost.map(({ title, shares }) => `- ${toTitle(title, isKorean)}: **${shares[column]}\u00a0%**`);
  const none = isKorean ? '- 측정한 어떤 상황에서도 유실이 없었다.' : '- Nothing in any scenario that was measured.';
  const rest = isKorean ? '측정하지 않음' : 'not measured';
  return [
    ...(items.length > 0 ? items : [none]),
    ...unmeasured.map(({ title }) => `- ${toTitle(title, isKorean)}: ${rest}`),
  ].join('\n');
}

function toTitle(title, isKorean) {
  const text = isKorean ? findKorean(title) : title;
  return `[${text}](/delivery/#${title.toLowerCase().replaceAll(' ', '-')})`;
}

function findKorean(title) {
  const korean = KOREAN_SCENARIOS[title];
  if (korean === undefined) {
    throw new Error(`build/korean.mjs has no Korean for the scenario "${title}" of docs/delivery.md`);
  }
  return korean;
}

function formatShare(share, isKorean) {
  return share === 'refused' && isKorean ? '거부됨' : share === '0' ? '**0**' : share;
}
