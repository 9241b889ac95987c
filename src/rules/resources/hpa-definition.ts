import { Severity } from '../finding';
import { formatKubernetesVersion } from '../kubernetes-version';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import type { ObjectView } from '../model/object-view';
import { createChoice, createRange } from '../model/value-forms';
import type { Problem, Rule } from '../rule';
import { isAutoscaler } from './shared/autoscaling';
import { METRIC, PATH_NAME } from './shared/metric-form';

const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;

/** The first minor version of Kubernetes that asks for the group of what is scaled. */
const ASKS_FOR_GROUP = 34;

/** The first minor version of Kubernetes that scales to no pod at all unless it is told not to. */
const SCALES_TO_ZERO = 37;

const SCALING: Form = {
  fields: {
    stabilizationWindowSeconds: createRange(0, MAX_WINDOW_SECONDS),
    selectPolicy: createChoice(['Max', 'Min', 'Disabled']),
    policies: {
      items: {
        fields: {
          type: createChoice(['Pods', 'Percent']),
          value: createRange(1),
          periodSeconds: createRange(1, MAX_PERIOD_SECONDS),
        },
      },
      check: checkPoliciesPresent,
    },
  },
};

/** The form of an autoscaler in any version of its API. */
const SCALER: Form = {
  fields: {
    scaleTargetRef: { required: ['kind'], filled: ['name'], fields: { kind: PATH_NAME, name: PATH_NAME } },
    targetCPUUtilizationPercentage: createRange(1),
    metrics: { items: METRIC },
    behavior: { fields: { scaleUp: SCALING, scaleDown: SCALING } },
  },
};

export const HPA_DEFINITION: Rule = {
  id: 'hpa-definition',
  severity: Severity.ERROR,
  catches: 'A HorizontalPodAutoscaler with numbers, metrics or policies that are none.',
  consequence: 'The API server rejects it, and the workload is not scaled.',
  fix: 'write numbers of pods above zero, the most no less than the fewest',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/',
  checkObject: (object) =>
    isAutoscaler(object)
      ? [
          ...checkSpecPresent(object.spec),
          ...checkForm(object.spec, SCALER),
          ...checkReplicas(object),
          ...checkTargetGroup(object),
        ]
      : [],
};

function checkSpecPresent(at: Field): Problem[] {
  const message = 'the HorizontalPodAutoscaler has no `spec`';
  return at.exists ? [] : [{ at, message, fix: 'write what it scales, and to how many pods at most' }];
}

function checkReplicas({ spec, kubernetes }: ObjectView): Problem[] {
  const [fewest, most] = [spec.at('minReplicas'), spec.at('maxReplicas')];
  const low = [fewest, most].filter(({ number }) => number !== undefined && number < 1);
  const isGated = (at: Field) => at === fewest && at.number === 0;
  return [
    ...low
      .filter((at) => !isGated(at))
      .map((at) => ({ at, message: `\`${at.name}\` is ${at.number}, and there must be one pod at least` })),
    ...low
      .filter((at) => isGated(at) && kubernetes < SCALES_TO_ZERO)
      .map((at) => ({
        at,
        message: `\`${at.name}\` is 0, which Kubernetes takes from ${formatKubernetesVersion(SCALES_TO_ZERO)} on, or with the feature gate HPAScaleToZero`,
        severity: Severity.WARNING,
      })),
    ...(low.length === 0 && (most.number ?? Number.POSITIVE_INFINITY) < (fewest.number ?? 1)
      ? [{ at: most, message: `\`maxReplicas\` is ${most.number}, less than the \`minReplicas\` of ${fewest.number}` }]
      : []),
  ];
}

/** All that can be scaled has a group, but for the old ReplicationController. */
function checkTargetGroup({ spec, kubernetes }: ObjectView): Problem[] {
  const target = spec.at('scaleTargetRef');
  const at = target.at('apiVersion');
  const isWrong = target.isObject && (!at.exists || (at.text !== undefined && !/^[^/]+\/[^/]*$/.test(at.text)));
  return isWrong && kubernetes >= ASKS_FOR_GROUP
    ? [
        {
          at,
          message: `the \`apiVersion\` of what is scaled is ${at.text ? `"${at.text}"` : 'missing'}, and names no group`,
          fix: 'write it, such as `apps/v1`',
        },
      ]
    : [];
}

function checkPoliciesPresent(at: Field): Problem[] {
  return at.items.length === 0
    ? [{ at, message: '`policies` is empty', fix: 'write a policy, or remove the list' }]
    : [];
}
