import { NUMBERS, TEXTS, WORDS } from './mutation-values';
import type { FieldTable, Shape } from './program';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Holder = { [key: string | number]: Json };

/** One object with one to three fields changed. */
export interface Mutant {
  readonly seed: number;
  readonly object: { [name: string]: Json };
  /** The object that it was. */
  readonly before: { [name: string]: Json };
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

/** A place in an object, with what the API has there. */
interface Place {
  readonly holder: Holder;
  readonly key: string | number;
  readonly path: string;
  readonly shape: Shape;
  /** The type that has the field. */
  readonly type: string;
}

/** Numbers that a seed decides (mulberry32). */
class Dice {
  public constructor(private state: number) {}

  public roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  public pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.roll() * items.length)]!;
  }
}

/** Lists and objects stand in one another this deep where they are made up. */
const MAX_DEPTH = 5;

const LEFT_ALONE = new Set(['apiVersion', 'kind', 'status']);

/** Changes of right objects: each field of the API is reached, with values that it takes and values that it does not. */
export class Mutations {
  /** The values that right objects have in each field, by its type and name, and by its name. */
  private readonly known = new Map<string, Json[]>();

  public constructor(
    private readonly fields: FieldTable,
    /** Right objects in groups: each group is as likely as another, whatever it counts. */
    private readonly groups: readonly (readonly { [name: string]: Json }[])[],
  ) {
    for (const object of groups.flat()) {
      for (const { type, key, holder } of this.listPlaces(object)) {
        this.learn(`${type}.${key}`, holder[key]!);
        this.learn(String(key), holder[key]!);
      }
    }
  }

  public create(seed: number): Mutant {
    const dice = new Dice(seed * 7919);
    dice.roll();
    const before = dice.pick(dice.pick(this.groups));
    const object = structuredClone(before);
    const count = dice.pick([1, 1, 1, 1, 1, 2, 2, 3]);
    const changes = Array.from({ length: count }, () => this.change(object, dice));
    return { seed, object, before, changes };
  }

  private learn(name: string, value: Json): void {
    const values = this.known.get(name) ?? [];
    values.push(value);
    this.known.set(name, values);
  }

  private change(object: { [name: string]: Json }, dice: Dice): string {
    const places = this.listPlaces(object);
    const gaps = dice.roll() < 0.4 ? this.listGaps(object, places) : [];
    const place = gaps.length > 0 ? dice.pick(gaps) : dice.pick(places);
    if (!place) {
      return 'nothing is left';
    }
    return gaps.length > 0 ? this.fill(place, dice) : this.alter(place, dice);
  }

  /** All fields and items of an object that the API knows. */
  private listPlaces(object: { [name: string]: Json }): Place[] {
    const type = this.fields.kinds[`${object.apiVersion}/${object.kind}`];
    return type === undefined ? [] : this.listFields(object, type, '').filter(({ path }) => !LEFT_ALONE.has(path));
  }

  private listFields(object: Json, type: string, path: string): Place[] {
    return Object.keys(object as object).flatMap((key) => {
      const shape = this.fields.types[type]?.[key];
      return shape
        ? this.listPlace({ holder: object as Holder, key, path: `${path}${path && '.'}${key}`, shape, type })
        : [];
    });
  }

