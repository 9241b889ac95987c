/** A text that is to be checked. */
export interface CheckRequest {
  readonly text: string;
  /** The version of Kubernetes, as in `1.34`. */
  readonly version: string;
}

/** What a rule has against a field. */
export interface CheckFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly fix: string;
  /** Kind and name of the object; nothing where the document could not be read. */
  readonly object?: string;
  readonly path: string;
  /** The fields of its parts, or its own. */
  readonly paths: readonly string[];
  /** The first line, from 1, and all of them. */
  readonly line: number;
  readonly lines: readonly number[];
  /** The reason that an annotation gives for it. */
  readonly suppressedBecause?: string;
}

/** A pod as SVG. */
export interface Picture {
  /** Kind and name of the object that has it. */
  readonly title: string;
  readonly svg: string;
}

export interface CheckResult {
  /** The number of objects. */
  readonly objects: number;
  /** The worst findings first, and only so many as can be shown. */
  readonly findings: readonly CheckFinding[];
  /** The numbers of all findings. */
  readonly counts: Readonly<Record<CheckFinding['severity'] | 'suppressed', number>>;
  /** What is no finished manifest, and why. */
  readonly omissions: readonly {
    readonly kind?: string;
    readonly name?: string;
    readonly reason: string;
    readonly line?: number;
  }[];
  readonly pictures: readonly Picture[];
  /** The number of pods, of which there may be more than pictures. */
  readonly pods: number;
}

/** A part of an object. */
export interface Place {
  readonly object: string;
  readonly path: string;
}

export type WorkerRequest = { readonly id: number } & (
  | { readonly type: 'check'; readonly request: CheckRequest }
  | { readonly type: 'line'; readonly place: Place }
);

export type WorkerAnswer = { readonly id: number } & (
  | { readonly type: 'checked'; readonly result: CheckResult }
  | { readonly type: 'line'; readonly line?: number }
  | { readonly type: 'failed'; readonly message: string }
);
