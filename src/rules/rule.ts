import type { Severity } from './finding';
import type { Field } from './model/field';
import type { ManifestSet } from './model/manifest-set';
import type { ObjectView } from './model/object-view';
import type { PodView } from './model/pod-view';

/** What a rule has against a manifest. */
export interface Problem {
  /** The field that is wrong; where a field is missing, that field, and the finding points at what is there above it. */
  readonly at: Field;
  /** What is wrong, with the value: lower case, no full stop. */
  readonly message: string;
  /** What to do here, where that says more than the fix of the rule. */
  readonly fix?: string;
}

/** One named check of finished manifests. Pure: the same manifests give the same problems. */
export interface Rule {
  /** Its name in kebab case: contract, as suppressions and settings name it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it catches. */
  readonly catches: string;
  /** What happens in a running cluster otherwise. */
  readonly consequence: string;
  /** What to do. */
  readonly fix: string;
  /** The page that says so. */
  readonly source: string;
  /** What is wrong with a pod, wherever its template stands. */
  readonly pod?: (pod: PodView, set: ManifestSet) => readonly Problem[];
  /** What is wrong with an object of any kind. */
  readonly object?: (object: ObjectView, set: ManifestSet) => readonly Problem[];
}
