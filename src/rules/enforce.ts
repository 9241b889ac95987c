import type { IConstruct } from 'constructs';
import { findOwner } from '../private/errors';
import { collectSettings } from '../private/scoped-settings';
import { SynthValue } from '../private/synth-run';
import { listApiObjects } from './api-objects';
import { runRules } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { parseKubernetesVersion, toKnownMinor } from './kubernetes-version';
import { loadRules } from './load-rules';
import { ManifestSet } from './model/manifest-set';
import { listObjectViews, type ObjectView } from './model/object-view';
import type { EnforceOptions } from './pod-rules-options';
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
export function addRulesValidation(scope: IConstruct, options: EnforceOptions & { readonly failOn: Severity }): void {
  const app = scope.node.root;
  const all = manifests.get(app) ?? new SynthValue(app, () => buildRendered(app));
  manifests.set(app, all);
  all.reset();
  const reader = Symbol(scope.node.path);
  const findings = new SynthValue(app, () => checkScope(scope, all.get(reader), options));
  scope.node.addValidation({
    validate: () =>
      findings
        .get(scope)
        .filter((finding) => failsSynth(finding, options.failOn))
        .map(toValidationMessage),
  });
}

function buildRendered(app: IConstruct): Rendered {
  const all: ObjectView[] = [];
  const under = new Map<IConstruct, ObjectView[]>();
  for (const construct of listApiObjects(app)) {
    const kubernetes = findKubernetes(construct);
    const objects = listObjectViews(construct.toJson(), { construct: findOwner(construct).node.path, kubernetes });
    all.push(...objects);
    for (const scope of construct.node.scopes) {
      under.set(scope, under.get(scope) ?? []);
      under.get(scope)!.push(...objects);
    }
  }
  return { set: new ManifestSet(all), under };
}

/** The version that the `PodDefaults` of a construct name, or the nearest one that the rules know. */
function findKubernetes(construct: IConstruct): number {
  const { kubernetes } = collectSettings(construct);
  return toKnownMinor(parseKubernetesVersion(kubernetes as string | undefined));
}

function checkScope(scope: IConstruct, all: Rendered, { severities, kubernetesVersion }: EnforceOptions): Finding[] {
  const objects = all.under.get(scope) ?? [];
  const minor = parseKubernetesVersion(kubernetesVersion);
  const wanted = kubernetesVersion === undefined ? objects : objects.map((object) => object.forKubernetes(minor));
  return runRules(wanted, loadRules(), severities, all.set);
}

function failsSynth({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}

function toValidationMessage(finding: Finding): string {
  return `${finding.construct}: ${describeFinding(finding)}`;
}
