import { isConfigKey } from './names';
import type { FieldCheck } from './pod-fields';
import { validateText } from './texts';

/** The largest number of 32 bits, and the last ID that Kubernetes takes. */
export const MAX_INT = 2 ** 31 - 1;

const PLAIN_DATA = 'pass text, numbers, booleans, lists and objects of these';

/** A function that copies a value, or throws a `Mistake`. */
export type ValueReader = (value: unknown) => unknown;

/** A value that is not what it should be. The place is put together on the way out, so that a sound value costs nothing for it. */
export class Mistake {
  private readonly path: (string | number)[] = [];

  /** @param text the rest of the sentence that begins with the path, such as `is NaN; pass a number` */
  public constructor(private readonly text: string) {}

  /** The same mistake in the thing around. */
  public within(key: string | number): this {
    this.path.unshift(key);
    return this;
  }

  /** The whole sentence. */
  public describe(name: string, prefix: string, subject: string): string {
    const steps = this.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    const path = `${prefix}${steps}`.replace(/^\./, '');
    return `\`${path || name}\`${subject} ${this.text}`;
  }
}

/** A value of another type. */
export function createMistake(value: unknown, wanted: string): Mistake {
  return new Mistake(`is ${describeValue(value)}; pass ${wanted}`);
}

/** A value in the words of an error. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  if (value === null || typeof value !== 'object') {
    return typeof value === 'bigint' ? `${value}n` : String(value);
  }
  return Array.isArray(value) ? 'a list' : isPlainObject(value) ? 'an object' : addArticle(value.constructor.name);
}

/** A noun with its article. */
export function addArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) && !/^U[A-Z]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

/** Several of what a noun with its article names; the name of a class stays as it is. */
export function toPlural(noun: string): string {
  return noun.replace(/^an? /, '').replace(/^[a-z]+$/, '$&s');
}

/** Whether this is an object, and no list. */
export function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Whether this is an object of no class, of whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether cdk8s finds the value at synth, as it does for what is its own. */
export function isLazy(value: unknown): boolean {
  return isObject(value) && typeof (value as { readonly produce?: unknown }).produce === 'function';
}

/** A text that kubectl reads as it is. */
export function readText(value: unknown): string {
  const text = readAnyText(value);
  const problem = validateText(text);
  if (problem) {
    throw new Mistake(problem);
  }
  return text;
}

/** Any text, such as the content of a file. */
export function readAnyText(value: unknown): string {
  if (typeof value !== 'string') {
    throw createMistake(value, 'a text');
  }
  return value;
}

/** A key of a Secret or ConfigMap. */
export function readConfigKey(value: unknown): string {
  const key = readAnyText(value);
  if (!isConfigKey(key)) {
    throw new Mistake(
      `is ${JSON.stringify(key)}, which cannot be a key of a Secret or ConfigMap; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`,
    );
  }
  return key;
}

/** A number that is one. */
export function readNumber(value: unknown): number {
  if (!Number.isFinite(value)) {
    throw createMistake(value, 'a number');
  }
  return value as number;
}

/** Whether Kubernetes takes this as a number: whole, not negative, of 32 bits. */
export function isWholeNumber(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MAX_INT;
}

/** A number as Kubernetes takes it: whole, not negative, of 32 bits. */
export function readWholeNumber(value: unknown, least: number = 0, most: number = MAX_INT): number {
  const number = readNumber(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw createMistake(value, `a whole number from ${least} to ${most}`);
  }
  return number;
}

export function readBoolean(value: unknown): boolean {
  if (typeof value !== 'boolean') {
    throw createMistake(value, 'true or false');
  }
  return value;
}

export function readDate(value: unknown): Date {
  if (!(value instanceof Date)) {
    throw createMistake(value, 'a Date');
  }
  return value;
}

