import type { IConstruct } from 'constructs';
import { findOwner } from '../private/errors';
import { collectSettings } from '../private/scoped-settings';
import { SynthValue } from '../private/synth-run';
import { listApiObjects } from './api-objects';
import { runRules } from './engine';
import { type Finding, isAtLeast, type Severity } from './finding';
import { parseKubernetesVersion, toKnownMinor, toKubernetesVersion } from './kubernetes-version';
import { loadRules } from './load-rules';
import { ManifestSet } from './model/manifest-set';
import { listObjectViews, type ObjectView } from './model/object-view';
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
    /** The constructs that made the objects, by path. */
    public readonly owners: ReadonlyMap<string, IConstruct>,
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
        this.owners,
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
  const messages = new LaterMessages(scope);
  scope.node.addValidation({
    validate: () => {
      const failing = findings.get(scope).filter((finding) => failsSynth(finding, options.failOn));
      const { owners } = all.get(reader);
      return failing.flatMap((finding) => messages.add(owners.get(finding.construct!)!, describeFinding(finding)));
    },
  });
}

/**
 * Messages of a scope about what is below it. A synth puts the path of a construct before what its own validation says, and comes to
 * a scope before it comes to what is below: so each construct says what is found in it.
 */
class LaterMessages {
  private readonly waiting = new Map<IConstruct, string[]>();

  public constructor(private readonly scope: IConstruct) {}

  /** Gives the message to its construct, or back where that is the scope or above it, and has been asked. */
  public add(owner: IConstruct, message: string): string[] {
    if (this.scope.node.scopes.includes(owner)) {
      return [message];
    }
    if (!this.waiting.has(owner)) {
      this.waiting.set(owner, []);
      owner.node.addValidation({ validate: () => this.waiting.get(owner)!.splice(0) });
    }
    this.waiting.get(owner)!.push(message);
    return [];
  }
}

function buildRendered(app: IConstruct): Rendered {
  const all: ObjectView[] = [];
  const under = new Map<IConstruct, number[]>();
  const owners = new Map<string, IConstruct>();
  for (const construct of listApiObjects(app)) {
    const kubernetes = findKubernetes(construct);
    const owner = findOwner(construct);
    owners.set(owner.node.path, owner);
    const objects = listObjectViews(construct.toJson(), { construct: owner.node.path, kubernetes });
    const positions = objects.map((_object, index) => all.length + index);
    all.push(...objects);
    for (const scope of construct.node.scopes) {
      under.set(scope, under.get(scope) ?? []);
      under.get(scope)!.push(...positions);
    }
  }
  return new Rendered(all, under, owners);
}

/** The version that the `PodDefaults` of a construct name, or the nearest one that the rules know. */
function findKubernetes(construct: IConstruct): number {
  const { kubernetes } = collectSettings(construct);
  return toKnownMinor(parseKubernetesVersion(kubernetes as string | undefined));
}

function checkScope(scope: IConstruct, all: Rendered, { severities, kubernetesVersion }: EnforceOptions): Finding[] {
  const wanted = kubernetesVersion === undefined ? all : all.toVersion(kubernetesVersion);
  return runRules(wanted.listUnder(scope), loadRules(), severities, wanted.set);
}

function failsSynth({ suppressedBecause, severity }: Finding, least: Severity): boolean {
  return suppressedBecause === undefined && isAtLeast(severity, least);
}
