import { memoizeByObject } from '../../private/memo';
import { findKind, findTypeLine, isIn, parseVersions, type Versions } from './api-kinds';
import type { Field, Key } from './field';
import type { ObjectView } from './object-view';

/** A field that does not fit the schema of Kubernetes. */
export interface SchemaProblem {
  readonly fault: 'unknown' | 'type' | 'missing';
  readonly at: Field;
  /** The type of Kubernetes that holds the field, as in `Container`. */
  readonly holder: string;
  /** The content that belongs there: the known names, or the shape of the value. */
  readonly expected: readonly string[];
  /** Whether the value is of the right type, and yet one that cannot be read. */
  readonly isUnreadable?: boolean;
  /** The versions of Kubernetes that know the field, where others than the one of the cluster do. */
  readonly versions?: Versions;
}

/** The values of a place. Made once from its text, a letter, `[shape`, `{shape`, `(a|b` or the name of a type. */
export interface Shape {
  /** The types of values, as `typeof` gives them, with `list` for lists. */
  readonly types: readonly string[];
  /** The content that belongs there, in words. */
  readonly expected: readonly string[];
  /** Whether a value of the right type is one that can be read, and what it is then. */
  readonly readable?: { readonly test: (value: string | number) => boolean; readonly expected: string };
  /** Shape of each item of the list or object. */
  readonly items?: Shape;
  /** The text may be one of these. */
  readonly choices?: ReadonlySet<string>;
  /** The type whose fields stand there. */
  readonly type?: string;
}

export interface FieldType {
  readonly shape: Shape;
  readonly isRequired: boolean;
}

export interface ObjectType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldType>;
  readonly required: readonly string[];
  /** The fields that only other versions of Kubernetes have. */
  readonly others: ReadonlyMap<string, Versions>;
}

const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

const INT_32 = { test: (value: unknown) => isWhole(value, 2 ** 31), expected: 'a whole number of 32 bits' };
const INT_64 = { test: (value: unknown) => isWhole(value, 2 ** 63), expected: 'a whole number of 64 bits' };
const INT_OR_STRING = { ...INT_32, test: (value: unknown) => typeof value === 'string' || INT_32.test(value) };
const RFC_3339 = {
  test: (value: unknown) => TIME.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
  expected: 'a time as in 2026-01-31T12:00:00Z',
};

const SCALARS: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['s', { types: ['string'], expected: ['a string'] }],
  ['y', { types: ['string'], expected: ['a string'] }],
  ['b', { types: ['boolean'], expected: ['true or false'] }],
  ['n', { types: ['number'], expected: ['a number'] }],
  ['i', { types: ['number'], expected: ['a number'], readable: INT_32 }],
  ['l', { types: ['number'], expected: ['a number'], readable: INT_64 }],
  ['q', { types: ['string', 'number'], expected: ['a string or a number'] }],
  ['o', { types: ['string', 'number'], expected: ['a string or a number'], readable: INT_OR_STRING }],
  ['t', { types: ['string'], expected: ['a string'], readable: RFC_3339 }],
  ['*', { types: ['string', 'number', 'boolean', 'list', 'object'], expected: [] }],
]);

function isWhole(value: unknown, limit: number): boolean {
  return Number.isInteger(value) && Number(value) >= -limit && Number(value) < limit;
}

/** The types of each minor version of Kubernetes, by their names. */
const types = new Map<number, Map<string, ObjectType>>();

/** Whether the fields of this kind are known. */
export function hasSchema({ apiVersion, kind, kubernetes }: ObjectView): boolean {
  return findSchemaType(apiVersion, kind, kubernetes) !== undefined;
}

/** The name of the type of an object, where its fields are known. */
export function findSchemaType(apiVersion: string, kind: string, kubernetes: number): string | undefined {
  const found = findKind(apiVersion, kind);
  return found && isIn(found, kubernetes) ? found.type : undefined;
}

/** Groups of others whose workloads have a pod template as Kubernetes has it. */
const TEMPLATED = /^(?:argoproj\.io|apps\.kruise\.io|apps\.openshift\.io|leaderworkerset\.x-k8s\.io)\//;
const TEMPLATE = 'PodTemplateSpec.v1';

/** All that the schema has against an object, or against the pod template of one of others. Kinds that it does not know are passed over. */
export const checkSchema = memoizeByObject((object: ObjectView): readonly SchemaProblem[] => {
  const { apiVersion, kind, root, kubernetes, pod } = object;
  const type = findSchemaType(apiVersion, kind, kubernetes);
  if (type !== undefined) {
    return new Walk(root, kubernetes).checkObject(root.value, type);
  }
  return pod?.template.isObject && TEMPLATED.test(apiVersion)
    ? new Walk(pod.template, kubernetes).checkObject(pod.template.value, TEMPLATE)
    : [];
});

