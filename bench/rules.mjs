// How fast the rules are: pods a second once their manifests are parsed, whether that is linear, and how quickly the command
// starts beside an empty Node process.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareKubeconform } from './kubeconform.mjs';
import { interleave, median, milliseconds, ratio, runCommand, table } from './measure.mjs';

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
const COMMAND = join(ROOT, 'lib/bin/pod-rules.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

export async function report({ quick }) {
  const rounds = quick ? 1 : ROUNDS;
  try {
    return [...throughput(rounds), '', ...sharedSelectors(), '', ...startUp(rounds), '', ...(await besidePeer(rounds))];
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
  const command = COMMAND;
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

/** Services and budgets that all select all pods: each is looked at once, whatever the number of the others. */
function sharedSelectors() {
  const make = {
    Services: (name) => ({
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name } },
      spec: { selector: { app: 'my-app' }, ports: [{ port: 80, targetPort: 8080 }] },
    }),
    PodDisruptionBudgets: (name) => ({
      ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name } },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'my-app' } } },
    }),
  };
  const [pod] = objectsIn('bench/pod.yaml');
  const rows = Object.entries(make).map(([kind, create]) => {
    const times = [500, 1_000, 2_000].map((count) => {
      const names = Array.from({ length: count }, (_, index) => `my-app-${index}`);
      const pods = names.map((name) => ({ ...pod, metadata: { ...pod.metadata, name } }));
      const set = [...pods, ...names.map(create)];
      return median([1, 2, 3].map(() => cpuSeconds(() => PodRules.check(set))));
    });
    return [kind, ...times.map((seconds) => ratio(seconds / times[0]))];
  });
  return ['## As many pods as Services, all of one label', '', ...table(['kind', '500', '1,000', '2,000'], rows)];
}

/** What is read by the command and by its peer: a file, and how often a measurement runs it. */
function createInputs() {
  const text = readFileSync(join(ROOT, 'bench/pod.yaml'), 'utf8');
  const texts = Array.from({ length: 1_000 }, (_, index) => text.replaceAll('my-app', `my-app-${index}`));
  const [one, small, many] = ['one.yaml', 'small.yaml', 'many'].map((name) => join(folder, name));
  writeFileSync(one, texts.join('---\n'));
  writeFileSync(small, texts[0]);
  mkdirSync(many);
  for (const [index, content] of texts.entries()) {
    writeFileSync(join(many, `${index}.yaml`), content);
  }
  return {
    'one file of 1,000 pods': [one, 1],
    '1,000 files of one pod': [many, 1],
    'one file of one pod': [small, 20],
  };
}

const TARGETS = { 'one file of 1,000 pods': 2, '1,000 files of one pod': 2.5, 'one file of one pod': 2 };

async function besidePeer(rounds) {
  const heading = ['## The command beside kubeconform, whole processes', ''];
  const peer = prepareKubeconform(folder);
  if (!peer) {
    return [...heading, 'Not measured: needs Go, and the modules of `npm run test:oracle`.'];
  }
  const rows = [];
  for (const [name, [file, times]] of Object.entries(createInputs())) {
    const tasks = [[process.execPath, COMMAND], peer].map(
      ([command, ...args]) =>
        () =>
          runOften(command, [...args, file], times),
    );
    const [own, other] = await interleave(tasks, rounds);
    const cpu = own.cpu / other.cpu;
    const held = cpu <= TARGETS[name] && own.peak / other.peak <= 2 ? 'held' : 'MISSED';
    rows.push([
      ...[name, milliseconds(own.cpu), milliseconds(other.cpu), ratio(cpu), `${TARGETS[name]} x`],
      ...[
        ratio(own.wall / other.wall),
        Math.round(own.peak),
        Math.round(other.peak),
        ratio(own.peak / other.peak),
        held,
      ],
    ]);
  }
  const head = ['input', 'CPU ms', 'kubeconform', 'CPU', 'target', 'wall', 'MB', 'kubeconform', 'MB, target 2 x', ''];
  return [...heading, ...table(head, rows)];
}

/** CPU time is told in hundredths of a second, so that what is short is run several times. */
async function runOften(command, args, times) {
  const all = [];
  for (let run = 0; run < times; run++) {
    all.push(await runCommand(command, args));
  }
  const sum = (key) => all.reduce((total, result) => total + result[key], 0) / times;
  return { cpu: sum('cpu'), wall: sum('wall'), peak: Math.max(...all.map(({ peak }) => peak)) };
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
