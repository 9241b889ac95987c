import { Matcher } from './matcher';

/** A value is shown so far; its path tells where the rest is. */
const MAX_CHARACTERS = 200;

/** A value or pattern in one line, as in `{name: "http", containerPort: 8080}`. */
export function showValue(value: unknown): string {
  const text = formatCompact(value);
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}...` : text;
}

function formatCompact(value: unknown): string {
  if (value === undefined || value === null) {
    return value === null ? 'null' : 'nothing';
  }
  if (value instanceof Matcher || value instanceof RegExp || typeof value === 'function') {
    return value instanceof Function ? `a function "${value.name}"` : String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(formatCompact).join(', ')}]`;
  }
  if (typeof value !== 'object') {
    return typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  }
  return isAsymmetric(value)
    ? (value.toAsymmetricMatcher?.() ?? String(value))
    : `{${Object.entries(value).map(formatEntry).join(', ')}}`;
}

function formatEntry([key, value]: [string, unknown]): string {
  return `${/^[\w.-]+$/.test(key) ? key : JSON.stringify(key)}: ${formatCompact(value)}`;
}

/** A matcher of jest or Vitest. */
export interface AsymmetricMatcher {
  asymmetricMatch(other: unknown): boolean;
  toAsymmetricMatcher?(): string;
}

/** Whether this is a matcher of jest or Vitest, such as `expect.any(String)`. */
export function isAsymmetric(value: unknown): value is AsymmetricMatcher {
  return typeof (value as { asymmetricMatch?: unknown } | null)?.asymmetricMatch === 'function';
}
