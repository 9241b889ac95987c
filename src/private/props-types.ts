import type { Duration } from 'cdk8s';
import { describeChoices } from './errors';
import { hasInstalledProp, hasInstalledValue } from './installed-types';
import { memoizeByText } from './memo';
import { findNearest } from './nearest';
import { MAX_PORT } from './ports';
import { checkWholeSeconds, VALUE_CHECKS } from './props-checks';
import type * as table from './props-table';
import {
  addArticle,
  createMistake,
  isLazy,
  isObject,
  isPlainObject,
  Mistake,
  readAnyText,
  readBoolean,
  readConfigKey,
  readData,
  readDate,
  readList,
  readMap,
  readNumber,
  readPlainData,
  readSettings,
  readText,
  readWholeNumber,
  toPlural,
  type ValueReader,
} from './values';

/** A type of the table: its line, and whether it is of another package. */
interface TypeLine {
  readonly body: string;
  readonly isForeign: boolean;
}

/** A prop of a struct, whose type is looked up when the first value of it is read. */
class Prop {
  private reader?: ValueReader;

  public constructor(
    public readonly isRequired: boolean,
    private readonly type: string,
  ) {}

  public get noun(): string {
    return describeType(this.type);
  }

  public read(value: unknown): unknown {
    this.reader ??= findTypeReader(this.type);
    return this.reader(value);
  }
}

interface Struct {
  readonly name: string;
  readonly props: ReadonlyMap<string, Prop>;
  readonly required: readonly string[];
  /** The structs of other packages that it has the props of: their next versions may have more. */
  readonly foreign: readonly string[];
  readonly check?: (value: any) => void;
}

const PRIMITIVES: Readonly<Record<string, { readonly noun: string; readonly read: ValueReader }>> = {
  string: { noun: 'a text', read: readText },
  file: { noun: 'a text', read: readAnyText },
  key: { noun: 'a text', read: readConfigKey },
  number: { noun: 'a number', read: readNumber },
  whole: { noun: 'a whole number', read: readWholeNumber },
  count: { noun: 'a whole number', read: (value) => readWholeNumber(value, 1) },
  port: { noun: 'a number of a port', read: (value) => readWholeNumber(value, 1, MAX_PORT) },
  seconds: { noun: 'a Duration', read: readSeconds },
  boolean: { noun: 'true or false', read: readBoolean },
  date: { noun: 'a Date', read: readDate },
  any: { noun: 'a value', read: (value) => readData(value) },
  data: { noun: 'a value', read: (value) => readPlainData(value) },
};

/** Maps of data, in which no value is a value, too. */
const SETTINGS: Readonly<Record<string, ValueReader>> = {
  'any{}': (value) => readSettings(readData, value),
  'data{}': (value) => readSettings(readPlainData, value),
};

/** The mark that jsii gives to classes, which another copy of a package has too. */
const JSII = Symbol.for('jsii.rtti');

let lines: ReadonlyMap<string, TypeLine> | undefined;

/** The reader of a type as the table writes it. */
export const findTypeReader = memoizeByText((type: string): ValueReader => {
  if (type.endsWith('[]')) {
    const item = type.slice(0, -2);
    const [read, noun] = [findTypeReader(item), describeType(item)];
    return (value) => readList(read, noun, value);
  }
  if (type.endsWith('{}')) {
    const read = findTypeReader(type.slice(0, -2));
    return SETTINGS[type] ?? ((value) => readMap(read, value));
  }
  return PRIMITIVES[type]?.read ?? buildNamedReader(type, findLine(type));
}, Number.POSITIVE_INFINITY);

function readSeconds(value: unknown): unknown {
  const time = findTypeReader('Duration')(value);
  checkWholeSeconds(time as Duration);
  return time;
}

function buildNamedReader(name: string, { body, isForeign }: TypeLine): ValueReader {
  if (body.startsWith('=')) {
    const values = new Set(body.slice('= '.length).split(' '));
    return (value) => readEnum(name, values, isForeign, value);
  }
  if (body.startsWith('.')) {
    const members = body.slice(1).trim().split(' ').filter(Boolean);
    const check = VALUE_CHECKS[name];
    return (value) => readInstance(name, members, check, value);
  }
  const struct = parseStruct(name);
  return (value) => readStruct(struct, value);
}

function describeType(type: string): string {
  if (type.endsWith('[]')) {
    return `a list of ${toPlural(describeType(type.slice(0, -2)))}`;
  }
  const isObject = type.endsWith('{}') || findLineOrNone(type)?.body.startsWith('<');
  return PRIMITIVES[type]?.noun ?? (isObject ? 'an object' : addArticle(type));
}

/** A struct with the props of its bases. */
function parseStruct(name: string): Struct {
  const { body, isForeign } = findLine(name);
  const [, bases = '', list = ''] = /^<([^:]*): ?(.*)$/.exec(body)!;
  const inherited = bases.split(' ').filter(Boolean).map(parseStruct);
  const own = list.split(', ').filter(Boolean).map(parseProp);
  const props = new Map([...own, ...inherited.flatMap((base) => [...base.props])]);
  const checks = [...inherited.map(({ check }) => check), VALUE_CHECKS[name]].filter((check) => check !== undefined);
  return {
    name,
    props,
    required: [...props].filter(([, { isRequired }]) => isRequired).map(([prop]) => prop),
    foreign: [...(isForeign ? [name] : []), ...inherited.flatMap((base) => base.foreign)],
    check: checks.length > 0 ? (value) => runChecks(checks, value) : undefined,
  };
}

