import { parseArgs } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { type Finding, PodRules, Severity } from '../../src';
import { RULES } from '../../src/rules/list';
import { type Mutant, Mutations } from './mutations';
import {
  type Answer,
  ask,
  build,
  type FieldTable,
  KUBERNETES,
  normalize,
  normalizeField,
  readFieldTable,
  readRightManifests,
} from './program';
import { writeSection } from './results';

/** Kinds of disagreement, each with the mutants that show it. */
type Kinds = Map<string, Mutant[]>;

const BATCH = 500;

/** So much of what the API server rejects may be missed, and so much of what it takes reported, in percent. */
const MAX_MISSED = 1;
const MAX_WRONG = 0.1;

/** The rules whose errors are about the API server, as they say themselves; all others are about what happens later. */
const OF_API = new Set(RULES.filter(({ consequence }) => /API server|kubectl/.test(consequence)).map(({ id }) => id));

/** What these rules say besides, of objects that the API server takes. */
const LATER: readonly (readonly [rule: RegExp, message: RegExp])[] = [
  // The image cannot be pulled.
  [/^container-image$/, /image/],
  // The kubelet finds no medium, address or container of this name.
  [/^volume-definition$/, /`medium`/],
  [/^port-number$/, /`hostIP`/],
  [/^env-source$/, /comes from container/],
  // One volume hides the other, or all files of the image.
  [/^mount-path$/, /already has|at "\/"/],
  // A number below zero counts as one.
  [/^grace-period$/, /`terminationGracePeriodSeconds`/],
  // Owners in a template, which are not copied to its pods.
  [/^required-field$/, /^OwnerReference/],
  // Ports of nodes that the allocator refuses, which the program does not have.
  [/^service-ports$/, /`nodePort` is/],
  // A policy that 1.34 drops, as its feature is off.
  [/^restart-policy$/, /./],
];

/** Fields that 1.34 drops before it looks at them, as their features are off. */
const DROPPED: readonly (readonly [type: RegExp, field: string])[] = [
  [/\.(Container|EphemeralContainer)$/, 'restartPolicyRules'],
  [/\.EnvVarSource$/, 'fileKeyRef'],
  [/\.Lifecycle$/, 'stopSignal'],
  [/\.PodSpec$/, 'hostnameOverride'],
  [/\.Volume$/, 'image'],
  [/\.VolumeProjection$/, 'clusterTrustBundle'],
  [/\.VolumeProjection$/, 'podCertificate'],
];

const WORKLOADS = /^(Pod|PodTemplate|ReplicationController|ReplicaSet|Deployment|StatefulSet|DaemonSet|Job|CronJob)$/;

const { values: options } = parseArgs({
  options: {
    mutations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '1' },
    kind: { type: 'string' },
    update: { type: 'boolean', default: false },
  },
});

build();
const fields = readKnownFields();
const [rich, found] = [readObjects(/seeds\.yaml$/), readObjects(/^(?!.*seeds)/)];
const mutations = new Mutations(fields, [
  ...[rich, found].map((objects) => objects.filter(({ kind }) => !WORKLOADS.test(kind))),
  ...[rich, rich, rich, found, found].map((objects) => objects.filter(({ kind }) => WORKLOADS.test(kind))),
]);
process.exitCode = measure(Number(options.seed), Number(options.mutations)) ? 0 : 1;

/** The fields of the API, without those that are dropped. */
function readKnownFields(): FieldTable {
  const { kinds, types } = readFieldTable();
  const known = Object.entries(types).map(([type, all]) => {
    const dropped = DROPPED.flatMap(([types, field]) => (types.test(type) ? field : []));
    return [type, Object.fromEntries(Object.entries(all).filter(([name]) => !dropped.includes(name)))];
  });
  return { kinds, types: Object.fromEntries(known) };
}

/** All objects of manifests that are right, of kinds that the program serves. */
function readObjects(files: RegExp) {
  const read = readRightManifests()
    .filter(({ file }) => files.test(file))
    .flatMap(({ text }) => parseAllDocuments(text, { merge: true, logLevel: 'silent' }))
    .map((document) => JSON.parse(JSON.stringify(document.toJS() ?? {})))
    .filter(
      ({ apiVersion, kind }) => fields.kinds[`${apiVersion}/${kind}`] && (!options.kind || options.kind === kind),
    );
  const answers = ask(
    read.map((object) => JSON.stringify(object)),
    ['-plain'],
  );
  return read.filter((object, index) => listErrors(object).length === 0 && !answers[index]!.rejected);
}

function listErrors(object: object): readonly Finding[] {
  return PodRules.check([object as never], { kubernetesVersion: KUBERNETES }).atLeast(Severity.ERROR);
}

