import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { type Amounts, readAmountList } from '../../src/budget/amounts';
import { readLimitRange } from '../../src/budget/limit-range';
import { readPodNeed, sumPod } from '../../src/budget/pod-need';
import { findQosClass } from '../../src/budget/qos';
import { listDemands } from '../../src/budget/quota';
import { matchesScopes } from '../../src/budget/quota-scopes';
import { toPodUsage } from '../../src/budget/quota-usage';
import { validatePod } from '../../src/budget/range-violations';
import { toNanos } from '../../src/private/quantities';
import { Field } from '../../src/rules/model/field';
import { listObjectViews, type ObjectView } from '../../src/rules/model/object-view';
import { CASES, type Case } from './budget-cases';
import { writeSection } from './results';

/** What Kubernetes counts of a pod. */
interface Answer {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  readonly qos: string;
  readonly violations: readonly string[];
  readonly usage: Readonly<Record<string, string>>;
  readonly matches: boolean;
  readonly demands?: string;
}

const PROGRAM = join(tmpdir(), 'cdk8s-pod-patterns-oracle', 'budget');
const BATCH = 1_000;
/** The version whose code the program has. */
const MINOR = 34;

const { values: options } = parseArgs({
  options: {
    pods: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    update: { type: 'boolean', default: false },
  },
});

const built = spawnSync('go', ['build', '-o', PROGRAM, './budget'], { cwd: __dirname, stdio: 'inherit' });
if (built.error || built.status !== 0) {
  throw new Error(`the program could not be built; it takes Go 1.24 (${built.error?.message ?? built.status})`);
}
process.exitCode = compare(Number(options.seed), Number(options.pods)) ? 0 : 1;

/** Puts pods before Kubernetes and before the budget, and tells of what they differ in. */
function compare(first: number, count: number): boolean {
  const differences = new Map<string, number[]>();
  const tally = {
    pods: count,
    guaranteed: 0,
    'best effort': 0,
    'with violations': 0,
    'refused by a quota': 0,
    'differing numbers': 0,
  };
  for (let start = first; start < first + count; start += BATCH) {
    const seeds = Array.from({ length: Math.min(BATCH, first + count - start) }, (_, index) => start + index);
    const cases = seeds.map((seed) => fc.sample(CASES, { seed, numRuns: 1 })[0]!);
    ask(cases).forEach((answer, index) => {
      tally.guaranteed += answer.qos === 'Guaranteed' ? 1 : 0;
      tally['best effort'] += answer.qos === 'BestEffort' ? 1 : 0;
      tally['with violations'] += answer.violations.length > 0 ? 1 : 0;
      tally['refused by a quota'] += answer.demands ? 1 : 0;
      const ours = toOurs(cases[index]!);
      for (const part of Object.keys(ours) as (keyof Comparable)[]) {
        const theirs = toComparable(answer)[part];
        if (JSON.stringify(ours[part]) !== JSON.stringify(theirs)) {
          tally['differing numbers'] += 1;
          differences.set(part, [...(differences.get(part) ?? []), seeds[index]!]);
          if (differences.get(part)!.length === 1) {
            console.log(
              JSON.stringify({ seed: seeds[index], part, ours: ours[part], theirs, case: cases[index] }, null, 1),
            );
          }
        }
      }
    });
  }
  console.log(tally, Object.fromEntries([...differences].map(([part, seeds]) => [part, seeds.length])));
  if (options.update) {
    writeSection(renderResults(tally));
  }
  return differences.size === 0;
}

function ask(cases: readonly Case[]): Answer[] {
  const input = cases.map((one, id) => `${JSON.stringify({ id, ...one })}\n`).join('');
  const { stdout, stderr, status } = spawnSync(PROGRAM, [], { input, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) {
    throw new Error(stderr);
  }
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The same of both, in one order. */
interface Comparable {
  readonly requests: unknown;
  readonly limits: unknown;
  readonly qos: string;
  readonly violations: readonly string[];
  readonly usage: unknown;
  readonly matches: boolean;
  readonly demands: string;
}

function toComparable({ requests, limits, usage, qos, violations, matches, demands = '' }: Answer): Comparable {
  const [a, b, c] = [requests, limits, usage].map((amounts) =>
    toSorted(new Map(Object.entries(amounts).map(([name, amount]) => [name, toNanos(amount)!]))),
  );
  return { requests: a, limits: b, qos, violations, usage: c, matches, demands };
}

function toOurs({ pod: manifest, ranges, quota }: Case): Comparable {
  const pod = toView(manifest).pod!;
  const limitRanges = ranges.map((range) => readLimitRange(toView(range)));
  const need = readPodNeed(pod, limitRanges);
  const total = sumPod(need);
  const qos = findQosClass(need);
  const spec = Field.root(quota).at('spec');
  return {
    requests: toSorted(total.requests),
    limits: toSorted(total.limits),
    qos,
    violations: limitRanges
      .flatMap((range) => validatePod(need, range).map(({ bound, resource, type }) => `${bound} ${resource} ${type}`))
      .sort(),
    usage: toSorted(toPodUsage(total)),
    matches: matchesScopes(spec, { pod, qos }) && spec.at('hard').names.length > 0,
    demands: listDemands(need, readAmountList(spec.at('hard')))
      .map(({ name, containers }) => `${name} for: ${[...new Set(containers)].sort().join(',')}`)
      .join('; '),
  };
}

function toView(object: object): ObjectView {
  return listObjectViews(object, { kubernetes: MINOR })[0]!;
}

function toSorted(amounts: Amounts): [string, string][] {
  return [...amounts]
    .map(([name, amount]): [string, string] => [name, String(amount)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The figures as a section of the page, with the command that makes them again. */
function renderResults(tally: Record<string, number>): string {
  const rows = Object.entries(tally).map(([name, number]) => `| ${name} | ${number} |`);
  return `# The budget beside the scheduler

Random pods with native sidecars, init containers, resources of the pod, overhead, LimitRanges and a quota, put before the code of
Kubernetes 1.${MINOR} - the defaults of the API server, LimitRanger, the sums of the scheduler, the class of service, the evaluator of
quotas - and before \`budget\`. Compared are requests, limits, class, violations, usage, scopes and demands.

\`npm run test:budget -- --seed ${options.seed} --pods ${options.pods} --update\`

| | |
|---|---|
${rows.join('\n')}
`;
}
