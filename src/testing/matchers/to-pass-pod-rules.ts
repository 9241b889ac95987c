import { createError, throwFirst } from '../../private/errors';
import { runRules } from '../../rules/engine';
import { type Finding, isAtLeast, Severity } from '../../rules/finding';
import { toKubernetesVersion, validateKubernetesVersion } from '../../rules/kubernetes-version';
import { RULES } from '../../rules/list';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodRulesOptions } from '../../rules/pod-rules-options';
import { describeFinding } from '../../rules/report';
import { PodHandle } from '../pod-handle';
import { type MatcherResult, toMatcherResult } from './result';
import { toManifests } from './subject';

/** Options of `toPassPodRules`. */
export interface PassPodRulesOptions extends PodRulesOptions {
  /**
   * The least severity that fails the test.
   *
   * @default Severity.WARNING
   */
  readonly failOn?: Severity;
}

/** Whether the rules for pods have nothing against manifests, or against one pod among them. */
export function toPassPodRules(subject: unknown, options: PassPodRulesOptions = {}): MatcherResult {
  const { failOn = Severity.WARNING } = options;
  const findings = listActiveFindings(subject, options).filter(({ severity }) => isAtLeast(severity, failOn));
  const title = subject instanceof PodHandle ? subject : toManifests(subject, 'toPassPodRules');
  return toMatcherResult(title, 'toPassPodRules', [], {
    pass: findings.length === 0,
    because:
      findings.length === 0
        ? `no rule has a finding of severity "${failOn}" or worse`
        : `${findings.length === 1 ? 'one finding' : `${findings.length} findings`}:\n${findings.map(formatFinding).join('\n')}`,
  });
}

/** The findings that are not suppressed. A pod is judged among all objects that are applied with it. */
function listActiveFindings(subject: unknown, { severities, kubernetesVersion }: PodRulesOptions): Finding[] {
  throwFirst('toPassPodRules', validateKubernetesVersion('kubernetesVersion', kubernetesVersion));
  const objects = toObjectViews(subject).map((object) => toKubernetesVersion(object, kubernetesVersion));
  const findings = runRules(objects, RULES, severities).filter(
    ({ suppressedBecause }) => suppressedBecause === undefined,
  );
  return subject instanceof PodHandle ? findings.filter((finding) => isAbout(finding, subject)) : findings;
}

function toObjectViews(subject: unknown): readonly ObjectView[] {
  if (subject instanceof PodHandle) {
    return subject.set.objects;
  }
  const { objects } = toManifests(subject, 'toPassPodRules');
  if (objects.length === 0) {
    throw createError('toPassPodRules', 'there are no manifests, so there is nothing to test');
  }
  return objects;
}

function isAbout({ kind, name, namespace }: Finding, { view: { owner } }: PodHandle): boolean {
  return kind === owner.kind && name === owner.name && namespace === owner.namespace;
}

function formatFinding(finding: Finding): string {
  const { file, line: number } = finding;
  return `  ${file === undefined ? '' : `${file}:${number} `}${describeFinding(finding)}`;
}
