import type { IConstruct } from 'constructs';
import { findOwner } from '../private/errors';
import { SynthValue } from '../private/synth-run';
import { listApiObjects } from './api-objects';
import { runRules } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { loadRules } from './load-rules';
import { ManifestSet } from './model/manifest-set';
import { listObjectViews, type ObjectView } from './model/object-view';
import type { PodRulesOptions } from './pod-rules-options';
import { describeFinding } from './report';

/** The objects that an app will synthesize. */
interface Rendered {
  readonly set: ManifestSet;
  /** The objects under each construct, so that no scope has to search the whole app. */
  readonly under: ReadonlyMap<IConstruct, readonly ObjectView[]>;
}

/** The objects of each app, rendered once for all scopes that are enforced in it. */
const manifests = new WeakMap<IConstruct, SynthValue<Rendered>>();

/** Makes every synth of an app fail with what the rules have against the objects of a scope. */
export function addRulesValidation(
  scope: IConstruct,
  severities: PodRulesOptions['severities'],
  least: Severity,
): void {
  const app = scope.node.root;
  const all = manifests.get(app) ?? new SynthValue(app, () => buildRendered(app));
  manifests.set(app, all);
  all.reset();
  const reader = Symbol(scope.node.path);
  const findings = new SynthValue(app, () => checkScope(scope, all.get(reader), severities));
  scope.node.addValidation({
    validate: () =>
      findings
        .get(scope)
        .filter((finding) => failsSynth(finding, least))
        .map(toValidationMessage),
  });
}

function buildRendered(app: IConstruct): Rendered {
  const all: ObjectView[] = [];
  const under = new Map<IConstruct, ObjectView[]>();
  for (const construct of listApiObjects(app)) {
    const objects = listObjectViews(construct.toJson(), { construct: findOwner(construct).node.path });
    all.push(...objects);
    for (const scope of construct.node.scopes) {
      under.set(scope, under.get(scope) ?? []);
      under.get(scope)!.push(...objects);
    }
  }
  return { set: new ManifestSet(all), under };
}

function checkScope(scope: IConstruct, all: Rendered, severities: PodRulesOptions['severities']): Finding[] {
  return runRules(all.under.get(scope) ?? [], loadRules(), severities, all.set);
}

function failsSynth({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}

function toValidationMessage(finding: Finding): string {
  return `${finding.construct}: ${describeFinding(finding)}`;
}