/** Whether the rules pass it over as no finished manifest. */
function isPassedOver(object: object): boolean {
  return PodRules.check([object as never], { kubernetesVersion: KUBERNETES }).omissions.length > 0;
}

/** Puts mutants before the API server and the rules, and tells where they disagree. */
function measure(first: number, count: number): boolean {
  const tallies = { pods: createTally(), beside: createTally() };
  const missed: Kinds = new Map();
  const wrong: Kinds = new Map();
  for (let start = first; start < first + count; start += BATCH) {
    const mutants = Array.from({ length: Math.min(BATCH, first + count - start) }, (_, index) =>
      mutations.create(start + index),
    );
    const answers = ask(
      mutants.map(({ object }) => JSON.stringify(object)),
      ['-plain'],
    );
    mutants.forEach((mutant, index) => {
      const tally = WORKLOADS.test(String(mutant.object.kind)) ? tallies.pods : tallies.beside;
      compare(mutant, answers[index]!, tally, missed, wrong);
    });
  }
  report('missed', missed);
  report('wrongly reported', wrong);
  const sums = { 'pods and workloads': sum(tallies.pods), 'beside them': sum(tallies.beside) };
  console.log({ objects: rich.length + found.length, ...sums });
  if (options.update) {
    writeSection(renderResults(first, count, sums));
  }
  const { rejected, missed: misses, accepted, wrong: wrongs } = tallies.pods;
  return (100 * misses) / rejected < MAX_MISSED && (100 * wrongs) / accepted < MAX_WRONG;
}

/** The figures as a page, with the command that makes them again. */
function renderResults(seed: number, count: number, sums: Record<string, ReturnType<typeof sum>>): string {
  const columns = Object.keys(sums);
  const rows = Object.keys(sums[columns[0]!]!) as (keyof ReturnType<typeof sum>)[];
  return `# The rules beside the API server

Right objects with one field changed, put before the validation of Kubernetes ${KUBERNETES} and before the rules. *Missed* is what the API
server rejects and no rule reports, at most ${MAX_MISSED} % of the pods and workloads; *wrong* is what it takes and a rule of its own
reports, at most ${MAX_WRONG} %.

\`npm run test:mutations -- --seed ${seed} --mutations ${count} --update\`

| | ${columns.join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${rows.map((row) => `| ${row} | ${columns.map((column) => sums[column]![row]).join(' | ')} |`).join('\n')}
`;
}

function createTally() {
  return { rejected: 0, passedOver: 0, missed: 0, accepted: 0, wrong: 0 };
}

type Tally = ReturnType<typeof createTally>;

function sum({ rejected, passedOver, missed, accepted, wrong }: Tally) {
  return {
    rejected,
    'rejected, and passed over as unfinished': passedOver,
    missed: `${missed} (${((100 * missed) / rejected).toFixed(2)} %)`,
    accepted,
    wrong: `${wrong} (${((100 * wrong) / accepted).toFixed(2)} %)`,
  };
}

function compare(mutant: Mutant, { rejected, unknown }: Answer, tally: Tally, missed: Kinds, wrong: Kinds): void {
  if (unknown) {
    return;
  }
  const errors = listErrors(mutant.object);
  if (rejected) {
    tally.rejected += 1;
    if (errors.length === 0 && isPassedOver(mutant.object)) {
      tally.passedOver += 1;
    } else if (errors.length === 0) {
      tally.missed += 1;
      for (const kind of new Set(
        rejected.map(({ object = '', field = '', reason }) => `${normalizeField(object, field)} ${normalize(reason)}`),
      )) {
        note(missed, kind, mutant);
      }
    }
    return;
  }
  tally.accepted += 1;
  const wrongs = errors.filter(
    ({ rule, message }) =>
      OF_API.has(rule) && !LATER.some(([rules, messages]) => rules.test(rule) && messages.test(message)),
  );
  if (wrongs.length > 0) {
    tally.wrong += 1;
    for (const kind of new Set(
      wrongs.map(
        ({ rule, path, message }) =>
          `${rule} ${normalizeField(String(mutant.object.kind), path)} ${normalize(message)}`,
      ),
    )) {
      note(wrong, kind, mutant);
    }
  }
}

function note(kinds: Kinds, kind: string, mutant: Mutant): void {
  kinds.set(kind, [...(kinds.get(kind) ?? []), mutant]);
}

function report(title: string, kinds: Kinds): void {
  console.log(`\n# ${title}`);
  for (const [kind, mutants] of [...kinds].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${mutants.length} x ${kind}`);
    for (const { seed, object, changes } of mutants.slice(0, Number(options.show))) {
      console.log(`    seed ${seed}, ${object.kind}: ${changes.join(' | ')}`);
    }
  }
}
