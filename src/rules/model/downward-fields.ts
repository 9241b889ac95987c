import { toNanos } from '../../private/quantities';
import type { Problem } from '../rule';
import type { Field } from './field';
import { checkForm, type Form } from './field-form';
import { createChoice } from './value-forms';

/** The resources of a container that it can read; huge pages have their size in the name. */
export const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
  `limits.${name}`,
  `requests.${name}`,
]);

/** The version that the fields of a pod have. */
const FIELD_REF: Form = { fields: { apiVersion: createChoice(['', 'v1']) } };

export function isResource(name: string): boolean {
  return RESOURCES.includes(name) || /^(limits|requests)\.hugepages-/.test(name);
}

export function checkFieldVersion(ref: Field): Problem[] {
  return checkForm(ref, FIELD_REF);
}

const NANO = 1_000_000_000n;
const DECIMAL = Array.from({ length: 7 }, (_, power) => NANO * 1000n ** BigInt(power));
const BINARY = Array.from({ length: 6 }, (_, power) => NANO * 1024n ** BigInt(power + 1));

/** The unit that an amount is counted in: one, or thousands of cores, or one of the usual ones of memory. */
export function checkDivisor(ref: Field): Problem[] {
  const at = ref.at('divisor');
  const resource = ref.at('resource').text ?? '';
  const text = at.scalar ?? '';
  const nanos = toNanos(at.scalar);
  if (nanos === undefined || nanos === 0n || /[eE]\d/.test(text) || !isResource(resource)) {
    return [];
  }
  const ofCores = /\.cpu$/.test(resource);
  const units = ofCores ? [NANO, NANO / 1000n] : /i$/.test(text) ? BINARY : DECIMAL;
  const fix = ofCores ? 'write `1` or `1m`' : 'write `1`, `1k`, `1M`, `1Ki`, `1Mi` and so on';
  return units.includes(nanos)
    ? []
    : [{ at, message: `\`divisor\` is "${text}", which is no unit of "${resource}"`, fix }];
}
