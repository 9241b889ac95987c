import { readFileSync } from 'node:fs';
import { createError, throwFirst } from '../private/errors';
import { loadConstructPaths } from './construct-paths';
import { readObjectViews } from './documents';
import { runRules, validateSeverities, validateSeverity } from './engine';
import { type Finding, Severity } from './finding';
import { parseKubernetesVersion, validateKubernetesVersion } from './kubernetes-version';
import { RULES } from './list';
import type { ObjectView } from './model/object-view';
import { describeTotals, PodRulesReport } from './report';
import type { Rule } from './rule';
import { splitDocuments } from './text/document-cutter';

/** The context that the CLI of cdk8s hands to a validation: the part of its `ValidationContext` that is used here. */
interface ValidationContext {
  readonly manifests: readonly string[];
  /** The constructs that the report looks up by the names of objects. */
  readonly metadata: Record<string, { path: string }>;
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Record<string, string>): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/**
 * The rules as a validation of the cdk8s CLI: `cdk8s synth` then exits with 2 when a finding is as severe as `failOn`. In
 * `cdk8s.yaml`:
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-pod-patterns
 *     version: 0.1.0
 *     class: PodRulesValidation
 *     properties: {failOn: warning, severities: {image-tag: off}, kubernetesVersion: "1.31"}
 * ```
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/
 */
export class PodRulesValidation {
  private readonly severities: Record<string, Severity>;
  private readonly failOn: Severity;
  private readonly kubernetes: number;

  /**
   * @param properties the `properties` of `cdk8s.yaml`: `severities`, `failOn` and `kubernetesVersion`, as `PodRules.enforce` takes them
   * @throws if they hold anything else, no rule, no severity or no version that is known
   */
  public constructor(properties: any = {}) {
    const { severities = {}, failOn = Severity.ERROR, kubernetesVersion, ...others } = properties;
    const [surplus] = Object.keys(others);
    if (surplus !== undefined) {
      throw createError(
        'PodRulesValidation',
        `\`properties\` has no \`${surplus}\`; it takes \`severities\`, \`failOn\` and \`kubernetesVersion\``,
      );
    }
    throwFirst('PodRules', [
      ...validateSeverities(RULES, severities),
      ...validateSeverity('failOn', failOn),
      ...validateKubernetesVersion('kubernetesVersion', kubernetesVersion),
    ]);
    this.severities = severities;
    this.failOn = failOn;
    this.kubernetes = parseKubernetesVersion(kubernetesVersion);
  }

  /**
   * Called by the CLI of cdk8s with what it synthesized.
   *
   * @param context the `ValidationContext` of the CLI
   */
  public async validate(context: any): Promise<void> {
    const { manifests, metadata, report }: ValidationContext = context;
    const objects = manifests
      .flatMap((file) => splitDocuments(readFileSync(file, 'utf8'), file))
      .flatMap((document) => readObjectViews({ ...document, kubernetes: this.kubernetes }));
    const result = new PodRulesReport(runRules(objects, RULES, this.severities));
    addConstructPaths(objects, metadata, loadConstructPaths(manifests));
    for (const rule of RULES) {
      const found = result.findings.filter((finding) => finding.rule === rule.id);
      if (found.length > 0) {
        report.addViolation(toViolation(rule, found));
      }
    }
    report.submit(result.atLeast(this.failOn).length > 0 ? 'failure' : 'success', { Findings: describeTotals(result) });
  }
}

/** Adds the constructs of all objects to what the report looks up, under the names that `toViolation` gives them. */
function addConstructPaths(
  objects: readonly ObjectView[],
  metadata: ValidationContext['metadata'],
  recorded: (object: ObjectView) => string | undefined,
): void {
  const bearers = new Map<string | undefined, number>();
  for (const { name } of objects) {
    bearers.set(name, (bearers.get(name) ?? 0) + 1);
  }
  const unambiguous = ({ name = '' }: ObjectView) => (bearers.get(name) === 1 ? metadata[name]?.path : undefined);
  const paths = objects.map((object) => [formatObjectTitle(object), recorded(object) ?? unambiguous(object)] as const);
  for (const [title, path] of paths) {
    if (path !== undefined) {
      metadata[title] = { path };
    }
  }
}

function toViolation(
  { id, severity, catches, consequence, fix, source }: Rule,
  findings: readonly Finding[],
): Violation {
  return {
    ruleName: `${id} (${findings[0]?.severity ?? severity})`,
    recommendation: `${catches} ${consequence} See ${source}`,
    fix,
    violatingResources: findings.map((finding) => ({
      resourceName: formatObjectTitle(finding),
      locations: [`${finding.path}: ${finding.message}; ${finding.fix}`],
      manifestPath: `${finding.file}:${finding.line}`,
    })),
  };
}

function formatObjectTitle({ kind, name, namespace }: Pick<Finding, 'kind' | 'name' | 'namespace'>): string {
  const title = [kind, name].filter((part) => part !== undefined).join('/');
  return namespace === undefined ? title : `${title} in namespace ${namespace}`;
}
