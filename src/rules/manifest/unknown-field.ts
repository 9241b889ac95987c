import { describeChoices } from '../../private/errors';
import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { formatKubernetesVersion } from '../kubernetes-version';
import { findFieldLevel } from '../model/field-level';
import type { ObjectView } from '../model/object-view';
import { checkSchema, type SchemaProblem } from '../model/schema';
import type { Problem, Rule } from '../rule';

export const UNKNOWN_FIELD: Rule = {
  id: 'unknown-field',
  severity: Severity.ERROR,
  catches:
    'A field that Kubernetes does not know, such as `port` where `ports` is meant, or that the version of the cluster does not have.',
  consequence:
    'kubectl refuses it; clients that do not validate drop the field, and the pod runs without what it says.',
  fix: 'remove the field, or write the one that is meant',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  checkObject: (object) =>
    checkSchema(object)
      .filter(({ fault }) => fault === 'unknown')
      .map((problem) => (problem.versions ? toVersionProblem(problem, object) : toUnknownProblem(problem, object))),
};

function toUnknownProblem({ at, holder, expected }: SchemaProblem, object: ObjectView): Problem {
  const meant = findNearest(at.name, expected);
  const level = meant === undefined ? findFieldLevel(at, object) : undefined;
  return {
    at,
    message: `${holder} has no field "${at.name}"${meant || level ? '' : describeChoices('known', expected)}`,
    fix: level ? `move it to ${level}, where it belongs` : meant && `write \`${meant}\``,
  };
}

function toVersionProblem({ at, holder, versions }: SchemaProblem, { kubernetes }: ObjectView): Problem {
  const { since, until } = versions!;
  const when =
    kubernetes < since
      ? `has it from ${formatKubernetesVersion(since)} on`
      : `had it until ${formatKubernetesVersion(until)}`;
  return {
    at,
    message: `${holder} has no field "${at.name}" in Kubernetes ${formatKubernetesVersion(kubernetes)}, which ${when}`,
  };
}
