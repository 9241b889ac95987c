import type { Severity } from './finding';

/** Options of the rules. */
export interface PodRulesOptions {
  /**
   * Other severities for some rules, by the names of the rules; `Severity.OFF` switches a rule off.
   *
   * @default - each rule has the severity that `docs/rules.md` says
   */
  readonly severities?: Record<string, Severity>;
  /**
   * The version of Kubernetes that the manifests are for, such as "1.31": its kinds and fields, and the rules that hold for it.
   *
   * @default - the newest that the rules know
   */
  readonly kubernetesVersion?: string;
}

/**
 * Options of the enforcement of the rules in an app. Without `kubernetesVersion`, each object is for the version that the
 * `PodDefaults` of its construct name.
 */
export interface EnforceOptions extends PodRulesOptions {
  /**
   * The least severity that fails a synth.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;
}
