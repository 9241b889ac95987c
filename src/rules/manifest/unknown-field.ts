import { describeChoices } from '../../private/errors';
import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import { checkSchema, KUBERNETES_VERSION } from '../model/schema';
import type { Rule } from '../rule';

export const UNKNOWN_FIELD: Rule = {
  id: 'unknown-field',
  severity: Severity.ERROR,
  catches: `A field that Kubernetes ${KUBERNETES_VERSION} does not know, such as \`port\` where \`ports\` is meant.`,
  consequence:
    'kubectl refuses it; clients that do not validate drop the field, and the pod runs without what it says.',
  fix: 'remove the field, or write the one that is meant',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  checkObject: (object) =>
    checkSchema(object)
      .filter(({ fault }) => fault === 'unknown')
      .map(({ at, holder, expected }) => {
        const meant = findNearest(at.name, expected);
        return {
          at,
          message: `${holder} has no field "${at.name}"${meant ? '' : describeChoices('known', expected)}`,
          fix: meant && `write \`${meant}\``,
        };
      }),
};
