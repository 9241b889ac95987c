import { choices } from '../../private/errors';
import { nearest } from '../../private/nearest';
import { Severity } from '../finding';
import { KUBERNETES_VERSION, schemaProblems } from '../model/schema';
import type { Rule } from '../rule';

export const UNKNOWN_FIELD: Rule = {
  id: 'unknown-field',
  severity: Severity.ERROR,
  catches: `A field that Kubernetes ${KUBERNETES_VERSION} does not know, such as \`port\` where \`ports\` is meant.`,
  consequence:
    'kubectl refuses it; clients that do not validate drop the field, and the pod runs without what it says.',
  fix: 'remove the field, or write the one that is meant',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  object: (object) =>
    schemaProblems(object)
      .filter(({ kind }) => kind === 'unknown')
      .map(({ at, holder, expected }) => {
        const meant = nearest(at.name, expected);
        return {
          at,
          message: `${holder} has no field "${at.name}"${meant ? '' : choices('known', expected)}`,
          fix: meant && `write \`${meant}\``,
        };
      }),
};
