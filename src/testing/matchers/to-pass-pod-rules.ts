import { failure } from '../../private/errors';
import { findingsOf } from '../../rules/engine';
import { type Finding, isAtLeast, Severity } from '../../rules/finding';
import { RULES } from '../../rules/list';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodRulesOptions } from '../../rules/pod-rules-options';
import { describe } from '../../rules/report';
import { PodHandle } from '../pod-handle';
import { type MatcherResult, result } from './result';
import { manifestsOf } from './subject';

/** How `toPassPodRules` applies the rules. */
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
  const { severities, failOn = Severity.WARNING } = options;
  const findings = active(subject, severities).filter(({ severity }) => isAtLeast(severity, failOn));
  const title = subject instanceof PodHandle ? subject : manifestsOf(subject, 'toPassPodRules');
  return result(title, 'toPassPodRules', [], {
    pass: findings.length === 0,
    because:
      findings.length === 0
        ? `no rule has a finding of severity "${failOn}" or worse`
        : `${findings.length === 1 ? 'one finding' : `${findings.length} findings`}:\n${findings.map(line).join('\n')}`,
  });
}

/** The findings that are not suppressed. A pod is judged among all objects that are applied with it. */
function active(subject: unknown, severities: PodRulesOptions['severities']): Finding[] {
  const objects = objectsOf(subject);
  const findings = findingsOf(objects, RULES, severities).filter(
    ({ suppressedBecause }) => suppressedBecause === undefined,
  );
  return subject instanceof PodHandle ? findings.filter((finding) => isAbout(finding, subject)) : findings;
}

function objectsOf(subject: unknown): readonly ObjectView[] {
  if (subject instanceof PodHandle) {
    return subject.set.objects;
  }
  const { objects } = manifestsOf(subject, 'toPassPodRules');
  if (objects.length === 0) {
    throw failure('toPassPodRules', 'there are no manifests, so there is nothing to test');
  }
  return objects;
}

function isAbout({ kind, name, namespace }: Finding, { view: { owner } }: PodHandle): boolean {
  return kind === owner.kind && name === owner.name && namespace === owner.namespace;
}

function line(finding: Finding): string {
  const { file, line: number } = finding;
  return `  ${file === undefined ? '' : `${file}:${number} `}${describe(finding)}`;
}
