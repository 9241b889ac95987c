import type { Severity } from './finding';

/** Options of the rules. */
export interface PodRulesOptions {
  /**
   * Other severities for some rules, by the names of the rules; `Severity.OFF` switches a rule off.
   *
   * @default - each rule has the severity that `docs/rules.md` says
   */
  readonly severities?: Record<string, Severity>;
}

/** Options of the enforcement of the rules in an app. */
export interface EnforceOptions extends PodRulesOptions {
  /**
   * The least severity that fails a synth.
   *
   * @default Severity.ERROR
   */
  readonly failOn?: Severity;
}
