import type { IConstruct } from 'constructs';
import { ownerOf } from '../private/errors';
import { SynthValue } from '../private/synth-run';
import { allRules } from './all-rules';
import { apiObjectsIn } from './api-objects';
import { findingsOf } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { ManifestSet } from './model/manifest-set';
import { type ObjectView, objectsIn } from './model/object-view';
import type { PodRulesOptions } from './pod-rules-options';
import { describe } from './report';

/** What an app will synthesize. */
interface Rendered {
  readonly set: ManifestSet;
  /** The objects under each construct, so that no scope has to search the whole app. */
  readonly under: ReadonlyMap<IConstruct, readonly ObjectView[]>;
}

/** What each app will synthesize, rendered once for all scopes that are enforced in it. */
const manifests = new WeakMap<IConstruct, SynthValue<Rendered>>();

/** Makes every synth of an app fail with what the rules have against the objects of a scope. */
export function enforce(scope: IConstruct, severities: PodRulesOptions['severities'], least: Severity): void {
  const app = scope.node.root;
  const all = manifests.get(app) ?? new SynthValue(app, () => render(app));
  manifests.set(app, all);
  all.reset();
  const reader = Symbol(scope.node.path);
  const findings = new SynthValue(app, () => findingsUnder(scope, all.get(reader), severities));
  scope.node.addValidation({
    validate: () =>
      findings
        .get(scope)
        .filter((finding) => counts(finding, least))
        .map(tell),
  });
}

function render(app: IConstruct): Rendered {
  const all: ObjectView[] = [];
  const under = new Map<IConstruct, ObjectView[]>();
  for (const construct of apiObjectsIn(app)) {
    const objects = objectsIn(construct.toJson(), { construct: ownerOf(construct).node.path });
    all.push(...objects);
    for (const scope of construct.node.scopes) {
      under.set(scope, under.get(scope) ?? []);
      under.get(scope)!.push(...objects);
    }
  }
  return { set: new ManifestSet(all), under };
}

function findingsUnder(scope: IConstruct, all: Rendered, severities: PodRulesOptions['severities']): Finding[] {
  return findingsOf(all.under.get(scope) ?? [], allRules(), severities, all.set);
}

function counts({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}

function tell(finding: Finding): string {
  return `${finding.construct}: ${describe(finding)}`;
}
