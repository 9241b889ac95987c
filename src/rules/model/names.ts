import { validatePortName } from '../../private/names';
import { isPort } from '../../private/ports';

export {
  MAX_SUBDOMAIN,
  validateDns1035Label,
  validateDnsSubdomain,
  validateLabelValue,
  validateQualifiedName,
} from '../../private/names';

/** Validates that a value is the number or name of a port; gives nothing where it is one, or of a wrong type. */
export function validatePortReference(value: unknown): string | undefined {
  if (typeof value === 'number') {
    return isPort(value) ? undefined : `is ${value}, which is no port number`;
  }
  const problem = typeof value === 'string' ? validatePortName(value) : undefined;
  return problem === undefined ? undefined : `is "${value}", which ${problem}`;
}

/** The number that a text in quotes means, where a port was meant by its number. */
export function readQuotedNumber(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d+$/.test(value) ? value : undefined;
}
