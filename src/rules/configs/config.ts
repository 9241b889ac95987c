import type { Field } from '../model/field';

/** Files that software reads on as they grow. */
export interface Tail {
  /** Their path, which may hold wildcards. */
  readonly pattern: string;
  /** Patterns of files among them that it leaves out. */
  readonly exclude: readonly string[];
  /** Whether it reads a file that it finds at its start from the first line on; nothing where that is unknown. */
  readonly fromHead?: boolean;
  /** Whether it remembers its position over a restart; nothing where that is unknown. */
  readonly keepsPosition?: boolean;
}

/** A file or directory in which software keeps what it must not forget. */
export interface StatePath {
  readonly path: string;
  readonly isDirectory: boolean;
}

/** A port that software opens because its configuration says so. */
export interface ConfiguredListener {
  readonly number: number;
  readonly protocol: string;
  /** Whether only the containers of the pod reach it. */
  readonly isLoopback: boolean;
  /** What it is for. */
  readonly purpose: string;
}

/** What the text of a configuration says. */
export interface Reading {
  readonly tails: readonly Tail[];
  readonly states: readonly StatePath[];
  readonly listeners: readonly ConfiguredListener[];
  /** Files that it writes for others to read. */
  readonly writes: readonly string[];
  /** Whether it may write other files too. */
  readonly isPartial?: boolean;
  /** What it names without defining it, as sentences without a full stop. */
  readonly dangling: readonly string[];
  /** Seconds that it takes to end after SIGTERM. */
  readonly graceSeconds?: number;
  /** Why the software cannot read it. */
  readonly problem?: string;
}

/** The configuration of a container as far as the manifests tell. */
export interface SoftwareConfig extends Reading {
  readonly software: string;
  /** Where it comes from: the mount that holds it, or the arguments. */
  readonly source: Field;
  /** What to call it, as in `key "fluent-bit.yaml" of ConfigMap "agent"`. */
  readonly title: string;
}

export const NOTHING_READ: Reading = { tails: [], states: [], listeners: [], writes: [], dangling: [] };

/** Readings of several texts as one. */
export function together(readings: readonly Reading[]): Reading {
  return {
    tails: readings.flatMap(({ tails }) => tails),
    states: readings.flatMap(({ states }) => states),
    listeners: readings.flatMap(({ listeners }) => listeners),
    writes: [...new Set(readings.flatMap(({ writes }) => writes))],
    dangling: readings.flatMap(({ dangling }) => dangling),
    isPartial: readings.some(({ isPartial }) => isPartial),
    problem: readings.find(({ problem }) => problem !== undefined)?.problem,
  };
}

/** A value that stands there as it will be at run time; nothing where a variable or a template changes it. */
export function literal(value: string | undefined): string | undefined {
  return value === undefined || /\$|\{\{/.test(value) ? undefined : value;
}
