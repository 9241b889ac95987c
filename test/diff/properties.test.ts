import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { buildReport } from '../../src/diff/build-report';
import { formatDiffJson } from '../../src/diff/formats/json';
import { formatDiffMarkdown } from '../../src/diff/formats/markdown';
import { formatDiffText } from '../../src/diff/formats/text';
import { toStored } from '../../src/diff/stored/stored-object';
import { listObjectViews, type ObjectView } from '../../src/rules/model/object-view';
import { splitDocuments } from '../../src/rules/text/document-cutter';
import { readManifests } from '../../src/rules/unfinished';
import { assertAlways } from '../runs';

const ROOT = join(__dirname, '../..');

/** All manifests that this project synthesizes, and those that were written for its rules. */
const TEXTS = ['dist', 'examples', 'test/rules', 'test/diff/pairs', 'test/oracle'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
);
const SETS = TEXTS.map((text) => splitDocuments(text).flatMap(readManifests));
const OBJECTS = SETS.flat().filter(({ root, unfinished, source }) => root.isObject && !unfinished && !source.error);
const MANIFESTS: any[] = OBJECTS.map(({ root }) => JSON.parse(JSON.stringify(root.value)));
const ANY = fc.nat(MANIFESTS.length - 1);

function toView(data: unknown): ObjectView {
  return listObjectViews(data, {})[0]!;
}

test('a set of manifests beside itself is no change', () => {
  expect(SETS.length).toBeGreaterThan(300);
  for (const objects of SETS) {
    expect(buildReport(objects, objects).objects).toEqual([]);
  }
});

test('the order of fields, defaults that are written out and other words for amounts are no change', () => {
  assertAlways(
    fc.property(ANY, fc.infiniteStream(fc.nat(9)), fc.boolean(), (index, numbers, isComplete) => {
      const manifest = MANIFESTS[index];
      const view = toView(manifest);
      // What operators make of other words is their own matter; and kubectl merges what has one name, even within a list.
      fc.pre(view.isBuiltIn && !hasNameTwice(manifest));
      const whole = isComplete ? { ...manifest, ...toStored(view), stringData: undefined } : manifest;
      expect(buildReport([view], [toView(shuffle(whole, () => numbers.next().value ?? 0))]).objects).toEqual([]);
    }),
    1000,
  );
});

function hasNameTwice(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const names = Array.isArray(value) ? value.flatMap((item) => item?.name ?? []) : [];
  return new Set(names).size < names.length || Object.values(value).some(hasNameTwice);
}

/** The same with its fields in another order, and binary amounts in a smaller unit. */
function shuffle(value: any, roll: () => number): any {
  if (Array.isArray(value)) {
    return value.map((item) => shuffle(item, roll));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([name, item]) => [roll(), [name, respell(name, shuffle(item, roll))]] as const,
    );
    return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, entry]) => entry));
  }
  return value;
}

function respell(name: string, value: unknown): unknown {
  const [, number, unit] = /^(\d+)(Gi|Mi)$/.exec(String(value)) ?? [];
  const isAmount = number !== undefined && ['memory', 'storage', 'ephemeral-storage'].includes(name);
  return isAmount ? `${Number(number) * 1024}${unit === 'Gi' ? 'Mi' : 'Ki'}` : value;
}

test('what changes one way changes the other way, too', () => {
  assertAlways(
    fc.property(ANY, fc.nat(), fc.constantFrom<unknown>('other', 7, true), (index, place, value) => {
      const manifest = MANIFESTS[index];
      const changed = structuredClone(manifest);
      const places = listScalars(changed.spec ?? {});
      const found = places[place % Math.max(1, places.length)];
      fc.pre(found !== undefined && typeof found.holder[found.key] === typeof value);
      found!.holder[found!.key] = value;
      const [old, next] = [toView(manifest), toView(changed)];
      const [there, back] = [buildReport([old], [next]), buildReport([next], [old])];
      expect(there.objects.length).toBe(back.objects.length);
    }),
    500,
  );
});

function listScalars(value: any): { holder: any; key: string }[] {
  return Object.entries(value).flatMap(([key, item]) =>
    typeof item === 'object' && item !== null ? listScalars(item) : [{ holder: value, key }],
  );
}

test('whatever stands in manifests, there is a report in every format', () => {
  const junk = fc.oneof(
    fc.constantFrom(null, '', [], {}, 0, -1, { '': [] }, '</details>|`@a`#1'),
    fc.jsonValue({ maxDepth: 3 }),
  );
  assertAlways(
    fc.property(ANY, ANY, fc.array(fc.tuple(fc.nat(), junk), { maxLength: 5 }), (from, to, changes) => {
      const changed = structuredClone(MANIFESTS[to]);
      for (const [place, value] of changes) {
        replaceAny(changed, place, value);
      }
      const [old, next] = [toView(MANIFESTS[from]), toView(changed)];
      for (const [a, b] of [
        [[old], [next]],
        [[next], [old]],
        [[toView(MANIFESTS[to])], [next]],
      ] as const) {
        const report = { ...buildReport(a, b), begun: [], ceased: [] };
        JSON.parse(formatDiffJson(report, []));
        expect([...formatDiffText(report, false)].join('')).not.toMatch(/undefined|\[object|NaN/);
        expect(formatDiffMarkdown(report)).not.toMatch(/(?<!<)<\/details>\|/);
      }
    }),
    1000,
  );
});

function replaceAny(manifest: any, place: number, value: unknown): void {
  const places = listPlaces(manifest);
  const { holder, key } = places[place % places.length]!;
  holder[key] = structuredClone(value);
}

function listPlaces(value: any): { holder: any; key: string }[] {
  return Object.entries(value).flatMap(([key, item]) => [
    { holder: value, key },
    ...(typeof item === 'object' && item !== null ? listPlaces(item) : []),
  ]);
}
