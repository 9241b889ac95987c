import { Severity } from '../finding';
import type { Field } from '../model/field';
import { validateLabelValue, validateQualifiedName } from '../model/names';
import type { ObjectView } from '../model/object-view';
import { checkOperator, OF_LABELS } from '../model/selector-form';
import type { Problem, Rule } from '../rule';

const WITH_SELECTOR = new Set(['v1', 'apps/v1', 'batch/v1', 'policy/v1', 'networking.k8s.io/v1']);

export const LABEL_SYNTAX: Rule = {
  id: 'label-syntax',
  severity: Severity.ERROR,
  catches: 'A label, selector or annotation whose key or value Kubernetes does not allow, such as a value with blanks.',
  consequence: 'The API server rejects the object.',
  fix: 'shorten it to 63 letters, digits, "-", "_" and "."; put other text in an annotation',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  checkObject: (object) => [
    ...checkMetadata(object.root.at('metadata')),
    ...checkTemplateMetadata(object),
    ...listSelectors(object).flatMap(checkSelector),
  ],
};

function checkMetadata(metadata: Field): Problem[] {
  return [...checkLabels(metadata.at('labels'), 'label'), ...checkAnnotationKeys(metadata.at('annotations'))];
}

function checkTemplateMetadata({ root, pod }: ObjectView): Problem[] {
  if (!pod) {
    return [];
  }
  const metadata = pod.template === root ? [] : checkMetadata(pod.template.at('metadata'));
  return [...metadata, ...checkLabels(pod.spec.at('nodeSelector'), 'node label')];
}

/** The label selectors of an object, and the plain ones, which are labels and nothing else. */
function listSelectors({ apiVersion, kind, spec }: ObjectView): Field[] {
  return WITH_SELECTOR.has(apiVersion) ? [spec.at(kind === 'NetworkPolicy' ? 'podSelector' : 'selector')] : [];
}

function checkSelector(selector: Field): Problem[] {
  const isPlain = selector.fields.every(({ value }) => typeof value === 'string');
  const expressions = selector.at('matchExpressions').items;
  return [
    ...checkLabels(isPlain ? selector : selector.at('matchLabels'), 'label'),
    ...expressions.flatMap((expression) => checkMetadataKey(expression.at('key'), expression.at('key').text, 'label')),
    ...expressions.flatMap((expression) => expression.at('values').items.flatMap((value) => checkLabelValue(value))),
    ...expressions.flatMap((expression) => checkOperator(expression, OF_LABELS)),
  ];
}

function checkLabels(labels: Field, what: string): Problem[] {
  return labels.fields.flatMap((field) => [...checkMetadataKey(field, field.name, what), ...checkLabelValue(field)]);
}

/** Of annotations only the key is checked, and upper case counts as lower case. */
function checkAnnotationKeys(annotations: Field): Problem[] {
  return annotations.fields.flatMap((field) =>
    validateQualifiedName(field.name.toLowerCase()) === undefined
      ? []
      : checkMetadataKey(field, field.name, 'annotation'),
  );
}

function checkMetadataKey(at: Field, key: string | undefined, what: string): Problem[] {
  const problem = key === undefined ? undefined : validateQualifiedName(key);
  return problem === undefined ? [] : [{ at, message: `${what} key "${key}" ${problem}` }];
}

function checkLabelValue(at: Field): Problem[] {
  const problem = at.text === undefined ? undefined : validateLabelValue(at.text);
  return problem === undefined ? [] : [{ at, message: `label value "${at.text}" ${problem}` }];
}
