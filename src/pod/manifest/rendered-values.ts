import { validateText } from '../../private/texts';
import { MAX_INT } from '../../private/values';

/** Fields whose numbers mean something below zero, too. */
const MAY_BE_NEGATIVE = new Set(['tolerationSeconds', 'priority', 'values']);

/** Fields whose numbers have 64 bits. */
const WIDE = new Set(['activeDeadlineSeconds', 'terminationGracePeriodSeconds', 'tolerationSeconds', 'seconds']);

/** The first text or number in rendered data that kubectl or the API server cannot read. */
export function validateLeaves(value: unknown, subject: string): string[] {
  const found = findUnreadable(value, '');
  return found ? [`\`${toPath(found.keys)}\`${subject} ${found.problem}`] : [];
}

interface Unreadable {
  readonly keys: string[];
  readonly problem: string;
}

/** The keys are put together on the way out, so that data that is right costs nothing for them. */
function findUnreadable(value: unknown, key: string): Unreadable | undefined {
  if (value === null || typeof value !== 'object') {
    const problem = validateLeaf(value, key);
    return problem === undefined ? undefined : { keys: [], problem };
  }
  return Array.isArray(value) ? findInList(value, key) : findInObject(value as Record<string, unknown>);
}

function findInObject(value: Record<string, unknown>): Unreadable | undefined {
  for (const key in value) {
    const found = findUnreadable(value[key], key);
    if (found) {
      found.keys.unshift(`.${key}`);
      return found;
    }
  }
  return undefined;
}

function findInList(values: readonly unknown[], key: string): Unreadable | undefined {
  for (let index = 0; index < values.length; index++) {
    const found = findUnreadable(values[index], key);
    if (found) {
      found.keys.unshift(`[${index}]`);
      return found;
    }
  }
  return undefined;
}

function validateLeaf(value: unknown, key: string): string | undefined {
  if (typeof value === 'string') {
    return validateText(value);
  }
  if (typeof value !== 'number') {
    return undefined;
  }
  const most = WIDE.has(key) ? Number.MAX_SAFE_INTEGER : MAX_INT;
  const least = MAY_BE_NEGATIVE.has(key) ? -most : 0;
  return Number.isInteger(value) && value >= least && value <= most
    ? undefined
    : `is ${value}; pass a whole number from ${least} to ${most}`;
}

function toPath(keys: readonly string[]): string {
  return keys.join('').replace(/^\./, '');
}
