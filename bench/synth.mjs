// `FastApp` beside `App` of cdk8s: the synth of units in one chart, in a chart each, and in a chain of dependencies.
import { interleave, milliseconds, ratio, runJob, table } from './measure.mjs';

/** By layout, how many units; and up to how many cdk8s is measured, because it takes minutes for more. */
const LAYOUTS = {
  'one chart': { counts: [1, 10, 100, 1000, 10_000], stock: 1000 },
  'a chart each': { counts: [1, 10, 100, 1000, 10_000], stock: 1000 },
  'a chain': { counts: [5, 10, 12, 100, 300], stock: 12 },
};
const QUICK = {
  'one chart': { counts: [1, 100], stock: 100 },
  'a chart each': { counts: [1, 100], stock: 100 },
  'a chain': { counts: [10, 100], stock: 10 },
};
/** Enough units for 200,000 objects. */
const MANY = 66_667;

export async function report({ quick }) {
  const rows = [];
  const seen = {};
  for (const [layout, { counts, stock }] of Object.entries(quick ? QUICK : LAYOUTS)) {
    for (const count of counts) {
      const apps = count <= stock ? ['fast', 'stock'] : ['fast'];
      const tasks = apps.map((app) => () => runJob('synth', { app, layout, count }));
      const [fast, other] = await interleave(tasks, quick ? 1 : count >= 10_000 ? 3 : 5, 30);
      seen[`${layout} ${count}`] = { ...fast, perUnit: fast.cpu / count, gain: other && other.cpu / fast.cpu };
      rows.push([
        layout,
        count,
        3 * count,
        ...cells(fast),
        ...(other ? [...cells(other), ratio(other.cpu / fast.cpu)] : ['', '', '', '']),
      ]);
    }
  }
  const lines = [
    '## Synth, once the app is built',
    '',
    'CPU time and wall time in milliseconds, peak memory of the process in MB; files are written to memory, where Linux has',
    'a folder for that. `App` of cdk8s is left out where it takes minutes or never ends: its time grows with the square of charts,',
    'and with a power of the length of a chain.',
    '',
    ...table(
      ['layout', 'units', 'objects', 'FastApp CPU', 'wall', 'MB', 'App CPU', 'wall', 'MB', 'App / FastApp, CPU'],
      rows,
    ),
    '',
  ];
  return [...lines, ...(quick ? [] : await targets(seen))];
}

async function targets(seen) {
  const { cpu, wall, peak } = runJob('synth', {
    ...{ app: 'fast', layout: 'one chart', count: MANY, unit: 'addRawUnit', timeout: 3_600_000 },
  });
  const growth = seen['one chart 10000'].perUnit / seen['one chart 1000'].perUnit;
  const [one, each] = [seen['one chart 1000'].gain, seen['a chart each 1000'].gain];
  const chain = seen['a chain 300'].wall;
  const [files] = await interleave([() => runJob('files', { count: 1000 })], 5);
  return [
    ...table(
      ['target', 'seen', ''],
      [
        ['1,000 units in one chart at least 2.5 times faster than App', ratio(one), verdict(one >= 2.5)],
        ['1,000 charts of one unit at least 12 times faster', ratio(each), verdict(each >= 12)],
        [
          'a chain of 300 units of three objects in less than a second',
          `${milliseconds(chain)} ms`,
          verdict(chain < 1),
        ],
        ['the time of a unit of 10,000 within 1.3 times that of 1,000', ratio(growth), verdict(growth <= 1.3)],
        [
          `${3 * MANY} objects in one chart`,
          `${cpu.toFixed(1)} s of CPU, ${wall.toFixed(1)} s, ${Math.round(peak)} MB`,
          verdict(true),
        ],
      ],
    ),
    '',
    `Of the ${milliseconds(seen['a chart each 1000'].cpu)} ms for 1,000 charts, ${milliseconds(files.cpu)} ms are what 1,000 files of their size take in \`writeFileSync\`, which both apps spend. What`,
    'else is left is spread: values are resolved and sorted, dependencies are ordered, and text is written. A third of the CPU time of',
    '1,000 units in one chart goes to the compiler of JavaScript, which works beside it, and becomes less with each further unit.',
  ];
}

function verdict(isHeld) {
  return isHeld ? 'held' : 'MISSED';
}

function cells({ cpu, wall, peak }) {
  return [milliseconds(cpu), milliseconds(wall), Math.round(peak)];
}
