import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { PodRules, Severity } from '../../src';
import { asksForPrivileges, type Composition, createCompositions, type Outcome, runComposition } from '../compositions';
import type { Profile } from '../compositions-values';
import { type Answer, ask, build, KUBERNETES, normalize, normalizeField, readRightManifests } from './program';

/** What went wrong, and the seeds of the compositions in which it did. */
type Kinds = Map<string, number[]>;

const BATCH = 500;

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string', multiple: true, default: ['odd', 'odd', 'sane'] },
    shrink: { type: 'boolean', default: false },
  },
});

/** What the compositions are made of, in turn. */
const PROFILES = options.profile.map((profile) => createCompositions(profile as Profile));

build();
calibrate();
process.exitCode = compose(Number(options.seed), Number(options.runs)) ? 0 : 1;

/** The program takes all manifests that are right, and knows those that are wrong. */
function calibrate(): void {
  const right = readRightManifests().filter(({ text }) => isWhole(text));
  const answers = ask(right.map(({ text }) => text));
  const refused = right.flatMap(({ file }, index) => (answers[index]!.rejected ? file : []));
  const wrong = readFileSync(join(__dirname, 'wrong.yaml'), 'utf8').split(/^---$/m);
  const taken = ask(wrong).flatMap(({ rejected, unrestricted }, index) =>
    rejected || unrestricted ? [] : wrong[index]!,
  );
  const objects = answers.reduce((sum, answer) => sum + answer.objects, 0);
  console.log(
    `calibration: ${objects} right objects, ${refused.length} rejected; ${wrong.length} wrong ones, ${taken.length} taken`,
  );
  if (refused.length > 0 || taken.length > 0) {
    throw new Error(`the program errs: ${[...refused, ...taken].join('\n')}`);
  }
}

/** Whether the rules have looked at all of a text, and none of it needs a newer Kubernetes or is suppressed. */
function isWhole(text: string): boolean {
  const report = PodRules.checkYaml(text, { kubernetesVersion: KUBERNETES });
  const errors = [...report.atLeast(Severity.ERROR), ...report.suppressed].filter(
    ({ severity }) => severity === Severity.ERROR,
  );
  return report.omissions.length === 0 && errors.length === 0;
}

/** Puts compositions before the program, and tells what came of them; each is made from its own seed. */
function compose(first: number, runs: number): boolean {
  const count: Record<string, number> = { compositions: runs, synthesized: 0, refused: 0, user: 0, foreign: 0 };
  const refusals: Kinds = new Map();
  const faults: Kinds = new Map();
  const silent: Kinds = new Map();
  for (let start = first; start < first + runs; start += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, first + runs - start) }, (_, index) => start + index);
    const outcomes = seeds.map((seed) => run(seed, draw(seed)));
    const answers = ask(outcomes.map(({ yaml = '' }) => yaml));
    seeds.forEach((seed, index) => {
      const outcome = outcomes[index]!;
      count[outcome.end]! += 1;
      for (const text of outcome.refusals) {
        note(refusals, normalize(text), seed);
      }
      for (const fault of listFaults(outcome, answers[index]!)) {
        note(faults, fault, seed);
      }
      if (answers[index]!.rejected && isSilent(outcome)) {
        note(silent, 'silent', seed);
      }
    });
  }
  const seedsOf = (start: RegExp) =>
    new Set([...faults].flatMap(([kind, seeds]) => (start.test(kind) ? seeds : []))).size;
  console.log({
    ...count,
    'statements refused': [...refusals.values()].flat().length,
    'kinds of refusals': refusals.size,
    rejected: seedsOf(/^rejected/),
    'rejected, rules silent': silent.get('silent')?.length ?? 0,
    'not restricted': seedsOf(/^not restricted/),
  });
  report(faults);
  return faults.size === 0;
}

/** The composition of a seed. */
function draw(seed: number): Composition {
  return fc.sample(PROFILES[seed % PROFILES.length]!, { seed, numRuns: 1 })[0]!;
}

function run(seed: number, composition: Composition): Outcome {
  return runComposition(composition, seed % 2 === 0);
}

/** What must not be, without what differs from pod to pod. */
function listFaults(outcome: Outcome, { rejected = [], unrestricted = [] }: Answer): string[] {
  return [
    ...(outcome.end === 'foreign' ? [`foreign ${normalize(outcome.error!)}`] : []),
    ...rejected.map(
      ({ object = '', field = '', reason }) => `rejected ${normalizeField(object, field)} ${normalize(reason)}`,
    ),
    ...(asksForPrivileges(outcome.code)
      ? []
      : unrestricted.map((text) => `not restricted ${normalize(text.replace(/^\S+: /, ''))}`)),
  ].filter((fault, index, all) => all.indexOf(fault) === index);
}

function isSilent({ yaml = '' }: Outcome): boolean {
  return PodRules.checkYaml(yaml).atLeast(Severity.ERROR).length === 0;
}

function note(kinds: Kinds, kind: string, seed: number): void {
  kinds.set(kind, [...(kinds.get(kind) ?? []), seed]);
}

/** The kinds of faults by their number, each with the seed of one, or with the smallest composition that has it. */
function report(faults: Kinds): void {
  for (const [kind, seeds] of [...faults].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`\n${seeds.length} x ${kind}\n  seed ${seeds[0]}`);
    if (options.shrink) {
      console.log(shrink(kind, seeds[0]!).replace(/^/gm, '  '));
    }
  }
}

function shrink(kind: string, seed: number): string {
  let smallest = run(seed, draw(seed)).code;
  const property = fc.property(PROFILES[seed % PROFILES.length]!, (composition) => {
    const outcome = run(seed, composition);
    const isKept = listFaults(outcome, ask([outcome.yaml ?? ''])[0]!).includes(kind);
    smallest = isKept ? outcome.code : smallest;
    return !isKept;
  });
  fc.check(property, { seed, numRuns: 1 });
  return smallest;
}
