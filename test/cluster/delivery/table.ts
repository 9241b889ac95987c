import { COLUMNS } from './columns';
import { SCENARIOS } from './scenarios';

/** What came of the lines of one run. */
export interface Cell {
  readonly written: number;
  readonly once: number;
  readonly twice: number;
  readonly lost: number;
  /** The version of the agent, as it said itself. */
  readonly version: string;
}

export interface Results {
  /** By column and scenario. */
  readonly cells: Record<string, Record<string, Cell>>;
  /** What is to be known of the measurement, by who made it. */
  readonly remarks?: readonly string[];
}

/** A share that varies from run to run is worse when it is half as much again, and more than a hundredth. */
const SPREAD = 1.5;
const NOISE = 0.01;

/** Whether more lines were lost, or came twice, than chance explains. Where none was lost before, none may be. */
export function isWorse(before: Cell, now: Cell): boolean {
  const grew = (key: 'lost' | 'twice') => now[key] / now.written > (before[key] / before.written) * SPREAD + NOISE;
  return now.written === 0 || (before.lost === 0 && now.lost > 0) || grew('lost') || grew('twice');
}

/** Whether the library takes a way to ship lines in a scenario. */
export function isPossible(column: string, scenario: string): boolean {
  return !(COLUMNS[column]!.isRefusedInJobs && SCENARIOS[scenario]!.isOfJobs);
}

/** The page with the table. */
export function renderPage(results: Results): string {
  const columns = Object.keys(COLUMNS).filter((column) => results.cells[column] !== undefined);
  const missing = Object.keys(COLUMNS).filter((column) => !columns.includes(column));
  return `# Which lines may be lost

Measured on a cluster with a real kubelet, by lines that are counted where they are written and where they arrive. The share of the
lines that were **lost**, in percent of those written:

${renderTable(['', ...columns.map((column) => COLUMNS[column]!.title)], listShares(columns, results))}

Each line that is not counted as lost arrived; how many arrived more than once is below. ${[...(results.remarks ?? []), ...describeMissing(missing)].join(' ')}

\`npm run test:delivery -- --update\` measures all of it again, and writes this page; without \`--update\` a run fails where more is
lost or doubled than here. [How](../test/cluster/README.md).

${Object.keys(SCENARIOS)
  .map((scenario) => renderScenario(scenario, columns, results))
  .join('\n')}`;
}

function listShares(columns: readonly string[], { cells }: Results): string[][] {
  return Object.entries(SCENARIOS).map(([scenario, { title }]) => [
    `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`,
    ...columns.map((column) => (isPossible(column, scenario) ? describeShare(cells[column]![scenario]) : 'refused')),
  ]);
}

function renderScenario(scenario: string, columns: readonly string[], { cells }: Results): string {
  const possible = columns.filter((column) => isPossible(column, scenario));
  const rows = possible.map((column) => {
    const cell = cells[column]![scenario];
    const counts = cell ? [cell.written, cell.once, cell.twice, cell.lost].map(String) : ['not measured', '', '', ''];
    return [`${COLUMNS[column]!.title}${cell ? ` ${cell.version}` : ''}`, ...counts];
  });
  const { title, text } = SCENARIOS[scenario]!;
  return `## ${title}\n\n${text}\n\n${renderTable(['', 'written', 'once', 'twice', 'lost'], rows)}\n`;
}

function describeShare(cell: Cell | undefined): string {
  if (cell === undefined) {
    return '–';
  }
  return cell.lost === 0 ? '**0**' : `${Number(((100 * cell.lost) / cell.written).toPrecision(2))}`;
}

function describeMissing(columns: readonly string[]): readonly string[] {
  const titles = columns.map((column) => COLUMNS[column]!.title);
  return titles.length === 0 ? [] : [`Not measured, as its software could not be had: ${titles.join(', ')}.`];
}

function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