function runChecks(checks: readonly ((value: any) => void)[], value: unknown): void {
  for (const check of checks) {
    check(value);
  }
}

function parseProp(text: string): [string, Prop] {
  const [key = '', type = ''] = text.split(' ');
  const isRequired = !key.endsWith('?');
  return [isRequired ? key : key.slice(0, -1), new Prop(isRequired, type)];
}

function readStruct(struct: Struct, value: unknown): Record<string, unknown> {
  const { props, required, check } = struct;
  const keys = isPlainObject(value) ? Object.keys(value) : listPropsOfInstance(props, value);
  if (keys.length === 0 && !isPlainObject(value)) {
    throw createMistake(value, `an object${describeRequired(required)}`);
  }
  const given = value as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    const item = given[key];
    if (item !== undefined && item !== null) {
      copy[key] = readProp(struct, key, item);
    }
  }
  for (const key of required) {
    if (copy[key] === undefined) {
      throw new Mistake(`is missing; pass ${props.get(key)!.noun}`).within(key);
    }
  }
  check?.(copy);
  return copy;
}

/** The props that an object of some class has, be they fields or getters: none where it is a Map, a Date, or no object. */
function listPropsOfInstance(props: ReadonlyMap<string, Prop>, value: unknown): string[] {
  return isObject(value) ? [...props.keys()].filter((key) => key in value) : [];
}

function readProp(struct: Struct, key: string, value: unknown): unknown {
  const prop = struct.props.get(key) ?? struct.props.get('*');
  if (!prop) {
    return readUnknown(struct, key, value);
  }
  if (struct.foreign.length > 0 && isLazy(value)) {
    return value;
  }
  try {
    return prop.read(value);
  } catch (error) {
    throw error instanceof Mistake ? error.within(key) : error;
  }
}

/** A prop that the table does not have: a newer cdk8s-plus may. */
function readUnknown({ name, props, foreign }: Struct, key: string, value: unknown): unknown {
  if (foreign.some((struct) => hasInstalledProp(struct, key))) {
    return value;
  }
  const known = [...props.keys()];
  const meant = findNearest(key, known);
  throw new Mistake(
    meant
      ? `is no prop of ${name}; write \`${meant}\``
      : `is no prop of ${name}; remove it${describeChoices('props', known)}`,
  ).within(key);
}

function readEnum(name: string, values: ReadonlySet<string>, isForeign: boolean, value: unknown): unknown {
  const isValue = typeof value === 'string' || typeof value === 'number';
  if (!(isValue && (values.has(String(value)) || (isForeign && hasInstalledValue(name, value))))) {
    throw createMistake(value, `${addArticle(name)}${describeChoices('values', [...values].filter(Boolean))}`);
  }
  return value;
}

/** An instance of a class, of whatever copy of its package, or what has the members of one without a class. */
function readInstance(
  name: string,
  members: readonly string[],
  check: ((value: any) => void) | undefined,
  value: unknown,
) {
  if (!isObject(value) || !(isOfClass(name, value) || (isOpen(name, value) && hasMembers(members, value)))) {
    throw createMistake(value, addArticle(name));
  }
  check?.(value);
  return value;
}

/** Whether an object is of this class, or of one that extends it. */
function isOfClass(name: string, value: object): boolean {
  for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    const made = prototype.constructor as
      | { readonly name: string; readonly [JSII]?: { readonly fqn: string } }
      | undefined;
    if (made?.name === name || made?.[JSII]?.fqn.endsWith(`.${name}`)) {
      return true;
    }
  }
  return false;
}

/** Whether members tell what an object is: it is of no class, or an interface is wanted, which any class may have. */
function isOpen(name: string, value: object): boolean {
  return /^I[A-Z]/.test(name) || isPlainObject(value);
}

function hasMembers(members: readonly string[], value: object): boolean {
  return members.length > 0 && members.every((member) => member in value);
}

function describeRequired(required: readonly string[]): string {
  return required.length === 0 ? '' : ` with ${required.map((name) => `\`${name}\``).join(', ')}`;
}

function findLine(name: string): TypeLine {
  const line = findLineOrNone(name);
  if (!line) {
    throw new Error(`there is no type ${name} in the public API`);
  }
  return line;
}

/** The lines of the table, which is loaded when the first props are read. */
function findLineOrNone(name: string): TypeLine | undefined {
  if (!lines) {
    const { OWN_TYPES, FOREIGN_TYPES } = require('./props-table') as typeof table;
    lines = new Map([...splitLines(OWN_TYPES, false), ...splitLines(FOREIGN_TYPES, true)]);
  }
  return lines.get(name);
}

function splitLines(text: string, isForeign: boolean): [string, TypeLine][] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const end = line.indexOf(' ');
      return [line.slice(0, end), { body: line.slice(end + 1), isForeign }];
    });
}
