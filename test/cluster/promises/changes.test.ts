import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from '../../../src/diff/build-report';
import { Effect } from '../../../src/diff/report';
import { splitDocuments } from '../../../src/rules/text/document-cutter';
import { readManifests } from '../../../src/rules/unfinished';
import { kubectl } from '../kubectl';
import { Namespace } from '../namespace';
import { ROOT } from '../places';

const PAIRS = join(ROOT, 'test/diff/pairs');

/** Pairs of which a workload is one; no pod need ever start to tell whether it is replaced. */
const ROLLED = [
  'autoscaler-and-image',
  'config-map-checksum',
  'config-map-hashed-name',
  'config-map-mounted',
  'config-map-variables',
  'daemon-set-image',
  'daemon-set-surge',
  'deployment-both-round-to-zero',
  'deployment-claim-to-empty',
  'deployment-container-gone',
  'deployment-grace-period',
  'deployment-image',
  'deployment-min-ready',
  'deployment-native-sidecar',
  'deployment-new-container',
  'deployment-own-metadata',
  'deployment-paused',
  'deployment-pod-annotation',
  'deployment-probe',
  'deployment-quantity-in-other-words',
  'deployment-recreate',
  'deployment-resources',
  'deployment-scaled',
  'deployment-to-recreate',
  'deployment-variable-order',
  'same-spelled-otherwise',
  'stateful-set-image',
  'stateful-set-quantity-in-other-words',
];

/** Pairs of which the API server refuses the second. */
const REFUSED = [
  'claim-class',
  'claim-shrinks',
  'config-map-immutable',
  'daemon-set-selector',
  'deployment-selector',
  'job-image',
  'pod-resize',
  'pod-resize-quality',
  'pod-resize-restarts',
  'pod-variable',
  'secret-type',
  'service-headless',
  'stateful-set-claims',
];

describe('what a change is said to do', () => {
  const namespace = new Namespace('promise-changes');

  beforeEach(() => Namespace.create(namespace.name, 'privileged'));
  afterAll(() => namespace.delete());

  test.each(ROLLED)('%s happens: pods are replaced where that is said, and nowhere else', async (pair) => {
    const effects = listEffects(pair);
    await namespace.apply(read(pair, 'old'));
    const before = await readRevision();
    await namespace.apply(read(pair, 'new'));
    const isReplaced = effects.includes(Effect.ROLL) || effects.includes(Effect.DOWN);
    expect((await readRevision()) !== before).toBe(isReplaced);
  });

  test.each(REFUSED)('%s is refused', async (pair) => {
    expect([Effect.REPLACE, Effect.RESIZE]).toContain(listEffects(pair)[0]);
    await namespace.apply(read(pair, 'old'));
    const options = { input: read(pair, 'new'), mayFail: true };
    const { code, stderr } = await kubectl(['apply', '--namespace', namespace.name, '--filename', '-'], options);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/immutable|forbidden|cannot change|may not change|Invalid value/i);
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

/** What the diff says of the objects that change. */
function listEffects(pair: string): Effect[] {
  const [old, next] = (['old', 'new'] as const).map((side) => splitDocuments(read(pair, side)).flatMap(readManifests));
  return buildReport(old!, next!).objects.map(({ effect }) => effect);
}
