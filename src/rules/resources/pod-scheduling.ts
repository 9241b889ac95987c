import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

const MAX_WEIGHT = 100;
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Operators of node selectors, with the fewest and the most values that each takes; `field-type` knows that there are no others. */
const OPERATORS: Readonly<Record<string, readonly [number, number]>> = {
  In: [1, Number.POSITIVE_INFINITY],
  NotIn: [1, Number.POSITIVE_INFINITY],
  Exists: [0, 0],
  DoesNotExist: [0, 0],
  Gt: [1, 1],
  Lt: [1, 1],
};

export const POD_SCHEDULING: Rule = {
  id: 'pod-scheduling',
  severity: Severity.ERROR,
  catches: 'Affinities, tolerations and spread constraints of a pod that the API server does not take.',
  consequence: 'The API server rejects the pod.',
  fix: 'write what the field takes',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/',
  checkPod: (pod) => [...checkAffinity(pod), ...checkTolerations(pod), ...checkSpread(pod)],
};

function checkAffinity({ spec }: PodView): Problem[] {
  const affinity = spec.at('affinity');
  const ofPods = [affinity.at('podAffinity'), affinity.at('podAntiAffinity')];
  const ofNodes = affinity.at('nodeAffinity');
  const required = ofNodes.at(REQUIRED);
  const preferred = ofNodes.at(PREFERRED).items;
  const terms = [...required.at('nodeSelectorTerms').items, ...preferred.map((term) => term.at('preference'))];
  return [
    ...(required.isObject && required.at('nodeSelectorTerms').items.length === 0
      ? [
          {
            at: required.at('nodeSelectorTerms'),
            message: 'the required node affinity has no term',
            fix: 'write a term, or remove the affinity',
          },
        ]
      : []),
    ...terms.flatMap((term) => term.at('matchExpressions').items.flatMap(checkExpression)),
    ...[...preferred, ...ofPods.flatMap((each) => each.at(PREFERRED).items)].flatMap(checkWeight),
    ...ofPods.flatMap((each) => [
      ...each.at(REQUIRED).items.flatMap(checkTopologyKey),
      ...each.at(PREFERRED).items.flatMap((term) => checkTopologyKey(term.at('podAffinityTerm'))),
    ]),
  ];
}

function checkExpression(expression: Field): Problem[] {
  const operator = expression.at('operator');
  const values = expression.at('values');
  const [fewest, most] = OPERATORS[operator.text ?? ''] ?? [0, Number.POSITIVE_INFINITY];
  const count = values.items.length;
  if (count >= fewest && count <= most) {
    return [];
  }
  const wanted = most === 0 ? 'takes none' : most === 1 ? 'takes one' : 'needs one at least';
  return [
    {
      at: values,
      message: `the operator "${operator.text}" has ${count} \`values\`, and ${wanted}`,
      fix: most === 0 ? 'remove `values`' : 'write `values`',
    },
  ];
}

function checkWeight(term: Field): Problem[] {
  const at = term.at('weight');
  return at.number !== undefined && (at.number < 1 || at.number > MAX_WEIGHT)
    ? [
        {
          at,
          message: `\`weight\` is ${at.number}, and must be from 1 to ${MAX_WEIGHT}`,
          fix: 'write a number in between',
        },
      ]
    : [];
}

function checkTopologyKey(term: Field): Problem[] {
  const at = term.at('topologyKey');
  return at.text === ''
    ? [{ at, message: '`topologyKey` is empty', fix: 'write a label of nodes, such as `kubernetes.io/hostname`' }]
    : [];
}

function checkTolerations({ spec }: PodView): Problem[] {
  return spec
    .at('tolerations')
    .items.filter(({ isObject }) => isObject)
    .flatMap((toleration) => [...checkTaint(toleration), ...checkTolerationTime(toleration)]);
}

function checkTaint(toleration: Field): Problem[] {
  const [key, value] = [toleration.at('key'), toleration.at('value')];
  if (toleration.at('operator').text !== 'Exists') {
    const message = 'a toleration has no `key`, and its `operator` is not "Exists"';
    return key.text ? [] : [{ at: key, message, fix: 'write the key of the taint, or `operator: Exists`' }];
  }
  const message = `a toleration has the value "${value.text}" with the operator "Exists"`;
  return value.text ? [{ at: value, message, fix: 'remove the value' }] : [];
}

function checkTolerationTime(toleration: Field): Problem[] {
  const at = toleration.at('tolerationSeconds');
  const message = 'a toleration has `tolerationSeconds`, and its effect is not "NoExecute"';
  return at.exists && toleration.at('effect').text !== 'NoExecute'
    ? [{ at, message, fix: 'write `effect: NoExecute`, or remove `tolerationSeconds`' }]
    : [];
}

function checkSpread({ spec }: PodView): Problem[] {
  const seen = new Set<string>();
  return spec.at('topologySpreadConstraints').items.flatMap((constraint) => {
    const [skew, topology, when] = ['maxSkew', 'topologyKey', 'whenUnsatisfiable'].map((name) =>
      constraint.at(name),
    ) as [Field, Field, Field];
    const key = `${topology.text}/${when.text}`;
    const isRepeated = topology.text !== undefined && when.text !== undefined && seen.has(key);
    seen.add(key);
    return [
      ...(skew.number !== undefined && skew.number < 1
        ? [{ at: skew, message: `\`maxSkew\` is ${skew.number}, and must be 1 or more`, fix: 'write `maxSkew: 1`' }]
        : []),
      ...checkTopologyKey(constraint),
      ...(isRepeated
        ? [{ at: constraint, message: `the pod is spread over "${topology.text}" twice`, fix: 'remove one of the two' }]
        : []),
    ];
  });
}
