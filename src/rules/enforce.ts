import type { IConstruct } from 'constructs';
import { SynthValue } from '../private/synth-run';
import { listApiObjects } from './api-objects';
import { readApiObject } from './app-objects';
import { runRules } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { toKubernetesVersion } from './kubernetes-version';
import { loadRules } from './load-rules';
import { ManifestSet } from './model/manifest-set';
import type { ObjectView } from './model/object-view';
import type { EnforceOptions } from './pod-rules-options';
import { describeFinding } from './report';

/** The objects that an app will synthesize. */
class Rendered {
  public readonly set: ManifestSet;
  private readonly byVersion = new Map<string, Rendered>();

  public constructor(
    private readonly objects: readonly ObjectView[],
    /** The objects under each construct by their positions, so that no scope has to search the whole app. */
    private readonly under: ReadonlyMap<IConstruct, readonly number[]>,
  ) {
    this.set = new ManifestSet(objects);
  }

  public listUnder(scope: IConstruct): ObjectView[] {
    return (this.under.get(scope) ?? []).map((position) => this.objects[position]!);
  }

  /** The same objects for a version of Kubernetes, which rules find in the set as well. */
  public toVersion(version: string): Rendered {
    const known =
      this.byVersion.get(version) ??
      new Rendered(
        this.objects.map((object) => toKubernetesVersion(object, version)),
        this.under,
      );
    this.byVersion.set(version, known);
    return known;
  }
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
  const under = new Map<IConstruct, number[]>();
  for (const construct of listApiObjects(app)) {
    const objects = readApiObject(construct);
    const positions = objects.map((_object, index) => all.length + index);
    all.push(...objects);
    for (const scope of construct.node.scopes) {
      under.set(scope, under.get(scope) ?? []);
      under.get(scope)!.push(...positions);
    }
  }
  return new Rendered(all, under);
}

function checkScope(scope: IConstruct, all: Rendered, { severities, kubernetesVersion }: EnforceOptions): Finding[] {
  const wanted = kubernetesVersion === undefined ? all : all.toVersion(kubernetesVersion);
  return runRules(wanted.listUnder(scope), loadRules(), severities, wanted.set);
}

function failsSynth({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}

function toValidationMessage(finding: Finding): string {
  return `${finding.construct}: ${describeFinding(finding)}`;
}
