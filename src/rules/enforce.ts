import type { IConstruct } from 'constructs';
import { ownerOf } from '../private/errors';
import { SynthValue } from '../private/synth-run';
import { apiObjectsIn } from './api-objects';
import { findingsOf } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { RULES } from './list';
import { ManifestSet } from './model/manifest-set';
import { type ObjectView, objectsIn } from './model/object-view';
import type { PodRulesOptions } from './pod-rules-options';
import { describe } from './report';

/** An object that an app will synthesize, with its construct. */
interface Rendered {
  readonly object: ObjectView;
  readonly construct: IConstruct;
}

/** What each app will synthesize, rendered once for all scopes that are enforced in it. */
const manifests = new WeakMap<IConstruct, SynthValue<readonly Rendered[]>>();

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

function render(app: IConstruct): Rendered[] {
  return apiObjectsIn(app).flatMap((construct) =>
    objectsIn(construct.toJson(), { construct: ownerOf(construct).node.path }).map((object) => ({ object, construct })),
  );
}

function findingsUnder(
  scope: IConstruct,
  all: readonly Rendered[],
  severities: PodRulesOptions['severities'],
): Finding[] {
  const own = all.filter(({ construct }) => construct.node.scopes.includes(scope)).map(({ object }) => object);
  return findingsOf(own, RULES, severities, new ManifestSet(all.map(({ object }) => object)));
}

function counts({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}

function tell(finding: Finding): string {
  return `${finding.construct}: ${describe(finding)}`;
}
