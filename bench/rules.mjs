// How fast the rules are: pods a second once their manifests are parsed, whether that is linear, and how quickly the command
// starts beside an empty Node process.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './measure.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 7;
const require = createRequire(import.meta.url);
const { PodRules } = require(ROOT);
const { parseAllDocuments } = require('yaml');

const objectsIn = (file) =>
  parseAllDocuments(readFileSync(join(ROOT, file), 'utf8')).map((document) => document.toJS());
/** What is checked: by name, the objects of one pod, and whether its configuration files are the same in every copy. */
const UNITS = {
  'a Pod of two containers that share a volume': { objects: objectsIn('bench/pod.yaml'), sizes: [1_000, 10_000] },
  'the Deployment of `dist/site.k8s.yaml` with its 7 objects, all of one configuration': {
    objects: objectsIn('dist/site.k8s.yaml'),
    isConfigShared: true,
    sizes: [100, 1_000],
  },
  'the same, each of a configuration of its own': { objects: objectsIn('dist/site.k8s.yaml'), sizes: [100, 1_000] },
};
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

export function report({ quick }) {
  const rounds = quick ? 1 : ROUNDS;
  try {
    return [...throughput(rounds), '', ...startUp(rounds)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function throughput(rounds) {
  const [first, ...others] = Object.entries(UNITS).map(([name, unit]) => measure(name, unit, rounds));
  const isFast = 1 / first.perPod[1] >= 5_000;
  const isLinear = first.perPod[1] / first.perPod[0] <= 1.3;
  return [
    '## Rules, after parsing',
    '',
    '| what is checked | pods | objects | pods a second of CPU | time a pod |',
    '|---|---|---|---|---|',
    ...[first, ...others].flatMap(({ rows }) => rows),
    '',
    `Target for plain pods: at least 5,000 a second, and linear: ${isFast ? 'held' : 'MISSED'}, ${isLinear ? 'held' : 'MISSED'}.`,
    'The text of a configuration file is parsed by the rules themselves, once for each different text: that is the last pair of rows.',
  ];
}

/** Sizes take turns, so that a busy moment of the machine falls on both. */
function measure(name, { objects, sizes, isConfigShared = false }, rounds) {
  const sets = sizes.map((count) => copies(objects, count, isConfigShared));
  const times = sizes.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, set] of sets.entries()) {
      times[index].push(cpuSeconds(() => PodRules.check(set)));
    }
  }
  const perPod = times.map((list, index) => median(list) / sizes[index]);
  const rows = perPod.map((seconds, index) => {
    const rate = Math.round(1 / seconds);
    return `| ${name} | ${sizes[index]} | ${sets[index].length} | ${rate} | ${(seconds / perPod[0]).toFixed(2)} x |`;
  });
  return { perPod, rows };
}

function startUp(rounds) {
  const file = join(folder, 'site.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objectsIn('dist/site.k8s.yaml') }));
  const command = join(ROOT, 'lib/src/rules/command/main.js');
  const rows = {
    '`node -e 0`': ['-e', '0'],
    '`pod-rules --version`': [command, '--version'],
    '`pod-rules` on a pod in JSON': [command, file],
    '`pod-rules` on a pod in YAML': [command, join(ROOT, 'dist/site.k8s.yaml')],
    "`require('cdk8s')`": ['-e', `require(${JSON.stringify(require.resolve('cdk8s'))})`],
  };
  const times = Object.values(rows).map(() => []);
  for (let round = 0; round < 3 * rounds; round++) {
    for (const [index, args] of Object.values(rows).entries()) {
      times[index].push(wallSeconds(args));
    }
  }
  const floor = median(times[0]);
  return [
    '## Start of the command',
    '',
    '| process | milliseconds | beside `node -e 0` |',
    '|---|---|---|',
    ...Object.keys(rows).map((name, index) => {
      const seconds = median(times[index]);
      return `| ${name} | ${(seconds * 1000).toFixed(0)} | ${(seconds / floor).toFixed(2)} x |`;
    }),
  ];
}

/** Objects that share no name, label or, unless it is said, text with those of any other copy. */
function copies(objects, count, isConfigShared) {
  const text = JSON.stringify(objects);
  return Array.from({ length: count }, (_, copy) =>
    JSON.parse(text.replace(/site|my-app/g, `$&-${copy}`)).map((object, index) =>
      isConfigShared && object.kind === 'ConfigMap' ? { ...object, data: objects[index].data } : object,
    ),
  ).flat();
}

function cpuSeconds(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function wallSeconds(args) {
  const before = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  }
  return Number(process.hrtime.bigint() - before) / 1e9;
}
