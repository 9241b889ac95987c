import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from '../../../src/diff/build-report';
import { Effect, type ObjectReport } from '../../../src/diff/report';
import { splitDocuments } from '../../../src/rules/text/document-cutter';
import { readManifests } from '../../../src/rules/unfinished';
import { kubectl } from '../kubectl';
import { Namespace } from '../namespace';
import { ROOT } from '../places';

const PAIRS = join(ROOT, 'test/diff/pairs');

/** Pairs whose only change is one of a workload; no pod need ever start to tell whether it is replaced. */
const ROLLED = [
  'deployment-image',
  'deployment-variable-order',
  'deployment-probe',
  'deployment-own-metadata',
  'deployment-pod-annotation',
  'deployment-quantity-in-other-words',
  'deployment-scaled',
  'same-spelled-otherwise',
  'daemon-set-image',
  'stateful-set-image',
  'stateful-set-quantity-in-other-words',
];

/** Pairs of which the API server refuses the second. */
const REFUSED = [
  'deployment-selector',
  'daemon-set-selector',
  'stateful-set-claims',
  'job-image',
  'service-headless',
  'config-map-immutable',
  'secret-type',
  'pod-variable',
  'pod-resize',
];

describe('what a change is said to do', () => {
  const namespace = new Namespace('promise-changes');

  beforeEach(() => Namespace.create(namespace.name, 'privileged'));
  afterAll(() => namespace.delete());

  test.each(ROLLED)('%s happens: pods are replaced where that is said, and nowhere else', async (pair) => {
    const report = findReport(pair);
    await namespace.apply(read(pair, 'old'));
    const before = await readRevision();
    await namespace.apply(read(pair, 'new'));
    const isReplaced = report !== undefined && [Effect.ROLL, Effect.DOWN].includes(report.effect);
    expect((await readRevision()) !== before).toBe(isReplaced);
  });

  test.each(REFUSED)('%s is refused', async (pair) => {
    expect([Effect.REPLACE, Effect.RESIZE]).toContain(findReport(pair)?.effect);
    await namespace.apply(read(pair, 'old'));
    const options = { input: read(pair, 'new'), mayFail: true };
    const { code, stderr } = await kubectl(['apply', '--namespace', namespace.name, '--filename', '-'], options);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/immutable|forbidden|may not change|Invalid value/i);
  });

  /** The revision that the controller has seen, once it has seen the newest template. */
  async function readRevision(): Promise<string> {
    const { items } = await namespace.get<{ items: Workload[] }>('deployments,statefulsets,daemonsets');
    for (const { kind, metadata, status } of items) {
      if (status.observedGeneration !== metadata.generation) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return readRevision();
      }
      if (kind === 'StatefulSet') {
        return status.updateRevision!;
      }
    }
    const kinds = 'replicasets,controllerrevisions';
    const { items: revisions } = await namespace.get<{ items: Workload[] }>(kinds);
    return revisions
      .map(({ metadata }) => metadata.name)
      .sort()
      .join();
  }
});

interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status: { readonly observedGeneration?: number; readonly updateRevision?: string };
}

function read(pair: string, side: 'old' | 'new'): string {
  return readFileSync(join(PAIRS, pair, `${side}.yaml`), 'utf8');
}

/** What the diff says of the only object that changes. */
function findReport(pair: string): ObjectReport | undefined {
  const [old, next] = (['old', 'new'] as const).map((side) => splitDocuments(read(pair, side)).flatMap(readManifests));
  return buildReport(old!, next!).objects[0];
}
