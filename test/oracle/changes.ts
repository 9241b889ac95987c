import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { buildReport } from '../../src/diff/build-report';
import { Effect } from '../../src/diff/report';
import { compareFields, formatPath } from '../../src/diff/stored/compare';
import { normalizeFields } from '../../src/diff/stored/normalize';
import { findType, toStoredPair } from '../../src/diff/stored/stored-object';
import { listObjectViews, type ObjectView } from '../../src/rules/model/object-view';
import { readKnownFields } from './known-fields';
import { type Mutant, Mutations } from './mutations';
import { askForChanges, build, type ChangeAnswer, type FieldTable, KUBERNETES, readRightManifests } from './program';

/** What becomes of a change, for the API server and the controllers as well as for the diff. */
type Outcome = 'refused' | 'rolls' | 'takes';

const BATCH = 500;
const RESULTS = join(__dirname, 'CHANGES.md');
const MINOR = Number(KUBERNETES.split('.')[1]);

/** What the allocators of the API server write, and a cluster has instead of a manifest. */
const ALLOCATED = /^spec\.(?:clusterIPs?|ipFamilies|ipFamilyPolicy|healthCheckNodePort|ports\[[^\]]*\]\.nodePort)\b/;
/** What the API server writes into every object, and what it adds to claims and DaemonSets. */
const GENERATED =
  /^(?:apiVersion|kind|status)\b|^metadata\.(?!labels|annotations)|deprecated\.daemonset\.template\.generation|^spec\.volumeClaimTemplates\[[^\]]*\]\.status\b/;
/** The old name of a field, which has the same value; and what 1.34 drops, as its feature is off, or nobody looks at. */
const DROPPED = /(?:^|\.)serviceAccount$|^spec\.behavior\.scale(?:Up|Down)\.tolerance$|^secrets\b/;
/** What it adds to Jobs, so that they find their pods. */
const OF_JOBS = /^spec\.(?:selector|template\.metadata)\b|^metadata\.labels\b/;
/** The metadata that a manifest may state. */
const STATED = ['name', 'namespace', 'labels', 'annotations', 'generateName'];

const { values: options } = parseArgs({
  options: {
    changes: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '3' },
    kind: { type: 'string' },
    update: { type: 'boolean', default: false },
  },
});

build();
const fields = omitServerFields(readKnownFields());
const objects = readRightManifests()
  .flatMap(({ text }) => parseAllDocuments(text, { merge: true, logLevel: 'silent' }))
  .map((document) => JSON.parse(JSON.stringify(document.toJS() ?? {})))
  .filter(({ apiVersion, kind }) => fields.kinds[`${apiVersion}/${kind}`] && (!options.kind || options.kind === kind));
const mutations = new Mutations(
  fields,
  [...new Set(objects.map(({ kind }) => kind))].map((kind) => objects.filter((object) => object.kind === kind)),
);

/** Numbers by outcome, and the changes of which both say something else. */
const tally: Record<Outcome, { all: number; wrong: number }> = {
  refused: { all: 0, wrong: 0 },
  rolls: { all: 0, wrong: 0 },
  takes: { all: 0, wrong: 0 },
};
const states = { all: 0, wrong: 0 };
const wrongs = new Map<string, string[]>();
let invalid = 0;

for (let start = 0; start < Number(options.changes); start += BATCH) {
  const count = Math.min(BATCH, Number(options.changes) - start);
  const mutants = Array.from({ length: count }, (_, index) => mutations.create(Number(options.seed) + start + index));
  const answers = askForChanges(
    mutants.map(({ before, object }) => ({ old: JSON.stringify(before), new: JSON.stringify(object) })),
  );
  for (const [index, mutant] of mutants.entries()) {
    compare(mutant, answers[index]!);
  }
}
report();

/** The fields of the API that a manifest may state: what the API server alone writes is never changed by an apply. */
function omitServerFields({ kinds, types }: FieldTable): FieldTable {
  const entries = Object.entries(types).map(([type, all]) => {
    const known = Object.entries(all).filter(([name]) => !/\.ObjectMeta$/.test(type) || STATED.includes(name));
    return [type, Object.fromEntries(known)];
  });
  return { kinds, types: Object.fromEntries(entries) };
}

