import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { listWords } from '../model/settings';
import type { Problem, Rule } from '../rule';
import { checkUnexpandedReferences } from './shared/unexpanded-references';

/** Names as people give them to environment variables; `$(date)` in a script means a command. */
const NAME = /^[A-Z_][A-Z0-9_]*$/;

/** The variables that Kubernetes sets for each Service of the namespace. */
const SERVICE_NAME = /_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$/;

export const ENV_REFERENCE: Rule = {
  id: 'env-reference',
  severity: Severity.WARNING,
  catches:
    'A reference `$(NAME)` to an environment variable that the container does not have, or has only further down; one in a hook or a request of a probe; and `${NAME}` where no shell runs.',
  consequence: 'Kubernetes leaves the text as it is, and the software gets that instead of the value.',
  fix: 'define the variable above the reference, or write `$$(NAME)` where the text itself is meant',
  source: 'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
  checkPod: (pod, set) => {
    const unexpanded = checkUnexpandedReferences(pod, set);
    const others = (isInjected(pod) ? [] : pod.all)
      .filter(hasAllNames)
      .flatMap((container) => [...checkEnvReferences(container), ...checkCommandReferences(container)]);
    return unexpanded.length > 0 ? [...others, ...unexpanded] : others;
  },
};

/** Whether a container may get variables that the manifest does not tell: by index, from an operator or by a patch. */
function isInjected({ owner }: PodView): boolean {
  const isIndexed = owner.isJob && owner.spec.at('completionMode').text === 'Indexed';
  return !owner.isBuiltIn || owner.source.isPatched === true || isIndexed;
}

/** Variables that come from elsewhere have names that the manifest does not tell. */
function hasAllNames({ field }: ContainerView): boolean {
  return field.at('envFrom').items.length === 0;
}

function checkEnvReferences({ field, name }: ContainerView): Problem[] {
  const items = field.at('env').items;
  if (!items.some((item) => hasReference(item.at('value')))) {
    return [];
  }
  const names = items.flatMap((item) => item.at('name').text ?? []);
  const above = new Set<string>();
  return items.flatMap((item) => {
    const problems = checkReferences(item.at('value'), name, names, above);
    above.add(item.at('name').text ?? '');
    return problems;
  });
}

function checkCommandReferences(container: ContainerView): Problem[] {
  const { field, name } = container;
  const words = listWords(container).filter(hasReference);
  if (words.length === 0) {
    return [];
  }
  const names = field.at('env').items.flatMap((item) => item.at('name').text ?? []);
  const all = new Set(names);
  return words.flatMap((word) => checkReferences(word, name, names, all));
}

function hasReference({ text }: Field): boolean {
  return text?.includes('$(') ?? false;
}

function checkReferences(
  at: Field,
  container: string,
  names: readonly string[],
  variables: ReadonlySet<string>,
): Problem[] {
  const isBad = (name: string): boolean =>
    !variables.has(name) && (names.includes(name) || NAME.test(name)) && !SERVICE_NAME.test(name);
  return [...new Set(parseReferences(at.text ?? ''))].filter(isBad).map((name) => {
    const isBelow = names.includes(name);
    const meant = isBelow ? undefined : findNearest(name, [...variables]);
    const why = isBelow ? 'which is not set above it' : 'which the container does not set';
    return {
      at,
      message: `container "${container}" refers to environment variable "${name}", ${why}`,
      fix: meant && `write \`$(${meant})\``,
    };
  });
}

/** The names in `$(NAME)`, as Kubernetes reads them: `$$` stands for a dollar sign. */
function parseReferences(text: string): string[] {
  return [...text.matchAll(/\$\$|\$\(([^)]{0,256})\)/g)].flatMap(([, name]) => name ?? []);
}
