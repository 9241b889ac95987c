import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readMinorVersion, type Software } from '../images';
import { Namespace } from '../namespace';
import { EXAMPLES } from '../places';
import { describePod, listStatuses, type Pod } from '../pods';
import { testReal } from '../real';
import { waitFor } from '../wait';

/** What is particular about an example on a cluster. */
export interface ExampleOnCluster {
  /** The software without which the proof proves nothing. */
  readonly needs?: readonly Software[];
  /** What it needs beside it: Secrets, servers. */
  readonly prepare?: (namespace: Namespace) => Promise<void>;
  /** The first minor version of Kubernetes 1 that takes it. */
  readonly since?: number;
  /** Objects that are not ours, and that kubectl never finds unchanged. */
  readonly patchedAgain?: readonly string[];
  /** The level of Pod Security that its containers keep, if it is not "restricted". */
  readonly podSecurity?: 'baseline';
  /** What happens beside it before it is ready. */
  readonly whileStarting?: (namespace: Namespace) => Promise<void>;
  /** Whether the cluster has nobody who makes pods of it, such as the controller of a Rollout. */
  readonly withoutPods?: boolean;
  /** That its pods do what they are for; several proofs have a name each. */
  readonly proofs?: Readonly<Record<string, (namespace: Namespace) => Promise<void>>>;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

/** kubectl sends the selector of a budget each time, as its patch strategy is to replace it. */
const ALWAYS_PATCHED = /^poddisruptionbudget/;

/** Holds that an example runs on a cluster as it is written, does its job and ends in time. */
export function describeExample(name: string, example: ExampleOnCluster): void {
  const file = EXAMPLES.find((path) => path.includes(`/${name}`))!;
  const text = readFileSync(file, 'utf8');
  const manifests = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  if (readMinorVersion() < (example.since ?? 0)) {
    test.skip(`${name} (Kubernetes 1.${example.since} and later)`, () => undefined);
    return;
  }
  const label =
    basename(file) === 'expected.k8s.yaml' ? basename(dirname(file)) : `dist-${basename(file, '.k8s.yaml')}`;

  describe(name, () => {
    let namespace: Namespace;

    beforeAll(async () => {
      namespace = await Namespace.create(label, example.podSecurity);
      await example.prepare?.(namespace);
    });
    afterAll(() => namespace.delete());

    test('is accepted as it is, without a warning', async () => {
      const { objects, warnings } = await namespace.apply(text);
      expect(objects).toHaveLength(manifests.length);
      expect(warnings).toEqual([]);
    });

    if (example.withoutPods) {
      return;
    }

    test('starts every container once, and each is ready', async () => {
      await example.whileStarting?.(namespace);
      for (const { kind, metadata } of manifests) {
        await waitForWorkload(namespace, kind, metadata.name);
      }
      await expectNoRestarts(namespace);
    });

    for (const [proof, prove] of Object.entries(example.proofs ?? {})) {
      testReal(proof, example.needs ?? [], () => prove(namespace));
    }

    test('does not change when it is applied again', async () => {
      const { objects } = await namespace.apply(text);
      const changed = objects.filter((line) => !line.endsWith(' unchanged') && !ALWAYS_PATCHED.test(line));
      expect(changed).toEqual((example.patchedAgain ?? []).map((object) => `${object} configured`));
    });

    test('is gone within its grace period, and nothing was killed', async () => {
      await expectNoRestarts(namespace);
      const endings = await namespace.end();
      for (const { pod, seconds, gracePeriod, containers } of endings) {
        const killed = Object.keys(containers).filter((name) => containers[name]!.killed);
        expect({ pod, killed }).toEqual({ pod, killed: [] });
        expect({ pod, late: seconds > gracePeriod }).toEqual({ pod, late: false });
      }
    });
  });
}

async function waitForWorkload(namespace: Namespace, kind: string, name: string): Promise<void> {
  if (['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind)) {
    await namespace.waitForRollout(`${kind.toLowerCase()}/${name}`);
  } else if (kind === 'Pod') {
    await namespace.run(['wait', `pod/${name}`, '--for=condition=Ready', '--timeout=120s']);
  } else if (kind === 'Job') {
    await namespace.waitForJob(name);
  } else if (kind === 'CronJob') {
    await namespace.run(['create', 'job', `${name}-now`, `--from=cronjob/${name}`]);
    await namespace.waitForJob(`${name}-now`);
  }
}

async function expectNoRestarts(namespace: Namespace): Promise<void> {
  const pods = await waitFor('statuses of all containers', async () => {
    const { items } = await namespace.get<{ items: Pod[] }>('pods');
    return items.every((pod) => pod.status.containerStatuses !== undefined) && items;
  });
  const restarted = pods.filter((pod) => listStatuses(pod).some(({ restartCount }) => restartCount > 0));
  expect(restarted.map(describePod)).toEqual([]);
}
