import type { Listener } from './listener';

/**
 * Listeners, found by what no two of them may share: a port, a name or a port of the node. So a listener is compared with few
 * others, however many a pod has.
 */
export class ListenerIndex {
  private readonly positions = new Map<Listener, number>();
  private readonly sharing = new Map<string, Listener[]>();

  public constructor(listeners: readonly Listener[] = []) {
    for (const listener of listeners) {
      this.add(listener);
    }
  }

  /** All of them, in the order in which they were added. */
  public get all(): Listener[] {
    return [...this.positions.keys()];
  }

  public add(listener: Listener): void {
    this.positions.set(listener, this.positions.size);
    for (const key of keysOf(listener)) {
      const others = this.sharing.get(key);
      if (others) {
        others.push(listener);
      } else {
        this.sharing.set(key, [listener]);
      }
    }
  }

  /** Those that share anything with a listener, in the order in which they were added. */
  public near(listener: Listener): Listener[] {
    const near = new Set(keysOf(listener).flatMap((key) => this.sharing.get(key) ?? []));
    return [...near].sort((a, b) => this.positions.get(a)! - this.positions.get(b)!);
  }
}

function keysOf({ port, protocol, name, hostPort }: Listener): string[] {
  const keys = [`${port}/${protocol}`];
  if (name !== undefined) {
    keys.push(`name ${name}`);
  }
  if (hostPort !== undefined) {
    keys.push(`host ${hostPort}/${protocol}`);
  }
  return keys;
}
