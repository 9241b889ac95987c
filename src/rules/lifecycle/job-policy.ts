import { Severity } from '../finding';
import { checkContainerName } from '../model/container-names';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { PodView } from '../model/pod-view';
import { createChoice, createRange, QUALIFIED_NAME } from '../model/value-forms';
import type { Problem, Rule } from '../rule';
import { checkSuccessRules } from './shared/success-rules';

const MAX_INDEXED_PODS = 100_000;
const MAX_MANAGER = 63;
const MAX_RULES = 20;

const FAILURE_RULES: Form = {
  items: {
    filled: ['action'],
    fields: {
      onExitCodes: { filled: ['operator'], fields: { values: { check: checkExitCodes } }, check: checkZero },
      onPodConditions: {
        items: {
          fields: { type: QUALIFIED_NAME, status: createChoice(['', 'True', 'False', 'Unknown']) },
        },
      },
    },
    check: checkFailureRule,
  },
  check: checkRuleCount,
};

/** The form of a Job beside its pod. */
const JOB: Form = {
  filled: ['completionMode', 'podReplacementPolicy'],
  fields: {
    podFailurePolicy: { fields: { rules: FAILURE_RULES } },
    managedBy: {
      type: 'string',
      accepts: (text: string) =>
        /^[^/]+\/[\w/\-.~%!$&'()*+,;=:]+$/.test(text) &&
        text.length <= MAX_MANAGER &&
        QUALIFIED_NAME.accepts(text.replace(/\/.*/s, '/a') as never),
      complaint: 'which is no path after a domain',
      fix: 'write it as `example.com/jobs`',
    },
  },
  check: (spec) => [...checkIndexed(spec), ...checkFailurePolicy(spec), ...checkSuccessPolicy(spec)],
};

export const JOB_POLICY: Rule = {
  id: 'job-policy',
  severity: Severity.ERROR,
  catches:
    'A policy of a Job for pods that fail or succeed that the API server does not take, and settings of an indexed Job on one that is not.',
  consequence: 'The API server rejects the Job, or the CronJob that makes it.',
  fix: 'correct the rule of the policy',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy',
  checkPod: (pod) => {
    const { owner } = pod;
    if (!owner.isJob || !owner.apiVersion.startsWith('batch/')) {
      return [];
    }
    const spec = owner.kind === 'Job' ? owner.spec : owner.spec.at('jobTemplate', 'spec');
    return [...checkForm(spec, JOB), ...checkExitedContainers(spec, pod), ...checkOwnSelector(owner, spec)];
  },
};

function checkRuleCount(at: Field): Problem[] {
  const count = at.items.length;
  return count > MAX_RULES
    ? [{ at, message: `the policy has ${count} rules, and at most ${MAX_RULES} are allowed`, fix: 'remove some' }]
    : [];
}

function checkFailureRule(rule: Field): Problem[] {
  const [codes, conditions] = [rule.at('onExitCodes'), rule.at('onPodConditions')];
  const hasConditions = conditions.items.length > 0;
  if (codes.exists !== hasConditions) {
    return [];
  }
  const message = hasConditions
    ? 'a rule has `onExitCodes` and `onPodConditions`, and only one is allowed'
    : 'a rule has neither `onExitCodes` nor `onPodConditions`';
  return [{ at: codes, message, fix: 'write one of the two' }];
}

function checkExitCodes(at: Field): Problem[] {
  const codes = at.items.flatMap(({ number }) => number ?? []);
  const isOrdered = codes.every((code, index) => index === 0 || codes[index - 1]! < code);
  return at.items.length === 0
    ? [{ at, message: 'a rule names no exit code', fix: 'write `values`' }]
    : isOrdered
      ? []
      : [{ at, message: `the exit codes ${codes.join(', ')} are not in order, or one stands twice`, fix: 'sort them' }];
}

/** A container that succeeds has not failed. */
function checkZero(codes: Field): Problem[] {
  const at = codes.at('values').items.find(({ value }) => value === 0 || value === null);
  return at && codes.at('operator').text === 'In'
    ? [{ at, message: 'the exit code 0 stands in a rule about failures', fix: 'remove it' }]
    : [];
}

function checkFailurePolicy(spec: Field): Problem[] {
  const policy = spec.at('podFailurePolicy');
  const replacement = spec.at('podReplacementPolicy');
  return [
    ...policy
      .at('rules')
      .items.map((rule) => rule.at('action'))
      .filter(({ text }) => text === 'FailIndex' && !spec.at('backoffLimitPerIndex').exists)
      .map((at) => ({
        at,
        message: 'a rule fails an index, and the Job has no `backoffLimitPerIndex`',
        fix: 'write `backoffLimitPerIndex`, or `action: FailJob`',
      })),
    ...(policy.exists && replacement.text === 'TerminatingOrFailed'
      ? [
          {
            at: replacement,
            message:
              '`podReplacementPolicy` is "TerminatingOrFailed" beside a `podFailurePolicy`, which takes "Failed" alone',
            fix: 'write `Failed`, or remove it',
          },
        ]
      : []),
  ];
}

function checkIndexed(spec: Field): Problem[] {
  const [limit, failed] = [spec.at('backoffLimitPerIndex'), spec.at('maxFailedIndexes')];
  const message = '`maxFailedIndexes` stands without `backoffLimitPerIndex`';
  return [
    ...(spec.at('completionMode').text === 'Indexed'
      ? checkIndexCount(spec)
      : [limit, failed, spec.at('successPolicy')]
          .filter(({ exists }) => exists)
          .map((at) => ({
            at,
            message: `\`${at.name}\` stands in a Job that is not indexed`,
            fix: 'write `completionMode: Indexed`',
          }))),
    ...(failed.exists && !limit.exists ? [{ at: limit, message, fix: 'write `backoffLimitPerIndex`' }] : []),
  ];
}

/** Kubernetes completes a Job that says neither how many pods complete nor how many run at once: one. It does not complete that of a CronJob. */
function checkIndexCount(spec: Field): Problem[] {
  const [completions, parallelism] = [spec.at('completions'), spec.at('parallelism')];
  const message = 'an indexed Job says no `completions`';
  const most = Math.min(completions.number ?? MAX_INDEXED_PODS, MAX_INDEXED_PODS);
  return [
    ...((parallelism.exists || spec.keys.length > 1) && !completions.exists
      ? [{ at: completions, message, fix: 'write how many pods are to complete' }]
      : []),
    ...checkForm(parallelism, createRange(0, MAX_INDEXED_PODS)),
    ...checkForm(spec.at('maxFailedIndexes'), createRange(0, most)),
  ];
}

function checkSuccessPolicy(spec: Field): Problem[] {
  const rules = spec.at('successPolicy', 'rules');
  return spec.at('successPolicy').exists && spec.at('completionMode').text === 'Indexed'
    ? [...checkRuleCount(rules), ...checkSuccessRules(rules, spec.at('completions').number)]
    : [];
}

function checkExitedContainers(spec: Field, pod: PodView): Problem[] {
  return spec
    .at('podFailurePolicy', 'rules')
    .items.flatMap((rule) => checkContainerName(rule.at('onExitCodes', 'containerName'), pod, 'a rule is about'));
}

/** A Job chooses its pods itself, unless it is told that somebody else does. */
function checkOwnSelector({ kind, spec: outer }: PodView['owner'], spec: Field): Problem[] {
  const [at, manual] = [spec.at('selector'), spec.at('manualSelector')];
  if (kind === 'CronJob') {
    return [at, ...(manual.isTrue ? [manual] : [])]
      .filter(({ exists }) => exists)
      .map((wrong) => ({
        at: wrong,
        message: `\`${wrong.name}\` stands in a CronJob, whose Jobs choose their pods themselves`,
        fix: 'remove it',
      }));
  }
  if (manual.isTrue) {
    return at.exists || !outer.isObject
      ? []
      : [{ at, message: 'a Job with `manualSelector: true` has no `selector`', fix: 'remove `manualSelector`' }];
  }
  const wanted = at.at('matchExpressions').items.filter((item) => /^(In|Exists)$/.test(item.at('operator').text ?? ''));
  const names = [...at.at('matchLabels').names, ...wanted.flatMap((item) => item.at('key').text ?? [])];
  const foreign = names.find((name) => !OWN_LABEL.test(name));
  return foreign === undefined
    ? []
    : [
        {
          at,
          message: `the selector of the Job names label "${foreign}", and Kubernetes writes the selector itself`,
          fix: 'remove it',
        },
      ];
}

/** The labels that Kubernetes gives the pods of a Job. */
const OWN_LABEL = /^(batch\.kubernetes\.io\/)?(controller-uid|job-name)$/;
