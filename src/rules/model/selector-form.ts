import { hasOwn } from '../../private/own';
import type { Problem } from '../rule';
import type { Field } from './field';
import type { Form, HolderForm } from './field-form';
import { LABEL_VALUE, QUALIFIED_NAME } from './value-forms';

/** The fewest and the most values that each operator takes. */
export type Operators = Readonly<Record<string, readonly [fewest: number, most: number]>>;

const MANY = Number.POSITIVE_INFINITY;

/** The operators of label selectors. */
export const OF_LABELS: Operators = { In: [1, MANY], NotIn: [1, MANY], Exists: [0, 0], DoesNotExist: [0, 0] };

/** The operators of node affinities. */
export const OF_NODES: Operators = { ...OF_LABELS, Gt: [1, 1], Lt: [1, 1] };

/** A demand on a label: its key, its operator and as many values as that takes. */
export function createRequirement(operators: Operators, values?: Form): HolderForm {
  return {
    fields: { key: QUALIFIED_NAME, ...(values && { values: { items: values } }) },
    check: (expression) => checkOperator(expression, operators),
  };
}

/** A selector of objects by their labels. */
export const SELECTOR: Form = {
  fields: {
    matchLabels: { keys: QUALIFIED_NAME, values: LABEL_VALUE },
    matchExpressions: { items: createRequirement(OF_LABELS, LABEL_VALUE) },
  },
};

/** Checks that the operator exists, and has as many values as it takes. */
export function checkOperator(expression: Field, operators: Operators): Problem[] {
  const operator = expression.at('operator');
  const values = expression.at('values');
  if (operator.text === undefined) {
    return [];
  }
  const counts = hasOwn(operators, operator.text) ? operators[operator.text] : undefined;
  if (!counts) {
    return [
      {
        at: operator,
        message: `\`operator\` is "${operator.text}", which does not exist here`,
        fix: `write ${Object.keys(operators).join(', ')}`,
      },
    ];
  }
  const [fewest, most] = counts;
  const count = values.items.length;
  const wanted = most === 0 ? 'takes none' : most === 1 ? 'takes one' : 'needs one at least';
  const message = `the operator "${operator.text}" has ${count} \`values\`, and ${wanted}`;
  return count >= fewest && count <= most
    ? []
    : [{ at: values, message, fix: most === 0 ? 'remove `values`' : 'write `values`' }];
}
