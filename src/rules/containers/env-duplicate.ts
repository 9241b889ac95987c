import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

export const ENV_DUPLICATE: Rule = {
  id: 'env-duplicate',
  severity: Severity.WARNING,
  catches: 'An environment variable that stands twice in one container, without building on its first value.',
  consequence: 'Only the last value counts, and `kubectl apply` may drop either of the two.',
  fix: 'keep the one that is meant',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/',
  checkPod: ({ all }) => all.flatMap(checkDuplicateVariables),
};

function checkDuplicateVariables({ field, name: container }: ContainerView): Problem[] {
  const seen = new Set<string>();
  return field.at('env').items.flatMap((item) => {
    const name = item.at('name').text;
    if (!name || !seen.has(name)) {
      seen.add(name ?? '');
      return [];
    }
    const message = `container "${container}" sets environment variable "${name}" again, and the first value is lost`;
    return extendsItself(item, name) ? [] : [{ at: item.at('name'), message }];
  });
}

/** As in `PATH: /opt/bin:$(PATH)`, which adds to the value before. */
function extendsItself(item: Field, name: string): boolean {
  const value = item.at('value').text ?? '';
  const reference = `$(${name})`;
  return !item.at('valueFrom').exists && value !== reference && value.includes(reference);
}
