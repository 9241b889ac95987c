import type * as kplus from 'cdk8s-plus-28';
import { containersOf, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { Inventory } from './inventory';

/** What every version of Kubernetes takes. */
const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * Environment variables contributed to containers that exist. They are kept here and completed in the rendered manifest,
 * because `Env.addVariable` of cdk8s-plus would grow the caller's own `envVariables` object.
 */
export class Environment {
  private readonly contributed = new Map<string, Map<string, kplus.EnvValue>>();
  private readonly copies: { readonly from: string; readonly to: string }[] = [];

  public constructor(private readonly inventory: Inventory) {}

  /** Sets a variable; the same value twice is one. */
  public add(container: string, name: string, value: kplus.EnvValue): void {
    if (!NAME.test(name)) {
      throw this.inventory.failure(
        `"${name}" cannot name an environment variable of container "${container}"; use letters, digits, "_", "-" and ".", and no digit first`,
      );
    }
    const own = this.contributed.get(container) ?? new Map<string, kplus.EnvValue>();
    const present = this.declared(container).get(name) ?? own.get(name);
    if (present && !equal(present, value)) {
      throw this.inventory.failure(contradiction(container, name));
    }
    this.contributed.set(container, own.set(name, value));
  }

  /** Gives a container all that another one has, now or later. */
  public copy(from: string, to: string): void {
    for (const container of [from, to]) {
      this.inventory.find(container);
    }
    this.copies.push({ from, to });
  }

  /** What was declared through cdk8s-plus since, and contradicts. */
  public problems(): string[] {
    const copied = this.copies.flatMap(({ from, to }) =>
      contradicted(this.all(from), this.all(to)).map(
        (name) =>
          `environment variable "${name}" of container "${to}" is another than that of container "${from}", whose environment it has; choose another name`,
      ),
    );
    const declared = [...this.contributed].flatMap(([container, own]) =>
      contradicted(own, this.declared(container)).map((name) => contradiction(container, name)),
    );
    return [...declared, ...copied];
  }

  /** Completes the rendered containers. */
  public complete({ spec }: PodTemplate): void {
    for (const container of containersOf(spec)) {
      const { env = [] } = container;
      const names = namesOf(env);
      const missing = [...(this.contributed.get(container.name) ?? [])]
        .filter(([name]) => !names.has(name))
        .map(([name, { value, valueFrom }]) => ({ name, value, valueFrom }));
      if (missing.length > 0) {
        container.env = [...env, ...missing];
      }
    }
    for (const { from, to } of this.copies) {
      copyRendered(spec, from, to);
    }
  }

  /** The variables of a container, by name. */
  private all(container: string): Map<string, kplus.EnvValue> {
    return new Map([...this.declared(container), ...(this.contributed.get(container) ?? [])]);
  }

  private declared(container: string): Map<string, kplus.EnvValue> {
    return new Map(Object.entries(this.inventory.find(container).env.variables));
  }
}

/** What is copied comes first, so that the container's own variables may refer to it. */
function copyRendered(spec: PodSpec, from: string, to: string): void {
  const containers = containersOf(spec);
  const source = containers.find(({ name }) => name === from);
  const target = containers.find(({ name }) => name === to);
  if (!source || !target) {
    return; // a JSON patch has taken it away
  }
  const { env = [], envFrom = [] } = source;
  const names = namesOf(env);
  const own = (target.env ?? []).filter(({ name }) => !names.has(name));
  const sources = [...(envFrom as object[]), ...((target.envFrom as object[] | undefined) ?? [])];
  if (env.length + own.length > 0) {
    target.env = [...env, ...own];
  }
  if (sources.length > 0) {
    target.envFrom = sources;
  }
}

function namesOf(env: readonly { readonly name: string }[]): Set<string> {
  return new Set(env.map(({ name }) => name));
}

/** The names to which two environments give different values. */
function contradicted(one: Map<string, kplus.EnvValue>, other: Map<string, kplus.EnvValue>): string[] {
  return [...one].filter(([name, value]) => !equal(other.get(name) ?? value, value)).map(([name]) => name);
}

function equal(a: kplus.EnvValue, b: kplus.EnvValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function contradiction(container: string, name: string): string {
  return `environment variable "${name}" of container "${container}" already has another value; set it once or choose another name`;
}
