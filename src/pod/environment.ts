import type * as kplus from 'cdk8s-plus-28';
import { containersOf, type PodTemplate } from '../private/manifest';
import type { Inventory } from './inventory';

/**
 * Environment variables contributed to containers that exist. They are kept here and completed in the rendered manifest,
 * because `Env.addVariable` of cdk8s-plus would grow the caller's own `envVariables` object.
 */
export class Environment {
  private readonly contributed = new Map<string, Map<string, kplus.EnvValue>>();

  public constructor(private readonly inventory: Inventory) {}

  /** Sets a variable; the same value twice is one. */
  public add(container: string, name: string, value: kplus.EnvValue): void {
    const own = this.contributed.get(container) ?? new Map<string, kplus.EnvValue>();
    const present = this.inventory.find(container).env.variables[name] ?? own.get(name);
    if (present && JSON.stringify(present) !== JSON.stringify(value)) {
      throw this.inventory.failure(
        `environment variable "${name}" of container "${container}" already has another value; set it once or choose another name`,
      );
    }
    if (!present) {
      this.contributed.set(container, own.set(name, value));
    }
  }

  /** Completes the rendered containers. */
  public complete({ spec }: PodTemplate): void {
    for (const container of containersOf(spec)) {
      const own = [...(this.contributed.get(container.name) ?? [])].map(([name, { value, valueFrom }]) => ({
        name,
        value,
        valueFrom,
      }));
      if (own.length > 0) {
        container.env = [...(container.env ?? []), ...own];
      }
    }
  }
}
