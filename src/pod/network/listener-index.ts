import type { Listener } from './listener';

/**
 * Listeners, found by what no two of them may share: a port, a name or a port of the node. So a listener is compared with few
 * others, however many a pod has.
 */
export class ListenerIndex {
  /** All of them, in the order in which they were added. */
  public readonly all: Listener[] = [];
  private readonly sharing = new Map<string, number[]>();

  public constructor(listeners: readonly Listener[] = []) {
    for (const listener of listeners) {
      this.add(listener);
    }
  }

  public add(listener: Listener): void {
    for (const key of toSharedKeys(listener)) {
      const positions = this.sharing.get(key);
      if (positions) {
        positions.push(this.all.length);
      } else {
        this.sharing.set(key, [this.all.length]);
      }
    }
    this.all.push(listener);
  }

  /** Those that share anything with a listener, in the order in which they were added. */
  public findNear(listener: Listener): Listener[] {
    const positions = toSharedKeys(listener).flatMap((key) => this.sharing.get(key) ?? []);
    return [...new Set(positions)].sort((a, b) => a - b).map((position) => this.all[position]!);
  }
}

function toSharedKeys({ port, protocol, name, hostPort }: Listener): string[] {
  const keys = [`${port}/${protocol}`];
  if (name !== undefined) {
    keys.push(`name ${name}`);
  }
  if (hostPort !== undefined) {
    keys.push(`host ${hostPort}/${protocol}`);
  }
  return keys;
}
