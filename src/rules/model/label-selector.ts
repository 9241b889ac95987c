import type { Field } from './field';

/** A demand of a label selector that labels do not meet. */
export interface Mismatch {
  /** The label. */
  readonly label: string;
  /** The value that is wanted of it, as in `"web"` or `one of "a", "b"`. */
  readonly wanted: string;
}

/** Why a label selector does not select these labels; nothing where it does, or where it is not readable. */
export function findMismatch(selector: Field, labels: Field): Mismatch | undefined {
  for (const wanted of selector.at('matchLabels').fields) {
    const { name } = wanted;
    const text = readLabel(wanted);
    if (text !== undefined && readLabel(labels.at(name)) !== text) {
      return { label: name, wanted: `"${text}"` };
    }
  }
  for (const requirement of selector.at('matchExpressions').items) {
    const wanted = describeUnmet(requirement, labels);
    if (wanted !== undefined) {
      return { label: requirement.at('key').text!, wanted };
    }
  }
  return undefined;
}

/** Whether a label selector selects all there is. */
export function selectsAll(selector: Field): boolean {
  return selector.at('matchLabels').names.length === 0 && selector.at('matchExpressions').items.length === 0;
}

/** The value of a label; one without a value is empty. */
export function readLabel({ value, text }: Field): string | undefined {
  return value === null ? '' : text;
}

function describeUnmet(requirement: Field, labels: Field): string | undefined {
  const key = requirement.at('key').text;
  if (key === undefined) {
    return undefined;
  }
  const label = readLabel(labels.at(key));
  const values = requirement.at('values').texts;
  switch (requirement.at('operator').text) {
    case 'In':
      return label !== undefined && values.includes(label) ? undefined : `one of ${quoteValues(values)}`;
    case 'NotIn':
      return label !== undefined && values.includes(label) ? `none of ${quoteValues(values)}` : undefined;
    case 'Exists':
      return label !== undefined ? undefined : 'there';
    case 'DoesNotExist':
      return label !== undefined ? 'absent' : undefined;
    default:
      return undefined;
  }
}

function quoteValues(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(', ');
}