/** What the API server takes on its own, and refuses in place of another, is refused because it never changes. */
function compare(mutant: Mutant, answer: ChangeAnswer): void {
  const { before, object } = mutant;
  const isSame = before.kind === object.kind && before.apiVersion === object.apiVersion;
  const isInvalid = answer.refused?.some(({ reason }) => reason.startsWith('Required value')) === true;
  if (answer.skipped || !isSame || isInvalid || (answer.refused && !answer.immutable)) {
    invalid += 1;
    return;
  }
  const [old, next] = [before, object].map(toView);
  const truth: Outcome = answer.refused ? 'refused' : answer.rolls ? 'rolls' : 'takes';
  const said = findOutcome(old!, next!);
  tally[truth].all += 1;
  if (said !== undefined && said !== truth) {
    tally[truth].wrong += 1;
    note(`${before.kind}: ${truth}, and not ${said}`, mutant, answer);
  }
  // Of `autoscaling/v1` the program says what the diff knows as `autoscaling/v2`.
  if (truth !== 'refused' && before.apiVersion !== 'autoscaling/v1') {
    compareStates(old!, next!, mutant, answer);
  }
}

function toView(data: unknown): ObjectView {
  return listObjectViews(data, { kubernetes: MINOR })[0]!;
}

/** What the diff says; nothing of objects that are not the same one. */
function findOutcome(old: ObjectView, next: ObjectView): Outcome | undefined {
  const { objects: found } = buildReport([old], [next]);
  if (found.length > 1) {
    return undefined;
  }
  const [only] = found;
  if (only && [Effect.REPLACE, Effect.RESIZE].includes(only.effect)) {
    return 'refused';
  }
  const isWorkload = ['Deployment', 'StatefulSet', 'DaemonSet'].includes(next.kind);
  const rolls = only?.fields.some(({ keys }) => keys[0] === 'spec' && keys[1] === 'template');
  return isWorkload && rolls ? 'rolls' : 'takes';
}

/** Whether the API server has what the diff believes that it has. */
function compareStates(old: ObjectView, next: ObjectView, mutant: Mutant, { before, after }: ChangeAnswer): void {
  const pair = toStoredPair(old, next);
  const type = findType(next);
  const others = [
    ...compareFields(pair.before, normalizeFields(before, type, MINOR), { type, kubernetes: MINOR }),
    ...compareFields(pair.after, normalizeFields(after, type, MINOR), { type, kubernetes: MINOR }),
  ].filter(({ keys }) => !isServerMade(formatPath(keys), next.kind));
  states.all += 1;
  if (others.length > 0) {
    states.wrong += 1;
    const [first] = others;
    note(`${next.kind}: state of ${formatPath(first!.keys).replace(/\[[^\]]*\]/g, '[]')}`, mutant, { first } as never);
  }
}

function isServerMade(path: string, kind: string): boolean {
  return [ALLOCATED, GENERATED, DROPPED].some((made) => made.test(path)) || (kind === 'Job' && OF_JOBS.test(path));
}

function note(what: string, { seed, changes }: Mutant, answer: ChangeAnswer): void {
  const { before: _, after: __, ...rest } = answer;
  wrongs.set(what, [
    ...(wrongs.get(what) ?? []),
    `seed ${seed}: ${changes.join(' | ')} ${JSON.stringify(rest).slice(0, 400)}`,
  ]);
}

function report(): void {
  for (const [what, found] of [...wrongs].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${found.length} x ${what}`);
    for (const one of found.slice(0, Number(options.show))) {
      console.log(`    ${one}`);
    }
  }
  const wrong = Object.values(tally).reduce((sum, one) => sum + one.wrong, 0);
  console.log({ ...tally, states, invalid });
  if (options.update) {
    writeFileSync(RESULTS, renderResults());
  }
  process.exitCode = wrong === 0 && states.wrong === 0 ? 0 : 1;
}

/** The figures as a page, with the command that makes them again. */
function renderResults(): string {
  const row = (what: string, { all, wrong }: { all: number; wrong: number }) => `| ${what} | ${all} | ${wrong} |\n`;
  return `# The diff beside the API server

Right objects with one to three fields changed, applied in place of the right ones: the patch is that of kubectl, validation and defaults those
of the API server of Kubernetes ${KUBERNETES}, and whether pods are replaced is asked as the controllers ask. *Otherwise* is what
\`cdk8s-pod-patterns diff\` says otherwise. What the API server would not take in an empty cluster either is left out. Where only the state differs, it is by a name that stands twice in a list,
an amount or image that is none, or a field of a pod that has an annotation of the same meaning.

\`npm run test:changes -- --seed ${options.seed} --changes ${options.changes} --update\`

| | changes | otherwise |
|---|---|---|
${row('refused: has to be made again', tally.refused)}${row('taken, and the pods are replaced', tally.rolls)}${row('taken, and no pod of a workload is replaced', tally.takes)}${row('what the API server has before and after', states)}`;
}
