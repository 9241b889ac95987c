import { Severity } from '../finding';
import type { Field } from '../model/field';
import { labelValueProblem, qualifiedNameProblem } from '../model/names';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';

const WITH_SELECTOR = new Set(['v1', 'apps/v1', 'batch/v1', 'policy/v1', 'networking.k8s.io/v1']);

export const LABEL_SYNTAX: Rule = {
  id: 'label-syntax',
  severity: Severity.ERROR,
  catches: 'A label, selector or annotation whose key or value Kubernetes does not allow, such as a value with blanks.',
  consequence: 'The API server rejects the object.',
  fix: 'shorten it to 63 letters, digits, "-", "_" and "."; put other text in an annotation',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set',
  object: (object) => [
    ...metadataProblems(object.root.at('metadata')),
    ...templateProblems(object),
    ...selectorsOf(object).flatMap(selectorProblems),
  ],
};

function metadataProblems(metadata: Field): Problem[] {
  return [...labelProblems(metadata.at('labels'), 'label'), ...annotationProblems(metadata.at('annotations'))];
}

function templateProblems({ root, pod }: ObjectView): Problem[] {
  if (!pod) {
    return [];
  }
  const metadata = pod.template === root ? [] : metadataProblems(pod.template.at('metadata'));
  return [...metadata, ...labelProblems(pod.spec.at('nodeSelector'), 'node label')];
}

/** The label selectors of an object, and the plain ones, which are labels and nothing else. */
function selectorsOf({ apiVersion, kind, spec }: ObjectView): Field[] {
  return WITH_SELECTOR.has(apiVersion) ? [spec.at(kind === 'NetworkPolicy' ? 'podSelector' : 'selector')] : [];
}

function selectorProblems(selector: Field): Problem[] {
  const isPlain = selector.fields.every(({ value }) => typeof value === 'string');
  const expressions = selector.at('matchExpressions').items;
  return [
    ...labelProblems(isPlain ? selector : selector.at('matchLabels'), 'label'),
    ...expressions.flatMap((expression) => keyProblems(expression.at('key'), expression.at('key').text, 'label')),
    ...expressions.flatMap((expression) => expression.at('values').items.flatMap((value) => valueProblems(value))),
  ];
}

function labelProblems(labels: Field, what: string): Problem[] {
  return labels.fields.flatMap((field) => [...keyProblems(field, field.name, what), ...valueProblems(field)]);
}

/** Of annotations only the key is checked, and upper case counts as lower case. */
function annotationProblems(annotations: Field): Problem[] {
  return annotations.fields.flatMap((field) =>
    qualifiedNameProblem(field.name.toLowerCase()) === undefined ? [] : keyProblems(field, field.name, 'annotation'),
  );
}

function keyProblems(at: Field, key: string | undefined, what: string): Problem[] {
  const problem = key === undefined ? undefined : qualifiedNameProblem(key);
  return problem === undefined ? [] : [{ at, message: `${what} key "${key}" ${problem}` }];
}

function valueProblems(at: Field): Problem[] {
  const problem = at.text === undefined ? undefined : labelValueProblem(at.text);
  return problem === undefined ? [] : [{ at, message: `label value "${at.text}" ${problem}` }];
}
