import { setTimeout as sleep } from 'node:timers/promises';
import { getObject } from './kubectl';
import type { Namespace } from './namespace';
import type { Pod } from './pods';

/** Enough for the eviction of a first pod, whose successor finds no node where there is one only. */
const CORDONED_MS = 10_000;

/**
 * Drains the nodes of some pods, one after the other: of these pods alone, as other tests run there, too. Where there is one node
 * only, it takes pods again after a while, as a second one would.
 *
 * @param meanwhile what is looked at before it does
 */
export async function drainNodes(
  namespace: Namespace,
  pods: readonly Pod[],
  meanwhile: () => Promise<void> = async () => undefined,
): Promise<void> {
  const label = `drain=${namespace.name}`;
  for (const { metadata } of pods) {
    await namespace.run(['label', 'pod', metadata.name, '--overwrite', label]);
  }
  const { items } = await getObject<{ items: object[] }>(['nodes']);
  for (const node of new Set(pods.map(({ spec }) => spec.nodeName!))) {
    const options = ['--ignore-daemonsets', '--delete-emptydir-data', '--timeout=150s', `--pod-selector=${label}`];
    const drained = namespace.run(['drain', node, ...options]);
    if (items.length === 1) {
      await sleep(CORDONED_MS);
      await meanwhile();
      await namespace.run(['uncordon', node]);
    }
    await drained;
    await namespace.run(['uncordon', node]);
  }
}