  private listPlace(place: Place): Place[] {
    const { shape, path } = place;
    const value = place.holder[place.key];
    if (typeof value !== 'object' || value === null) {
      return [place];
    }
    const inner = shape.list ?? shape.map;
    const below = inner
      ? Object.keys(value).flatMap((key) =>
          this.listPlace({
            holder: value as Holder,
            key: Array.isArray(value) ? Number(key) : key,
            path: Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`,
            shape: inner,
            type: `${place.type}.${place.key}`,
          }),
        )
      : shape.type
        ? this.listFields(value, shape.type, path)
        : [];
    return [place, ...below];
  }

  /** The fields that an object could have and does not. */
  private listGaps(object: { [name: string]: Json }, places: readonly Place[]): Place[] {
    const root: Place = {
      holder: { '': object },
      key: '',
      path: '',
      shape: { type: this.fields.kinds[`${object.apiVersion}/${object.kind}`]! },
      type: '',
    };
    return [root, ...places].flatMap(({ holder, key, path, shape }) => {
      const value = holder[key];
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return shape.type && isObject
        ? Object.entries(this.fields.types[shape.type] ?? {})
            .filter(([name]) => !Object.hasOwn(value, name) && !(path === '' && LEFT_ALONE.has(name)))
            .map(([name, inner]) => ({
              holder: value as Holder,
              key: name,
              path: `${path}${path && '.'}${name}`,
              shape: inner,
              type: shape.type!,
            }))
        : [];
    });
  }

  private fill({ holder, key, path, shape, type }: Place, dice: Dice): string {
    holder[key] = this.createValue(shape, type, String(key), dice);
    return `${path} added: ${show(holder[key])}`;
  }

  private alter(place: Place, dice: Dice): string {
    const { holder, key, path, shape, type } = place;
    const was = show(holder[key]!);
    const operation = dice.pick(OPERATIONS);
    const value = operation({ place, dice, create: () => this.createValue(shape, type, String(key), dice) });
    if (value === REMOVED) {
      if (Array.isArray(holder)) {
        holder.splice(key as number, 1);
      } else {
        delete holder[key];
      }
      return `${path} removed: ${was}`;
    }
    if (value === RENAMED) {
      const names = Object.keys(this.fields.types[type] ?? {}).filter((name) => name !== key);
      if (names.length === 0 || Array.isArray(holder)) {
        return `${path} left`;
      }
      const name = dice.pick(names);
      const other = this.fields.types[type]![name]!;
      const isSame = JSON.stringify(other) === JSON.stringify(shape);
      const moved = isSame ? holder[key]! : this.createValue(other, type, name, dice);
      if (dice.roll() < 0.7) {
        delete holder[key];
      }
      holder[name] = moved;
      return `${path} swapped for ${name}: ${show(moved)}`;
    }
    holder[key] = value as Json;
    return `${path} was ${was}: ${show(value as Json)}`;
  }

  /** A value for a field: one that a right object has there, one of another field of its name, or one made up. */
  private createValue(shape: Shape, type: string, key: string, dice: Dice, depth = 0): Json {
    const known = this.known.get(`${type}.${key}`) ?? (shape.scalar ? this.known.get(key) : undefined);
    if (known && dice.roll() < 0.5) {
      return structuredClone(dice.pick(known));
    }
    if (shape.scalar) {
      return createScalar(shape.scalar, dice);
    }
    if (depth > MAX_DEPTH) {
      return shape.list ? [] : {};
    }
    if (shape.list) {
      return Array.from({ length: dice.pick([0, 1, 1, 1, 2]) }, () =>
        this.createValue(shape.list!, `${type}.${key}`, '0', dice, depth + 1),
      );
    }
    if (shape.map) {
      const names = Array.from({ length: dice.pick([0, 1, 1, 2]) }, () =>
        dice.pick(['a', 'app', 'cpu', 'memory', 'storage', ...TEXTS]),
      );
      return Object.fromEntries(
        names.map((name) => [name, this.createValue(shape.map!, `${type}.${key}`, name, dice, depth + 1)]),
      );
    }
    const fields = Object.entries(this.fields.types[shape.type!] ?? {});
    const share = Math.min(1, dice.pick([0.1, 2, 3, 4]) / fields.length);
    return Object.fromEntries(
      fields
        .filter(() => dice.roll() < share)
        .map(([name, inner]) => [name, this.createValue(inner, shape.type!, name, dice, depth + 1)]),
    );
  }
}

const REMOVED = Symbol('removed');
const RENAMED = Symbol('renamed');

interface Alteration {
  readonly place: Place;
  readonly dice: Dice;
  readonly create: () => Json;
}

/** What becomes of a value. */
const OPERATIONS: readonly ((alteration: Alteration) => Json | symbol)[] = [
  () => REMOVED,
  () => REMOVED,
  () => RENAMED,
  () => RENAMED,
  () => null,
  ({ place: { shape } }) => (shape.list ? [] : shape.map || shape.type ? {} : createEmpty(shape.scalar!)),
  ({ dice }) => dice.pick<Json>(['a', 1, true, [], {}, ['a'], { a: 'b' }, null, 1.5]),
  ({ create }) => create(),
  ({ create }) => create(),
  ({ place, dice }) => changeValue(place, dice),
  ({ place, dice }) => changeValue(place, dice),
  ({ place, dice }) => changeValue(place, dice),
  ({ place, dice }) => changeValue(place, dice),
];

/** Another value of the same kind: another text or number, or a list with an item twice. */
function changeValue({ holder, key, shape }: Place, dice: Dice): Json {
  const value = holder[key]!;
  if (Array.isArray(value)) {
    return value.length > 0 ? [...value, structuredClone(dice.pick(value))] : [null];
  }
  if (shape.map && typeof value === 'object') {
    return { ...value, [dice.pick(TEXTS)]: Object.values(value ?? {})[0] ?? 'a' };
  }
  if (typeof value === 'string' && dice.roll() < 0.3) {
    return dice.pick([
      value.toUpperCase(),
      value.toLowerCase(),
      `${value} `,
      `-${value}`,
      `${value}é`,
      `${value}/`,
      `/${value}`,
      value.repeat(40),
    ]);
  }
  if (typeof value === 'number' && dice.roll() < 0.3) {
    return dice.pick([-value, value + 1, value * 1000, String(value)]);
  }
  return shape.scalar ? createScalar(shape.scalar, dice) : null;
}

function createScalar(scalar: string, dice: Dice): Json {
  switch (scalar) {
    case 'bool':
      return dice.roll() < 0.5;
    case 'int32':
    case 'int64':
      return dice.roll() < 0.25
        ? Math.floor((dice.roll() - 0.3) * 10 ** dice.pick([1, 2, 3, 5, 9, 12]))
        : dice.pick(NUMBERS);
    case 'port':
    case 'quantity':
      return dice.pick<Json>(dice.roll() < 0.5 ? NUMBERS : TEXTS);
    default:
      return dice.roll() < 0.25 ? createText(dice) : dice.pick(dice.roll() < 0.35 ? WORDS : TEXTS);
  }
}

/** What texts are made of, from what fits most fields to what fits none. */
const ALPHABETS = [
  'abcxyz',
  'abc019',
  'abc019-',
  'abc019-.',
  'aB0-_.',
  'ab/.',
  'ab:/@.',
  '0123456789',
  '0123.:/',
  'aB é%=,*#!',
];

function createText(dice: Dice): string {
  const alphabet = dice.pick(ALPHABETS);
  const length = dice.pick([1, 2, 3, 5, 8, 13, 20, 40, 63, 64, 100]);
  return Array.from({ length }, () => alphabet[Math.floor(dice.roll() * alphabet.length)]).join('');
}

function createEmpty(scalar: string): Json {
  return scalar === 'bool' ? false : /^int|port/.test(scalar) ? 0 : '';
}

function show(value: Json): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 160);
}
