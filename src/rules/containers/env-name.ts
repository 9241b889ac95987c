import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

/** Printable ASCII without `=`, as Kubernetes has it from version 1.32 on; before it was letters, digits, `-`, `_` and `.`. */
const NAME = /^[ -<>-~]+$/;

export const ENV_NAME: Rule = {
  id: 'env-name',
  severity: Severity.ERROR,
  catches: 'An environment variable with an empty name, or with a name that has "=" or other than ASCII characters.',
  consequence: 'The API server rejects the pod.',
  fix: 'use capital letters, digits and "_"',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  checkPod: ({ all }) => all.flatMap(checkVariableNames),
};

function checkVariableNames({ field, name }: ContainerView): Problem[] {
  return [
    ...field.at('env').items.flatMap((item) => checkVariableName(item.at('name'), `environment variable`, name)),
    ...field
      .at('envFrom')
      .items.filter((item) => item.at('prefix').value !== '')
      .flatMap((item) => checkVariableName(item.at('prefix'), `prefix of environment variables`, name)),
  ];
}

function checkVariableName(at: Field, what: string, container: string): Problem[] {
  if (at.text === undefined || NAME.test(at.text)) {
    return [];
  }
  const problem = at.text === '' ? 'is empty' : 'may have only printable ASCII characters other than "="';
  return [{ at, message: `container "${container}": ${what} "${at.text}" ${problem}` }];
}
