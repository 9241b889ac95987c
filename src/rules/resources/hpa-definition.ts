import { MAX_INT } from '../../private/values';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';

/** The metrics by their types, and the field that describes each. */
const SOURCES: Readonly<Record<string, string>> = {
  Resource: 'resource',
  ContainerResource: 'containerResource',
  Pods: 'pods',
  Object: 'object',
  External: 'external',
};
const TARGETS = ['Utilization', 'Value', 'AverageValue'];
const POLICIES = ['Pods', 'Percent'];
const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;

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
          ...checkReplicas(object.spec),
          ...checkTarget(object.spec.at('scaleTargetRef')),
          ...object.spec.at('metrics').items.flatMap(checkMetric),
          ...['scaleUp', 'scaleDown'].flatMap((rule) => checkBehavior(object.spec.at('behavior', rule))),
        ]
      : [],
};

function isAutoscaler({ kind, apiVersion }: ObjectView): boolean {
  return kind === 'HorizontalPodAutoscaler' && apiVersion === 'autoscaling/v2';
}

function checkReplicas(spec: Field): Problem[] {
  const [fewest, most] = [spec.at('minReplicas'), spec.at('maxReplicas')];
  const low = [fewest, most].filter(({ number }) => number !== undefined && number < 1);
  return [
    // Zero pods at least are allowed where a cluster has the gate for it.
    ...low
      .filter((at) => at === most || at.number! < 0)
      .map((at) => ({ at, message: `\`${at.name}\` is ${at.number}, and there must be one pod at least` })),
    ...(low.length === 0 && (most.number ?? Number.POSITIVE_INFINITY) < (fewest.number ?? 1)
      ? [{ at: most, message: `\`maxReplicas\` is ${most.number}, less than the \`minReplicas\` of ${fewest.number}` }]
      : []),
  ];
}

function checkTarget(target: Field): Problem[] {
  return !target.isObject
    ? []
    : ['kind', 'name']
        .map((name) => target.at(name))
        .filter((at) => at.text === '')
        .map((at) => ({
          at,
          message: `\`scaleTargetRef.${at.name}\` is empty`,
          fix: 'write the kind and the name of the workload',
        }));
}

function checkMetric(metric: Field): Problem[] {
  const type = metric.at('type');
  const source = SOURCES[type.text ?? ''];
  if (type.text === undefined || source === undefined) {
    return type.text === undefined
      ? []
      : [
          {
            at: type,
            message: `a metric has the type "${type.text}", which does not exist`,
            fix: `write one of ${Object.keys(SOURCES).join(', ')}`,
          },
        ];
  }
  const described = metric.at(source);
  return described.exists
    ? checkMetricTarget(described.at('target'))
    : [
        {
          at: described,
          message: `a metric of type ${type.text} has no \`${source}\``,
          fix: `describe it in \`${source}\``,
        },
      ];
}

function checkMetricTarget(target: Field): Problem[] {
  const [type, share] = [target.at('type'), target.at('averageUtilization')];
  return [
    ...(type.text === undefined || TARGETS.includes(type.text)
      ? []
      : [
          {
            at: type,
            message: `the target of a metric has the type "${type.text}", which does not exist`,
            fix: `write one of ${TARGETS.join(', ')}`,
          },
        ]),
    ...(share.number !== undefined && share.number < 1
      ? [
          {
            at: share,
            message: `\`averageUtilization\` is ${share.number}, and must be above zero`,
            fix: 'write a number of percent, such as 60',
          },
        ]
      : []),
  ];
}

function checkBehavior(rule: Field): Problem[] {
  const window = rule.at('stabilizationWindowSeconds');
  return [
    ...checkRange(window, 0, MAX_WINDOW_SECONDS),
    ...rule
      .at('policies')
      .items.flatMap((policy) => [
        ...checkRange(policy.at('periodSeconds'), 1, MAX_PERIOD_SECONDS),
        ...checkRange(policy.at('value'), 1, MAX_INT),
        ...checkPolicyType(policy.at('type')),
      ]),
  ];
}

function checkPolicyType(type: Field): Problem[] {
  return type.text === undefined || POLICIES.includes(type.text)
    ? []
    : [
        {
          at: type,
          message: `a policy has the type "${type.text}", which does not exist`,
          fix: `write one of ${POLICIES.join(', ')}`,
        },
      ];
}

function checkRange(at: Field, least: number, most: number): Problem[] {
  const { number } = at;
  return number === undefined || (number >= least && number <= most)
    ? []
    : [
        {
          at,
          message: `\`${at.name}\` is ${number}, and must be from ${least} to ${most}`,
          fix: `write a number in between`,
        },
      ];
}
