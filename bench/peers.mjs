// Other tools that write manifests, each making the same final objects in a process of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interleave, isPresent, milliseconds, ratio, runCommand, runJob, table } from './measure.mjs';
import { objectsOfUnit } from './plain-units.mjs';

const app = (kind, unit) => (count) => runJob('app', { app: kind, layout: 'one chart', count, unit });

/** By name: whether it is here, and how it is run. */
const PEERS = {
  '`JSON.stringify`, the floor': { run: (count) => runJob('json', { count }) },
  'FastApp, plain objects': { run: app('fast', 'addRawUnit') },
  'App, plain objects': { run: app('stock', 'addRawUnit') },
  'FastApp, cdk8s-plus': { run: app('fast', 'addUnit') },
  'App, cdk8s-plus': { run: app('stock', 'addUnit') },
  '`jsonnet`': { command: ['jsonnet', '--version'], run: jsonnet },
  '`kubectl kustomize`': { command: ['kubectl', 'version', '--client'], run: kustomize },
  '`helm template`': { command: ['helm', 'version'], run: helm },
};
const folder = mkdtempSync(join(tmpdir(), 'peers-'));

export async function report({ quick }) {
  try {
    const present = Object.entries(PEERS).filter(([, { command }]) => !command || isPresent(...command));
    const absent = Object.keys(PEERS).filter((name) => !present.some(([other]) => other === name));
    const rows = [];
    for (const count of quick ? [1, 100] : [1, 10, 100, 1000]) {
      const results = await interleave(
        present.map(
          ([, { run }]) =>
            () =>
              run(count),
        ),
        quick ? 1 : 3,
        10,
      );
      rows.push(
        ...results.map(({ cpu, wall, peak }, index) => [
          ...[count, present[index][0], milliseconds(cpu), milliseconds(wall), Math.round(peak)],
          ratio(cpu / results[0].cpu),
        ]),
      );
    }
    return [
      '## Whole processes, from start to end',
      '',
      ...table(['units', 'tool', 'CPU ms', 'wall ms', 'MB', 'CPU beside the floor'], rows),
      '',
      ...absent.map((name) => `${name}: not present here.`),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Objects made by a function for each index, as one would write it, and printed as a stream of JSON. */
function jsonnet(count) {
  const file = join(folder, 'units.jsonnet');
  const unit = JSON.stringify(objectsOfUnit('@')).replaceAll('@', '" + i + "');
  writeFileSync(file, `local unit(i) = ${unit};\nstd.flattenArrays([unit(i) for i in std.range(0, ${count - 1})])\n`);
  return runCommand('jsonnet', ['-y', file, '-o', join(folder, 'jsonnet.yaml')]);
}

/** One file of all objects, which get a label. */
function kustomize(count) {
  const base = join(folder, `kustomize-${count}`);
  mkdirSync(base, { recursive: true });
  const objects = Array.from({ length: count }, (_, index) => objectsOfUnit(index)).flat();
  writeFileSync(join(base, 'all.yaml'), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  writeFileSync(join(base, 'kustomization.yaml'), 'resources: [all.yaml]\ncommonAnnotations: { team: shop }\n');
  return runCommand('kubectl', ['kustomize', base, '-o', join(folder, 'kustomize.yaml')]);
}

/** A chart with one template, which ranges over the units. */
function helm(count) {
  const chart = join(folder, `helm-${count}`);
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: units\nversion: 1.0.0\n');
  writeFileSync(join(chart, 'values.yaml'), `count: ${count}\n`);
  const unit = objectsOfUnit('{{ . }}')
    .map((object) => JSON.stringify(object))
    .join('\n---\n');
  writeFileSync(
    join(chart, 'templates/units.yaml'),
    `{{- range until (int .Values.count) }}\n---\n${unit}\n{{- end }}\n`,
  );
  return runCommand('helm', ['template', chart]);
}
