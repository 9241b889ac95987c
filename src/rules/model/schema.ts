import { memoizeByObject } from '../../private/memo';
import { KUBERNETES_FIELDS } from '../data/kubernetes-fields';
import type { Field, Key } from './field';
import type { ObjectView } from './object-view';

/** The version of Kubernetes whose fields are known. */
export const KUBERNETES_VERSION = '1.34';

/** A field that does not fit the schema of Kubernetes. */
export interface SchemaProblem {
  readonly fault: 'unknown' | 'type' | 'missing';
  readonly at: Field;
  /** The type of Kubernetes that holds the field, as in `Container`. */
  readonly holder: string;
  /** The content that belongs there: the known names, or the shape of the value. */
  readonly expected: readonly string[];
}

/** The values of a place. Made once from its text: `s`, `n`, `b`, `q`, `*`, `[shape`, `{shape`, `(a|b` or a type. */
interface Shape {
  /** The types of values, as `typeof` gives them, with `list` for lists. */
  readonly types: readonly string[];
  /** The content that belongs there, in words. */
  readonly expected: readonly string[];
  /** The shape of each item of the list or object. */
  readonly items?: Shape;
  /** The text may be one of these. */
  readonly choices?: ReadonlySet<string>;
  /** The type whose fields stand there. */
  readonly type?: string;
}

interface ObjectType {
  readonly name: string;
  readonly fields: ReadonlyMap<string, Shape>;
  readonly required: readonly string[];
}

const SCALARS: ReadonlyMap<string, Shape> = new Map([
  ['s', { types: ['string'], expected: ['a string'] }],
  ['n', { types: ['number'], expected: ['a number'] }],
  ['b', { types: ['boolean'], expected: ['true or false'] }],
  ['q', { types: ['string', 'number'], expected: ['a string or a number'] }],
  ['*', { types: ['string', 'number', 'boolean', 'list', 'object'], expected: [] }],
]);

let lines: ReadonlyMap<string, string> | undefined;
const types = new Map<string, ObjectType>();

/** Whether the fields of this kind are known. */
export function hasSchema({ apiVersion, kind }: ObjectView): boolean {
  return findTypeLine(`${apiVersion}/${kind}`) !== undefined;
}

/** All that the schema has against an object. Kinds that it does not know are passed over. */
export const checkSchema = memoizeByObject(({ apiVersion, kind, root }: ObjectView): readonly SchemaProblem[] => {
  const type = findTypeLine(`${apiVersion}/${kind}`);
  return type === undefined ? [] : new Walk(root).checkObject(root.value, type);
});

/** One reading of an object. It looks at bare values, because it looks at all of them. */
class Walk {
  private readonly problems: SchemaProblem[] = [];
  private readonly keys: Key[] = [];

  public constructor(private readonly root: Field) {}

  public checkObject(object: unknown, typeName: string): readonly SchemaProblem[] {
    const type = loadObjectType(typeName);
    const values = object as Record<string, unknown>;
    for (const name of Object.keys(values)) {
      const shape = type.fields.get(name);
      if (!shape) {
        this.report('unknown', type.name, [...type.fields.keys()], name);
      } else {
        this.checkValue(values[name], shape, type.name, name);
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

  private report(fault: SchemaProblem['fault'], holder: string, expected: readonly string[], key: Key): void {
    this.problems.push({ fault, at: this.root.follow([...this.keys, key]), holder, expected });
  }
}

function findTypeLine(name: string): string | undefined {
  lines ??= new Map(
    KUBERNETES_FIELDS.trim()
      .split('\n')
      .map((line): [string, string] => [line.split(' ', 1)[0]!, line.slice(line.indexOf(' ') + 1)]),
  );
  return lines.get(name);
}

let kinds: ReadonlyMap<string, readonly string[]> | undefined;

/** The kinds of a version of Kubernetes' own groups, as in `apps/v1`; none of a group that is not known. */
export function listKinds(apiVersion: string): readonly string[] {
  kinds ??= groupKindsByVersion();
  return kinds.get(apiVersion) ?? [];
}

function groupKindsByVersion(): Map<string, string[]> {
  findTypeLine('');
  const found = new Map<string, string[]>();
  for (const name of lines!.keys()) {
    const slash = name.lastIndexOf('/');
    if (slash > 0) {
      const version = name.slice(0, slash);
      found.set(version, [...(found.get(version) ?? []), name.slice(slash + 1)]);
    }
  }
  return found;
}

function loadObjectType(name: string): ObjectType {
  const ready = types.get(name);
  if (ready) {
    return ready;
  }
  const fields = (findTypeLine(name) ?? '').split(' ').map((text) => text.split(/!?:/) as [string, string]);
  const required = [...(findTypeLine(name) ?? '').matchAll(/(\w+)!:/g)].map((match) => match[1]!);
  const type = {
    name: name.split('.')[0]!,
    fields: new Map(fields.map(([field, shape]) => [field, parseShape(shape)])),
    required,
  };
  types.set(name, type);
  return type;
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
      return (
        SCALARS.get(findTypeLine(text) === '' ? '*' : text) ?? {
          types: ['object'],
          expected: ['an object'],
          type: text,
        }
      );
  }
}
