// The evidence of docs/upstream.md: what plain cdk8s does, counted where that is possible. `node bench/run.mjs upstream`
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { table } from './measure.mjs';
import { addRawUnit, LAYOUTS } from './units.mjs';

const require = createRequire(import.meta.url);
const { ApiObject, App, Chart, Include, Yaml } = require('cdk8s');
const { Construct, Node } = require('constructs');
const folder = mkdtempSync(join(tmpdir(), 'upstream-'));

export function report() {
  try {
    return table(
      ['what', 'seen here'],
      [...work(), ...chains(), groups(), spread(), itself(), resolvers(), include(), cli()],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function work() {
  return [10, 100].map((count) => {
    const app = layout('a chart each', count);
    const calls = counting(Node.prototype, 'validate', () => app.synthYaml());
    return [
      `1 \`node.validate()\` in one synth of ${count} charts of 3 objects, ${app.node.findAll().length} constructs`,
      calls,
    ];
  });
}

function chains() {
  return [8, 10, 12].map((count) => {
    const app = layout('a chain', count);
    return [`2 milliseconds to synthesize a chain of ${count} groups of 3 objects`, elapsed(() => app.synthYaml())];
  });
}

function groups() {
  const app = new App({ outdir: folder });
  const chart = new Chart(app, 'all');
  const [first, second] = ['first', 'second'].map((id) => new Construct(chart, id));
  for (const group of [first, second]) {
    for (let index = 0; index < 100; index++) {
      new ApiObject(group, `${index}`, { apiVersion: 'v1', kind: 'ConfigMap' });
    }
  }
  first.node.addDependency(second);
  app.synthYaml();
  const edges = app.node.findAll().reduce((sum, { node }) => sum + node.dependencies.length, 0);
  return ['3 dependencies after a synth, of the one between two groups of 100 objects', edges];
}

function spread() {
  return [
    '4 `Yaml.stringify(...documents)` of 130,000 documents',
    message(() => Yaml.stringify(...Array(130_000).fill(undefined))),
  ];
}

function itself() {
  const app = new App({ outdir: folder });
  const object = new ApiObject(new Chart(app, 'all'), 'object', { apiVersion: 'v1', kind: 'ConfigMap' });
  object.addDependency(object);
  return ['5 output of an object that depends on itself', JSON.stringify(app.synthYaml())];
}

function resolvers() {
  const app = layout('one chart', 1);
  const calls = counting(App, 'of', () => app.synthYaml());
  return ['6 `App.of()` in one synth of 3 objects', calls];
}

function include() {
  const file = join(folder, 'file.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: file }\n');
  const chart = new Chart(new App({ outdir: folder }), 'all');
  return [
    '7 milliseconds of `Include` of a local file of three lines',
    elapsed(() => new Include(chart, 'file', { url: file })),
  ];
}

function cli() {
  const counter = join(folder, 'counter.cjs');
  writeFileSync(counter, "process.on('exit', () => console.error(Object.keys(require('module')._cache).length));\n");
  const bin = fileURLToPath(new URL('../node_modules/cdk8s-cli/bin/cdk8s', import.meta.url));
  const { stderr } = spawnSync(process.execPath, ['-r', counter, bin, '--version'], { encoding: 'utf8' });
  return ['8 files that `cdk8s --version` loads', stderr.trim()];
}

function layout(name, count) {
  const app = new App({ outdir: folder });
  LAYOUTS[name](app, count, addRawUnit);
  return app;
}

function counting(owner, name, work) {
  const original = owner[name];
  let calls = 0;
  owner[name] = function (...args) {
    calls++;
    return original.apply(this, args);
  };
  try {
    work();
  } finally {
    owner[name] = original;
  }
  return calls;
}

function elapsed(work) {
  const start = performance.now();
  work();
  return Math.round(performance.now() - start);
}

function message(work) {
  try {
    work();
    return 'works';
  } catch (error) {
    return `${error}`;
  }
}
