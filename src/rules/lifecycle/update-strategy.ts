import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form, type ValueForm } from '../model/field-form';
import { createChoice, createRange, DNS_LABEL, toOptional } from '../model/value-forms';
import type { Problem, Rule } from '../rule';

const NOT_NEGATIVE = createRange(0);
const RETENTION = createChoice(['Retain', 'Delete']);

const PERCENT = /^(\d+)%$/;

/** A share of the pods; a number is one of pods. */
const SHARE: ValueForm = {
  type: 'string',
  accepts: (text: string) => PERCENT.test(text),
  complaint: 'which is no percentage',
  fix: 'write a number of pods, or a percentage such as `25%`',
};

const WHOLE_SHARE: ValueForm = {
  ...SHARE,
  accepts: (text: string) => Number(PERCENT.exec(text)?.[1] ?? Number.NaN) <= 100,
  complaint: 'which is no percentage up to 100%',
};

/** The form of each kind of workload beside its pods. */
const FORMS: Readonly<Record<string, Form>> = {
  Deployment: {
    fields: {
      replicas: NOT_NEGATIVE,
      minReadySeconds: NOT_NEGATIVE,
      revisionHistoryLimit: NOT_NEGATIVE,
      progressDeadlineSeconds: NOT_NEGATIVE,
      strategy: { check: checkDeploymentUpdate },
    },
    check: checkProgress,
  },
  ReplicaSet: { fields: { replicas: NOT_NEGATIVE, minReadySeconds: NOT_NEGATIVE } },
  ReplicationController: { fields: { replicas: NOT_NEGATIVE, minReadySeconds: NOT_NEGATIVE } },
  DaemonSet: {
    fields: {
      minReadySeconds: NOT_NEGATIVE,
      revisionHistoryLimit: NOT_NEGATIVE,
      updateStrategy: { check: checkDaemonSetUpdate },
    },
  },
  StatefulSet: {
    fields: {
      replicas: NOT_NEGATIVE,
      minReadySeconds: NOT_NEGATIVE,
      serviceName: toOptional(DNS_LABEL),
      ordinals: { fields: { start: NOT_NEGATIVE } },
      persistentVolumeClaimRetentionPolicy: {
        fields: { whenDeleted: toOptional(RETENTION), whenScaled: toOptional(RETENTION) },
      },
      updateStrategy: { fields: { rollingUpdate: { fields: { partition: NOT_NEGATIVE } } }, check: checkUpdateType },
    },
  },
};

export const UPDATE_STRATEGY: Rule = {
  id: 'update-strategy',
  severity: Severity.ERROR,
  catches:
    'Numbers of a workload below zero, and an update strategy with amounts that are none, that exclude each other or that its type does not take.',
  consequence: 'The API server rejects the workload.',
  fix: 'write a number of pods or a percentage for `maxSurge` or for `maxUnavailable`',
  source: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy',
  checkObject: ({ kind, apiVersion, pod, spec }) => {
    const form = pod && (apiVersion === 'apps/v1' || apiVersion === 'v1') ? FORMS[kind] : undefined;
    return form ? checkForm(spec, form) : [];
  },
};

function checkUpdateType(strategy: Field): Problem[] {
  const type = strategy.at('type').text;
  const at = strategy.at('rollingUpdate');
  return at.exists && (type === 'Recreate' || type === 'OnDelete')
    ? [
        {
          at,
          message: `\`rollingUpdate\` stands beside \`type: ${type}\``,
          fix: `remove it, or write \`type: RollingUpdate\``,
        },
      ]
    : [];
}

function checkDeploymentUpdate(strategy: Field): Problem[] {
  const update = findRollingUpdate(strategy);
  return [
    ...checkUpdateType(strategy),
    ...(update
      ? [
          ...checkAmounts(update, WHOLE_SHARE, SHARE),
          ...checkStandstill(update, readShare(update.at('maxUnavailable')), readShare(update.at('maxSurge'))),
        ]
      : []),
  ];
}

/** A DaemonSet has either more pods for a while, or fewer; none more where nothing is said. */
function checkDaemonSetUpdate(strategy: Field): Problem[] {
  const update = findRollingUpdate(strategy);
  if (!update) {
    return [];
  }
  const [unavailable, surge] = [readShare(update.at('maxUnavailable')) ?? 1, readShare(update.at('maxSurge')) ?? 0];
  const at = update.at('maxSurge');
  const message = `\`maxSurge\` is ${at.scalar} beside a \`maxUnavailable\` of ${update.at('maxUnavailable').scalar ?? 1}`;
  return [
    ...checkAmounts(update, WHOLE_SHARE, WHOLE_SHARE),
    ...checkStandstill(update, unavailable, surge),
    ...(unavailable !== 0 && surge !== 0 ? [{ at, message, fix: 'write 0 for one of the two' }] : []),
  ];
}

function findRollingUpdate(strategy: Field): Field | undefined {
  const update = strategy.at('rollingUpdate');
  return update.isObject && (strategy.at('type').text || 'RollingUpdate') === 'RollingUpdate' ? update : undefined;
}

function checkAmounts(update: Field, unavailable: ValueForm, surge: ValueForm): Problem[] {
  const [lost, added] = [update.at('maxUnavailable'), update.at('maxSurge')];
  return [
    ...[lost, added].flatMap((at) => checkForm(at, NOT_NEGATIVE)),
    ...checkForm(lost, unavailable),
    ...checkForm(added, surge),
  ];
}

function checkStandstill(update: Field, unavailable?: number, surge?: number): Problem[] {
  const message = '`maxSurge` and `maxUnavailable` are both 0, so that no pod could be replaced';
  return unavailable === 0 && surge === 0 ? [{ at: update.at('maxUnavailable'), message }] : [];
}

function readShare({ number, text }: Field): number | undefined {
  return number ?? (text === undefined ? undefined : Number(PERCENT.exec(text)?.[1] ?? 0));
}

function checkProgress(spec: Field): Problem[] {
  const [deadline, ready] = [spec.at('progressDeadlineSeconds'), spec.at('minReadySeconds')];
  const [most, least] = [deadline.number ?? 600, ready.number ?? 0];
  return most >= 0 && most <= least
    ? [
        {
          at: deadline.exists ? deadline : ready,
          message: `\`progressDeadlineSeconds\` is ${most}, and must be more than the \`minReadySeconds\` of ${least}`,
          fix: 'raise it, or lower `minReadySeconds`',
        },
      ]
    : [];
}
