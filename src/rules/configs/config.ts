import type { Field } from '../model/field';

/** Files that software reads on as they grow. */
export interface Tail {
  /** Their path, which may hold wildcards. */
  readonly pattern: string;
  /** Patterns of files among them that it leaves out. */
  readonly exclude: readonly string[];
  /** Whether it reads a file that it finds at its start from the first line on; nothing where that is unknown. */
  readonly fromHead?: boolean;
  /** Whether a renamed file is a new one to it, sooner or later; nothing where it knows it again, or that is unknown. */
  readonly takesRenamedForNew?: boolean;
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
  /** Its purpose in words. */
  readonly purpose: string;
}

/** The settings that the text of a configuration holds, as far as rules ask. */
export interface Reading {
  readonly tails: readonly Tail[];
  readonly states: readonly StatePath[];
  readonly listeners: readonly ConfiguredListener[];
  /** Files that it writes for others to read. */
  readonly writes: readonly string[];
  /** Whether it may write other files too. */
  readonly isPartial?: boolean;
  /** The parts that it names without defining them, as sentences without a full stop. */
  readonly dangling: readonly string[];
  /** Seconds that it takes to end after SIGTERM. */
  readonly graceSeconds?: number;
  /** Why the software cannot read it. */
  readonly problem?: string;
}

/** The configuration of a container as far as the manifests tell. */
export interface SoftwareConfig extends Reading {
  readonly software: string;
  /** The field that it comes from: the mount that holds it, or the arguments. */
  readonly source: Field;
  /** Its name in messages, as in `key "fluent-bit.yaml" of ConfigMap "agent"`. */
  readonly title: string;
}

export const NOTHING_READ: Reading = { tails: [], states: [], listeners: [], writes: [], dangling: [] };

/** Readings of several texts as one. */
export function mergeReadings(readings: readonly Reading[]): Reading {
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
export function toLiteralValue(value: string | undefined): string | undefined {
  return value === undefined || /\$|\{\{/.test(value) ? undefined : value;
}
