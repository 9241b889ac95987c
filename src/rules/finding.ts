/** The severity of a finding. */
export enum Severity {
  /** The API server rejects it, or the pod cannot do its work. */
  ERROR = 'error',
  /** It works until something happens: load, a restart, a node drain, a backend that is away. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
  /** Not checked at all. Only for `PodRulesOptions.severities`. */
  OFF = 'off',
}

const ORDER = [Severity.OFF, Severity.INFO, Severity.WARNING, Severity.ERROR];

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return ORDER.indexOf(severity) >= ORDER.indexOf(limit);
}

/** One part of a finding: a field, and what is wrong with it. */
export interface FindingPlace {
  /** The problem in words, with the value. */
  readonly message: string;
  /** The field, as in `spec.template.spec.containers[0].securityContext.privileged`. */
  readonly path: string;
  /**
   * Line of the field in the file of the finding, from 1.
   *
   * @default - the object did not come from text
   */
  readonly line?: number;
}

/** One thing that is wrong with one object. */
export interface Finding {
  /** The rule that found it, as in `docs/rules.md`. */
  readonly rule: string;
  /** The severity of the finding. */
  readonly severity: Severity;
  /** The problem in words, with the value. */
  readonly message: string;
  /** The remedy in words. */
  readonly fix: string;
  /**
   * Kind of the object.
   *
   * @default - the document says no kind
   */
  readonly kind?: string;
  /**
   * Name of the object.
   *
   * @default - the object has no name
   */
  readonly name?: string;
  /**
   * Namespace of the object.
   *
   * @default - the object names no namespace
   * @jsii suppress JSII5018
   */
  readonly namespace?: string;
  /** The field, as in `spec.template.spec.initContainers[0].ports[1]`; empty for the object as a whole. */
  readonly path: string;
  /**
   * The file that holds the object.
   *
   * @default - the object did not come from a file
   */
  readonly file?: string;
  /**
   * Line of the field in that file, from 1.
   *
   * @default - the object did not come from text
   */
  readonly line?: number;
  /**
   * Path of the construct that made the object.
   *
   * @default - the object did not come from an app
   */
  readonly construct?: string;
  /**
   * The parts of the finding, where it is several of one kind.
   *
   * @default - it is one
   */
  readonly places?: FindingPlace[];
  /**
   * Why the finding does not count: the reason that stands in the annotation `cdk8s-pod-patterns/ignore`.
   *
   * @default - the finding counts
   */
  readonly suppressedBecause?: string;
}