/** One reading of an object. It looks at bare values, because it looks at all of them. */
class Walk {
  private readonly problems: SchemaProblem[] = [];
  private readonly keys: Key[] = [];

  public constructor(
    private readonly root: Field,
    private readonly kubernetes: number,
  ) {}

  public checkObject(object: unknown, typeName: string): readonly SchemaProblem[] {
    const type = loadObjectType(typeName, this.kubernetes);
    const values = object as Record<string, unknown>;
    for (const name of Object.keys(values)) {
      const field = type.fields.get(name);
      if (field) {
        this.checkValue(values[name], field.shape, type.name, name);
      } else {
        this.report('unknown', type.name, [...type.fields.keys()], name, { versions: type.others.get(name) });
      }
    }
    for (const name of type.required) {
      if (values[name] === undefined || values[name] === null) {
        this.report('missing', type.name, [], name);
      }
    }
    return this.problems;
  }

  private checkValue(value: unknown, shape: Shape, holder: string, key: Key): void {
    if (value === undefined || value === null) {
      return;
    }
    if (!shape.types.includes(Array.isArray(value) ? 'list' : typeof value)) {
      this.report('type', holder, shape.expected, key);
    } else if (shape.choices && value !== '' && !shape.choices.has(value as string)) {
      this.report('type', holder, [...shape.choices], key);
    } else if (shape.readable && !shape.readable.test(value as string | number)) {
      this.report('type', holder, [shape.readable.expected], key, { isUnreadable: true });
    } else if (shape.items || shape.type) {
      this.keys.push(key);
      this.checkInner(value, shape, holder);
      this.keys.pop();
    }
  }

  private checkInner(value: unknown, { items, type }: Shape, holder: string): void {
    if (type) {
      this.checkObject(value, type);
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        // Nothing in a list of objects is an object without fields.
        this.checkValue(items!.type && item === null ? {} : item, items!, holder, index);
      });
    } else {
      for (const [name, item] of Object.entries(value as object)) {
        this.checkValue(item, items!, holder, name);
      }
    }
  }

  private report(
    fault: SchemaProblem['fault'],
    holder: string,
    expected: readonly string[],
    key: Key,
    details: Pick<SchemaProblem, 'isUnreadable' | 'versions'> = {},
  ): void {
    this.problems.push({ fault, at: this.root.follow([...this.keys, key]), holder, expected, ...details });
  }
}

/** A type of Kubernetes with its fields. */
export function loadObjectType(name: string, kubernetes: number): ObjectType {
  const known = types.get(kubernetes) ?? new Map<string, ObjectType>();
  types.set(kubernetes, known);
  const type = known.get(name) ?? parseObjectType(name, kubernetes);
  known.set(name, type);
  return type;
}

function parseObjectType(name: string, kubernetes: number): ObjectType {
  const fields = new Map<string, FieldType>();
  const others = new Map<string, Versions>();
  for (const { field, mark, shape, versions } of listFields(name)) {
    if (isIn(versions, kubernetes)) {
      fields.set(field, { shape: parseShape(shape), isRequired: mark === '!' });
    } else {
      others.set(field, versions);
    }
  }
  const required = [...fields].filter(([, { isRequired }]) => isRequired).map(([field]) => field);
  return { name: name.split('.')[0]!, fields, required, others };
}

/** The fields in a line such as `action!:(Count|Ignore mode:i@37`. */
function listFields(type: string) {
  const line = findTypeLine(type) ?? '';
  return [...line.matchAll(/(\S+?)(!?):([^\s@]+)(?:@(\S+))?/g)].map(([, field, mark, shape, versions]) => ({
    field: field!,
    mark,
    shape: shape!,
    versions: parseVersions(versions),
  }));
}

function parseShape(text: string): Shape {
  const rest = text.slice(1);
  switch (text[0]) {
    case '[':
      return { types: ['list'], expected: ['a list'], items: parseShape(rest) };
    case '{':
      return { types: ['object'], expected: ['an object'], items: parseShape(rest) };
    case '(':
      return { types: ['string'], expected: ['a string'], choices: new Set(rest.split('|')) };
    default:
      return SCALARS.get(text) ?? { types: ['object'], expected: ['an object'], type: text };
  }
}
