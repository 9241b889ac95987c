import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findVersion, listUnproved } from '../images';
import { ROOT } from '../places';
import type { Delivery } from '../receiver';
import setUp from '../setup';
import { COLUMNS } from './columns';
import { Run } from './run';
import { SCENARIOS } from './scenarios';
import { type Cell, isPossible, isWorse, type Results, renderPage } from './table';

/** What was measured, and is held by the next run. */
const RESULTS = join(__dirname, 'results.json');
const PAGE = join(ROOT, 'docs/delivery.md');

const { values: options } = parseArgs({
  options: {
    columns: { type: 'string', default: Object.keys(COLUMNS).join() },
    scenarios: { type: 'string', default: Object.keys(SCENARIOS).join() },
    parallel: { type: 'string', default: '2' },
    update: { type: 'boolean', default: false },
    'no-setup': { type: 'boolean', default: false },
    'render-only': { type: 'boolean', default: false },
  },
});

const results: Results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : { cells: {} };

void (options['render-only'] ? Promise.resolve(true) : measureAll()).then((held) => {
  if (options.update || options['render-only']) {
    writeFileSync(RESULTS, `${JSON.stringify(results, undefined, 2)}\n`);
    writeFileSync(PAGE, renderPage(results));
  }
  process.exitCode = held ? 0 : 1;
});

/** Measures each cell that is asked for, and tells whether none got worse. */
async function measureAll(): Promise<boolean> {
  if (!options['no-setup']) {
    await setUp();
  }
  const cells = options.columns.split(',').flatMap((column) => {
    const isReal = listUnproved([COLUMNS[column]!.software]).length === 0;
    if (!isReal) {
      console.log(`${column}: not measured, as its image is a stand-in here`);
    }
    const scenarios = options.scenarios.split(',').filter((scenario) => isPossible(column, scenario));
    return isReal ? scenarios.map((scenario) => ({ column, scenario })) : [];
  });
  const alone = cells.filter(({ scenario }) => SCENARIOS[scenario]!.alone);
  const together = cells.filter(({ scenario }) => !SCENARIOS[scenario]!.alone);
  const held = [...(await measure(together, Number(options.parallel))), ...(await measure(alone, 1))];
  return held.every(Boolean);
}

/** Measures cells, so many at a time. */
async function measure(cells: { column: string; scenario: string }[], parallel: number): Promise<boolean[]> {
  const held: boolean[] = [];
  const queue = [...cells];
  const work = async () => {
    for (let cell = queue.shift(); cell; cell = queue.shift()) {
      held.push(await measureCell(cell.column, cell.scenario));
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return held;
}

async function measureCell(column: string, scenario: string): Promise<boolean> {
  const start = Date.now();
  const run = await Run.start(COLUMNS[column]!, `${column}-${scenario}`);
  try {
    await SCENARIOS[scenario]!.play(run);
    return report(column, scenario, await run.end(), start);
  } catch (error) {
    console.log(`${column} / ${scenario}: ${(error as Error).message}`);
    return false;
  } finally {
    await run.cleanUp();
  }
}

function report(column: string, scenario: string, delivery: Delivery, start: number): boolean {
  const { written, once, twice, lost } = delivery;
  const cell: Cell = { written, once, twice, lost, version: findVersion(COLUMNS[column]!.software) };
  const before = results.cells[column]?.[scenario];
  const worse = before !== undefined && isWorse(before, cell);
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(
    `${column} / ${scenario}: ${JSON.stringify(cell)} in ${seconds} s${worse ? `, WORSE than ${JSON.stringify(before)}` : ''}`,
  );
  if (lost > 0) {
    console.log(`  lost: ${delivery.missing}`);
  }
  results.cells[column] = { ...results.cells[column], [scenario]: cell };
  return !worse;
}
