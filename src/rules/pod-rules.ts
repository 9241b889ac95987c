import type { IConstruct } from 'constructs';
import { throwFirst } from '../private/errors';
import { addPathRecording } from './construct-paths';
import { addRulesValidation } from './enforce';
import { runRules, validateSeverities, validateSeverity } from './engine';
import { Severity } from './finding';
import { parseKubernetesVersion, validateKubernetesVersion } from './kubernetes-version';
import { loadRules } from './load-rules';
import { listObjectViews } from './model/object-view';
import { listOmissions } from './omission';
import type { EnforceOptions, PodRulesOptions } from './pod-rules-options';
import { PodRulesReport } from './report';
import { splitDocuments } from './text/document-cutter';
import { readManifests, resolveUnfinished } from './unfinished';

/**
 * The rules for pods of several containers: what is wrong with finished manifests, whoever made them.
 *
 * `docs/rules.md` lists all rules. A finding that is meant to be is suppressed with a reason, by an annotation of the object or
 * of its pod template: `cdk8s-pod-patterns/ignore: "<rule>: <reason>; <rule>: <reason>"`.
 */
export class PodRules {
  /**
   * Checks manifests that are applied together, such as those that `Testing.synth()` gives.
   *
   * @param manifests plain objects; a `List` counts as its items, and kinds that no rule knows are passed over
   * @throws if `severities` names no rule or no severity, or `kubernetesVersion` no version that is known
   */
  public static check(manifests: any[], options: PodRulesOptions = {}): PodRulesReport {
    const kubernetes = readKubernetesVersion(options);
    const objects = manifests
      .flatMap((manifest) => listObjectViews(manifest, { kubernetes }))
      .map((object) => resolveUnfinished(object));
    return new PodRulesReport(runRules(objects, loadRules(), options.severities), listOmissions(objects));
  }

  /**
   * Checks the manifests in a text of YAML or JSON. The findings carry their lines.
   *
   * @throws if `severities` names no rule or no severity, or `kubernetesVersion` no version that is known
   */
  public static checkYaml(text: string, options: PodRulesOptions = {}): PodRulesReport {
    const kubernetes = readKubernetesVersion(options);
    const objects = splitDocuments(text).flatMap((document) => readManifests({ ...document, kubernetes }));
    return new PodRulesReport(runRules(objects, loadRules(), options.severities), listOmissions(objects));
  }

  /**
   * Makes `app.synth()` and `Testing.synth()` fail with what the rules have against the objects of a scope, all findings at once,
   * each with the path of its construct. Findings below `failOn` do not fail a synth; `check` and the command `pod-rules` list
   * them too.
   *
   * @param scope an app, a chart or any construct; Services and the like are looked up in the whole app
   * @throws if `severities` names no rule or no severity, or `kubernetesVersion` no version that is known
   */
  public static enforce(scope: IConstruct, options: EnforceOptions = {}): void {
    const { severities, failOn = Severity.ERROR, kubernetesVersion } = options;
    throwFirst('PodRules', [
      ...validateSeverities(loadRules(), severities),
      ...validateSeverity('failOn', failOn),
      ...validateKubernetesVersion('kubernetesVersion', kubernetesVersion),
    ]);
    addRulesValidation(scope, { severities, failOn, kubernetesVersion });
  }

  /**
   * Lets `PodRulesValidation` name the construct of every object. The CLI of cdk8s tells a validation the constructs by the
   * names of objects alone, so of a Deployment and a Service of one name it knows one. Call this once on the app: each synth
   * that the CLI validates then writes `construct-paths.json` beside the manifests.
   *
   * @param app the root of the tree
   */
  public static recordConstructs(app: IConstruct): void {
    addPathRecording(app);
  }

  private constructor() {}
}

function readKubernetesVersion({ kubernetesVersion }: PodRulesOptions): number {
  throwFirst('PodRules', validateKubernetesVersion('kubernetesVersion', kubernetesVersion));
  return parseKubernetesVersion(kubernetesVersion);
}
