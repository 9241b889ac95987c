import { spawnLines, watchObjects } from '../kubectl';
import type { Namespace } from '../namespace';
import { listStatuses, type Pod } from '../pods';
import type { Delivery } from '../receiver';

/** The companion that prints the marked lines; nginx has another one for its errors. */
const CONTAINER = /^log-streamer-.*-(access|app)-log$/;

/** The marked lines that a container of each pod of a namespace prints, as the node's log collection sees them. */
export class PrintedLines {
  private readonly counts = new Map<string, number>();
  private readonly followed = new Set<string>();
  private readonly stopWatch: () => void;

  public constructor(
    private readonly namespace: Namespace,
    private readonly runId: string,
  ) {
    this.stopWatch = watchObjects<Pod>(['pods', '--namespace', namespace.name], ({ object }) => this.see(object));
  }

  /** What is known of a run, with the lines that were printed in place of those that the receiver was sent. */
  public count(delivery: Delivery): Delivery {
    const delivered = this.counts.size;
    const twice = [...this.counts.values()].filter((count) => count > 1).length;
    const lost = Math.max(0, delivery.written - delivered);
    return { ...delivery, delivered, twice, once: delivered - twice, lost, missing: '' };
  }

  public stop(): void {
    this.stopWatch();
  }

  private see(pod: Pod): void {
    const status = listStatuses(pod).find(({ name }) => CONTAINER.test(name));
    const instance = `${pod.metadata.name}/${status?.containerID}`;
    if (status?.state.running && !this.followed.has(instance)) {
      this.followed.add(instance);
      void this.follow(pod.metadata.name, status.name);
    }
  }

  private async follow(pod: string, container: string): Promise<void> {
    const mark = new RegExp(`mark-${this.runId}-[a-z0-9]+-\\d+-`);
    const args = ['logs', '--namespace', this.namespace.name, pod, '--container', container, '--follow'];
    for await (const line of spawnLines('kubectl', args)) {
      const [found] = mark.exec(line) ?? [];
      if (found !== undefined) {
        this.counts.set(found, (this.counts.get(found) ?? 0) + 1);
      }
    }
  }
}
