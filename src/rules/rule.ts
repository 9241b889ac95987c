import type { Severity } from './finding';
import type { Field } from './model/field';
import type { ManifestSet } from './model/manifest-set';
import type { ObjectView } from './model/object-view';
import type { PodView } from './model/pod-view';

/** A problem that a rule finds in a manifest. */
export interface Problem {
  /** The field that is wrong; where a field is missing, that field, and the finding points at what is there above it. */
  readonly at: Field;
  /** The problem in words, with the value: lower case, no full stop. */
  readonly message: string;
  /** The remedy here, where that says more than the fix of the rule. */
  readonly fix?: string;
  /** The severity here, where it is not that of the rule. */
  readonly severity?: Severity;
  /** Whether it is left out where another rule says more of the same field. */
  readonly yields?: boolean;
  /** The parts of the problem, where it is several of one kind. */
  readonly places?: readonly Place[];
}

/** One part of a problem: a field, and what is wrong with it. */
export interface Place {
  readonly at: Field;
  readonly message: string;
}

/** One named check of finished manifests. Pure: the same manifests give the same problems. */
export interface Rule {
  /** Its name in kebab case: contract, as suppressions and settings name it. */
  readonly id: string;
  readonly severity: Severity;
  /** The mistake that it catches. */
  readonly catches: string;
  /** The consequence of the mistake in a running cluster. */
  readonly consequence: string;
  /** The remedy in words. */
  readonly fix: string;
  /** The page that says so. */
  readonly source: string;
  /** Checks a pod, wherever its template stands. */
  readonly checkPod?: (pod: PodView, set: ManifestSet) => readonly Problem[];
  /** Checks an object of any kind. */
  readonly checkObject?: (object: ObjectView, set: ManifestSet) => readonly Problem[];
}
