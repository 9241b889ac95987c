import type * as kplus from 'cdk8s-plus-28';
import { type Container, listContainers, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { PodPart } from '../pod-part';
import type { FileSource } from './env-values';
import type { Inventory } from './inventory';

/** Names of variables that every version of Kubernetes takes. */
const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/**
 * Environment variables contributed to containers that exist. They are kept here and completed in the rendered manifest,
 * because `Env.addVariable` of cdk8s-plus would grow the caller's own `envVariables` object.
 */
export class Environment implements PodPart {
  private readonly contributed = new Map<string, Map<string, kplus.EnvValue>>();
  private readonly copies: { readonly from: string; readonly to: string }[] = [];

  public constructor(private readonly inventory: Inventory) {}

  /** Sets a variable; the same value twice is one. */
  public add(container: string, name: string, value: kplus.EnvValue): void {
    if (!NAME.test(name)) {
      throw this.inventory.createPodError(
        `"${name}" cannot name an environment variable of container "${container}"; use letters, digits, "_", "-" and ".", and no digit first`,
      );
    }
    const own = this.contributed.get(container) ?? new Map<string, kplus.EnvValue>();
    const present = this.readDeclaredVariables(container).get(name) ?? own.get(name);
    if (present && !isEqualValue(present, value)) {
      throw this.inventory.createPodError(describeContradiction(container, name));
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

  /** Contradictions with variables that were declared through cdk8s-plus since, and between copied environments. */
  public _validate(): string[] {
    const copied = this.copies.flatMap(({ from, to }) =>
      findContradictions(this.mergeVariables(from), this.mergeVariables(to)).map(
        (name) =>
          `environment variable "${name}" of container "${to}" is another than that of container "${from}", whose environment it has; choose another name`,
      ),
    );
    const declared = [...this.contributed].flatMap(([container, own]) =>
      findContradictions(own, this.readDeclaredVariables(container)).map((name) =>
        describeContradiction(container, name),
      ),
    );
    return [...declared, ...copied];
  }

  /** Completes the rendered containers. */
  public _complete({ spec }: PodTemplate): void {
    for (const container of listContainers(spec)) {
      this.restoreFileKeys(container);
      const contributed = this.contributed.get(container.name);
      if (contributed) {
        addMissing(container, contributed);
      }
    }
    for (const { from, to } of this.copies) {
      copyRenderedEnvironment(spec, from, to);
    }
  }

  /** cdk8s-plus-28 does not render the source of variables that come from files. */
  private restoreFileKeys({ name: container, env }: Container): void {
    if (!env) {
      return;
    }
    const { variables = {} } = this.inventory.tryFind(container)?.env ?? {};
    for (const variable of env) {
      const valueFrom = variables[variable.name]?.valueFrom as FileSource | undefined;
      if (valueFrom?.fileKeyRef) {
        variable.valueFrom = valueFrom;
      }
    }
  }

  /** The variables of a container, by name. */
  private mergeVariables(container: string): Map<string, kplus.EnvValue> {
    return new Map([...this.readDeclaredVariables(container), ...(this.contributed.get(container) ?? [])]);
  }

  private readDeclaredVariables(container: string): Map<string, kplus.EnvValue> {
    return new Map(Object.entries(this.inventory.find(container).env.variables));
  }
}

/** Adds the variables that a rendered container has not. */
function addMissing(container: Container, variables: ReadonlyMap<string, kplus.EnvValue>): void {
  const { env = [] } = container;
  const names = collectNames(env);
  const missing = [...variables].filter(([name]) => !names.has(name));
  if (missing.length > 0) {
    container.env = [...env, ...missing.map(([name, { value, valueFrom }]) => ({ name, value, valueFrom }))];
  }
}

/** Puts the copied variables first, so that the container's own variables may refer to them. */
function copyRenderedEnvironment(spec: PodSpec, from: string, to: string): void {
  const containers = listContainers(spec);
  const source = containers.find(({ name }) => name === from);
  const target = containers.find(({ name }) => name === to);
  if (!source || !target) {
    return; // a JSON patch has taken it away
  }
  const { env = [], envFrom = [] } = source;
  const names = collectNames(env);
  const own = (target.env ?? []).filter(({ name }) => !names.has(name));
  const sources = [...(envFrom as object[]), ...((target.envFrom as object[] | undefined) ?? [])];
  if (env.length + own.length > 0) {
    target.env = [...env, ...own];
  }
  if (sources.length > 0) {
    target.envFrom = sources;
  }
}

function collectNames(env: readonly { readonly name: string }[]): Set<string> {
  return new Set(env.map(({ name }) => name));
}

/** The names to which two environments give different values. */
function findContradictions(one: Map<string, kplus.EnvValue>, other: Map<string, kplus.EnvValue>): string[] {
  return [...one].filter(([name, value]) => !isEqualValue(other.get(name) ?? value, value)).map(([name]) => name);
}

function isEqualValue(a: kplus.EnvValue, b: kplus.EnvValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function describeContradiction(container: string, name: string): string {
  return `environment variable "${name}" of container "${container}" already has another value; set it once or choose another name`;
}
