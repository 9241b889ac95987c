import { validateDivisor } from '../../private/downward-fields';
import type { Problem } from '../rule';
import type { Field } from './field';
import { checkForm, type Form } from './field-form';
import { createChoice } from './value-forms';

/** The version that the fields of a pod have. */
const FIELD_REF: Form = { fields: { apiVersion: createChoice(['', 'v1']) } };

export function checkFieldVersion(ref: Field): Problem[] {
  return checkForm(ref, FIELD_REF);
}

/** The unit that an amount is counted in. */
export function checkDivisor(ref: Field): Problem[] {
  const at = ref.at('divisor');
  const [resource, divisor] = [ref.at('resource').text ?? '', at.scalar ?? ''];
  const units = validateDivisor(resource, divisor);
  return units === undefined
    ? []
    : [{ at, message: `\`divisor\` is "${divisor}", which is no unit of "${resource}"`, fix: `write ${units}` }];
}
