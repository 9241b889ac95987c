import { findRepeated } from '../../private/lists';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { checkForm, type Form } from '../model/field-form';
import { checkOperator, createRequirement, OF_NODES, SELECTOR } from '../model/selector-form';
import {
  createChoice,
  createRange,
  DNS_LABEL,
  LABEL_VALUE,
  QUALIFIED_NAME,
  SUBDOMAIN,
  toOptional,
} from '../model/value-forms';
import type { Problem, Rule } from '../rule';

const MAX_WEIGHT = 100;
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** A demand on the name of a node, which is the only field that there is. */
const NODE_FIELD: Form = {
  items: {
    fields: { key: createChoice(['metadata.name']), values: { items: SUBDOMAIN } },
    check: (expression) => checkOperator(expression, { In: [1, 1], NotIn: [1, 1] }),
  },
};

const REQUIRED_TERM: Form = {
  fields: { matchExpressions: { items: createRequirement(OF_NODES, LABEL_VALUE) }, matchFields: NODE_FIELD },
};

const PREFERRED_TERM: Form = {
  fields: {
    weight: createRange(1, MAX_WEIGHT),
    preference: { fields: { matchExpressions: { items: createRequirement(OF_NODES) }, matchFields: NODE_FIELD } },
  },
};

const TOPOLOGY_KEY = toOptional({ ...QUALIFIED_NAME, fix: 'write a label of nodes, such as `kubernetes.io/hostname`' });

const LABEL_KEYS: Form = { items: QUALIFIED_NAME };

const POD_TERM: Form = {
  filled: ['topologyKey'],
  fields: {
    labelSelector: SELECTOR,
    namespaceSelector: SELECTOR,
    namespaces: { items: DNS_LABEL },
    topologyKey: TOPOLOGY_KEY,
    matchLabelKeys: LABEL_KEYS,
    mismatchLabelKeys: LABEL_KEYS,
  },
  check: checkLabelKeys,
};

const POD_AFFINITY: Form = {
  fields: {
    [REQUIRED]: { items: POD_TERM },
    [PREFERRED]: { items: { fields: { weight: createRange(1, MAX_WEIGHT), podAffinityTerm: POD_TERM } } },
  },
};

/** The places that a pod may run in. */
const POD: Form = {
  fields: {
    affinity: {
      fields: {
        nodeAffinity: {
          fields: {
            [REQUIRED]: { fields: { nodeSelectorTerms: { items: REQUIRED_TERM } }, check: checkTermsPresent },
            [PREFERRED]: { items: PREFERRED_TERM },
          },
        },
        podAffinity: POD_AFFINITY,
        podAntiAffinity: POD_AFFINITY,
      },
    },
    tolerations: {
      items: {
        fields: { key: toOptional(QUALIFIED_NAME) },
        check: (toleration) => [...checkTaint(toleration), ...checkTolerationTime(toleration)],
      },
    },
    topologySpreadConstraints: {
      items: {
        filled: ['topologyKey', 'whenUnsatisfiable', 'nodeAffinityPolicy', 'nodeTaintsPolicy'],
        fields: {
          maxSkew: createRange(1),
          minDomains: createRange(1),
          labelSelector: SELECTOR,
          matchLabelKeys: LABEL_KEYS,
        },
        check: (constraint) => [...checkLabelKeys(constraint), ...checkMinDomains(constraint)],
      },
      check: checkSpread,
    },
  },
};

export const POD_SCHEDULING: Rule = {
  id: 'pod-scheduling',
  severity: Severity.ERROR,
  catches: 'Affinities, tolerations and spread constraints of a pod that the API server does not take.',
  consequence: 'The API server rejects the pod.',
  fix: 'write what the field takes',
  source: 'https://kubernetes.io/docs/concepts/scheduling-eviction/',
  checkPod: ({ spec }) => checkForm(spec, POD),
};

function checkTermsPresent(required: Field): Problem[] {
  const at = required.at('nodeSelectorTerms');
  return at.items.length === 0
    ? [{ at, message: 'the required node affinity has no term', fix: 'write a term, or remove the affinity' }]
    : [];
}

/** Labels of which the pod's own values count, or all values but those. */
function checkLabelKeys(term: Field): Problem[] {
  const [same, other] = [term.at('matchLabelKeys'), term.at('mismatchLabelKeys')];
  const lonely = term.at('labelSelector').exists ? [] : [same, other].filter(({ items }) => items.length > 0);
  return [
    ...lonely.map((at) => ({
      at,
      message: `\`${at.name}\` stands without \`labelSelector\``,
      fix: 'write `labelSelector`',
    })),
    ...same.items
      .filter(({ text }) => text !== undefined && other.texts.includes(text))
      .map((at) => ({
        at,
        message: `label "${at.text}" stands in \`matchLabelKeys\` and in \`mismatchLabelKeys\``,
        fix: 'remove it from one of the two',
      })),
  ];
}

function checkMinDomains(constraint: Field): Problem[] {
  const at = constraint.at('minDomains');
  const message = '`minDomains` stands in a constraint that is none of `whenUnsatisfiable: DoNotSchedule`';
  return at.exists && constraint.at('whenUnsatisfiable').text === 'ScheduleAnyway'
    ? [{ at, message, fix: 'remove it, or write `DoNotSchedule`' }]
    : [];
}

function checkTaint(toleration: Field): Problem[] {
  const [key, value] = [toleration.at('key'), toleration.at('value')];
  if (toleration.at('operator').text !== 'Exists') {
    const message = 'a toleration has no `key`, and its `operator` is not "Exists"';
    return key.text
      ? checkForm(value, LABEL_VALUE)
      : [{ at: key, message, fix: 'write the key of the taint, or `operator: Exists`' }];
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

function checkSpread(constraints: Field): Problem[] {
  const spreads = constraints.items
    .map((at) => ({ at, topology: at.at('topologyKey').text, when: at.at('whenUnsatisfiable').text }))
    .filter(({ topology, when }) => topology !== undefined && when !== undefined);
  return findRepeated(spreads, ({ topology, when }) => `${topology}/${when}`).map(({ at, topology }) => ({
    at,
    message: `the pod is spread over "${topology}" twice`,
    fix: 'remove one of the two',
  }));
}