/** A list without holes. */
export function readList(read: ValueReader, wanted: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw createMistake(value, `a list of ${toPlural(wanted)}`);
  }
  const copy: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index];
    if (item === undefined || item === null) {
      throw new Mistake(`is ${item}; pass ${wanted}, or a list without it`).within(index);
    }
    copy.push(readWithin(read, item, index));
  }
  return copy;
}

/** A map, without the keys that have no value: an object of no class, or one with fields, as `process.env` is. */
export function readMap(read: ValueReader, value: unknown): Record<string, unknown> {
  const given = isObject(value) ? Object.entries(value) : [];
  if (given.length === 0 && !isPlainObject(value)) {
    throw createMistake(value, 'an object');
  }
  const entries: [string, unknown][] = [];
  for (const [key, item] of given) {
    if (item !== undefined && item !== null) {
      entries.push([readKey(key), readWithin(read, item, key)]);
    }
  }
  return Object.fromEntries(entries);
}

/** Data of any shape, such as fields of a manifest; an instance of a class in it is passed on as it is. */
export const readData = createDataReader((value) => !['bigint', 'function', 'symbol'].includes(typeof value));

/** Data that any file can hold, such as settings of software. */
export const readPlainData = createDataReader((value) => value === null || typeof value === 'boolean');

/** @param isTaken whether a value may stand in the data that is neither text, number, list nor object */
function createDataReader(isTaken: (value: unknown) => boolean): ValueReader {
  const read = (value: unknown, around: readonly unknown[]): unknown => {
    if (typeof value === 'string') {
      return readText(value);
    }
    if (!Array.isArray(value) && !isPlainObject(value)) {
      return readScalar(isTaken, value);
    }
    if (around.includes(value)) {
      throw new Mistake(`contains itself, so it is no plain data; ${PLAIN_DATA}`);
    }
    const readInner = (item: unknown) => read(item, [...around, value]);
    if (Array.isArray(value)) {
      return Array.from(value, (item, index) => readWithin(readInner, item, index));
    }
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [readKey(key), readWithin(readInner, item, key)]));
  };
  return (value) => read(value, []);
}

function readScalar(isTaken: (value: unknown) => boolean, value: unknown): unknown {
  if (typeof value === 'number' ? !Number.isFinite(value) : !isTaken(value)) {
    throw new Mistake(`is ${describeValue(value)}, which is no plain data; ${PLAIN_DATA}`);
  }
  return value;
}

/** Settings of software, in which `null` is a value, as it is in a configuration file. */
export function readSettings(read: ValueReader, value: unknown): unknown {
  if (!isPlainObject(value)) {
    throw createMistake(value, 'an object');
  }
  return read(value);
}

/** A value inside of another. */
export function readWithin(read: ValueReader, value: unknown, key: string | number): unknown {
  try {
    return read(value);
  } catch (error) {
    throw error instanceof Mistake ? error.within(key) : error;
  }
}

function readKey(key: string): string {
  const problem = validateText(key);
  if (problem) {
    throw new Mistake(`has a key that ${problem}`);
  }
  return key;
}

/** Checks a value inside of another, where it is there. */
export function checkWithin<T>(key: string, value: T | undefined, check: (value: T) => void): void {
  if (value !== undefined) {
    readWithin((each) => check(each as T), value, key);
  }
}

/** Fails where a field has such a problem. */
export function checkField(value: unknown, check: FieldCheck): void {
  const problem = check(value);
  if (problem) {
    throw new Mistake(problem);
  }
}

/** Checks the items of a list inside of another value. */
export function checkEach(key: string, values: readonly unknown[] | undefined, check: FieldCheck): void {
  checkWithin(key, values, (items) => {
    items.forEach((item, index) => {
      readWithin((value) => checkField(value, check), item, index);
    });
  });
}

/** Fails where a name has such a problem. */
export function checkName(text: string, validate: (text: string) => string | undefined): void {
  const problem = typeof text === 'string' ? validate(text) : undefined;
  if (problem) {
    throw new Mistake(`is "${text}", which ${problem}; pass another`);
  }
}
