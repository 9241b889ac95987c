import { Cron } from 'cdk8s';
import fc from 'fast-check';
import * as ts from 'typescript';
import { type Callable, findRoom, findType, nameType, type PublicType, type Slot } from './compositions-api';
import { FITTING, listContainerNames, listPortNames, pick, SPECIAL } from './compositions-special';
import {
  FACTORIES,
  GIVEN,
  NUMBERS,
  ODD_NUMBERS,
  ODD_ONLY,
  ODD_WORDS,
  OMITTED,
  TAKEN,
  WORDS,
} from './compositions-words';
import { type Code, find, refer, write, writeCall, writeFields, writeItems } from './compositions-world';

type Room = PublicType['room'];
export type Codes = fc.Arbitrary<Code>;

/**
 * Sane values alone; odd ones among them that TypeScript lets pass; or also what only plain JavaScript lets pass: props that are
 * missing or misspelt, other values than those of an enum, lists with holes, instances of other classes, and nothing in place of an
 * object.
 */
export type Profile = 'sane' | 'odd' | 'untyped';

/** One value of so many is odd, and one optional prop of so many is there and `undefined`. */
const ODD = 40;

/** Lists with holes, and none. */
const HOLES: readonly Code[] = [[undefined], undefined].map(write);

/** Instances of classes that nothing of ours takes. */
const STRANGERS: readonly Code[] = [
  refer('new Date(0)', () => new Date(0)),
  refer('new Map()', () => new Map()),
  refer('() => 1', () => () => 1),
  refer('Cron.hourly()', () => Cron.hourly()),
];

/** What a parameter or prop names: a container of the pod, or a port. */
const CONTAINER = /\.(container|sidecar|agent|rotator)$|copyEnv\.\w+$/;
const PORT_NAME = /(targetPort|monitor\.port)$/;

/**
 * Values of the types of the public API, made from their declarations: a prop that is new is tried without a word here. Sane
 * values are what users mean; others are mixed in as the profile says.
 */
export class ApiValues {
  private readonly made = new Map<string, Codes>();

  private readonly isOdd: boolean;

  public constructor(private readonly profile: Profile) {
    this.isOdd = profile !== 'sane';
  }

  /** A call of a method, a static factory, or `new`. */
  public call(receiver: Code, call: Callable, room: Room): Codes {
    return this.args(call, room).map((args) => writeCall(receiver, call.name, args, room === 'ours'));
  }

  /** An instance of a class, or of one that implements an interface. */
  public instance(type: PublicType): Codes {
    const calls = [...(type.construction ? [type.construction] : []), ...type.listFactories()];
    const { sane, never = [] } = FACTORIES[type.name] ?? {};
    const self = refer(type.text, () => type.value);
    const made = fc.oneof(
      ...calls
        .filter(({ name }) => !never.includes(name) && (this.isOdd || !sane || sane.includes(name)))
        .map((call) => ({
          arbitrary: this.call(self, call, type.room),
          weight: !sane || sane.includes(call.name) ? ODD / 4 : 1,
        })),
    );
    return type.room === 'ours' ? this.mixUntyped(made, [write(undefined), write({}), ...STRANGERS]) : made;
  }

  /** An object with these props, and more of the user's own. */
  public object(type: PublicType, more: Readonly<Record<string, Codes>> = {}, omitted = OMITTED): Codes {
    const props = type.props.filter(({ name, owner }) => !(name in more) && !omitted.test(`${owner}.${name}`));
    const fields = [
      ...props.map((prop) => this.prop(prop, type.room).map((code) => code && ([write(prop.name), code] as const))),
      ...Object.entries(more).map(([name, codes]) => codes.map((code) => [write(name), code] as const)),
      ...(type.room === 'ours' ? this.misspell(props) : []),
    ];
    return fc.tuple(...fields).map((given) => writeFields(given.filter((field) => field !== undefined)));
  }

  private args({ slots }: Callable, room: Room): fc.Arbitrary<Code[]> {
    const given = slots.map((slot, index) =>
      index > 0 && nameType(slots[index - 1]!.type) === 'Construct'
        ? fc.constant(find((world) => `x${world.next()}`))
        : this.of(slot.type, `${slot.owner}.${slot.name}`, room),
    );
    const required = slots.filter(({ optional }) => !optional).length;
    return fc
      .tuple(fc.integer({ min: required, max: slots.length }), ...given)
      .map(([count, ...codes]) => (codes as Code[]).slice(0, count));
  }

  private prop({ name, type, optional, owner }: Slot, room: Room): fc.Arbitrary<Code | undefined> {
    const where = `${owner}.${name}`;
    const value = this.of(type, where, room);
    if (!optional) {
      const isMissing = this.profile === 'untyped' && room === 'ours';
      return fc.oneof(
        { arbitrary: value, weight: ODD },
        { arbitrary: fc.constant(undefined), weight: isMissing ? 1 : 0 },
      );
    }
    const given = ODD_ONLY.test(where) ? (this.isOdd ? 2 : 0) : (GIVEN.find(([names]) => names.test(where))?.[1] ?? 15);
    return fc.oneof(
      { withCrossShrink: true },
      { arbitrary: fc.constant(undefined), weight: 100 - given },
      { arbitrary: value, weight: given },
      { arbitrary: fc.constant(write(undefined)), weight: this.isOdd ? 1 : 0 },
    );
  }

  /** A prop that is none, in a few objects. */
  private misspell(props: readonly Slot[]): fc.Arbitrary<readonly [Code, Code] | undefined>[] {
    const wrong = props.slice(0, 1).map(({ name }) => fc.constant([write(`${name}s`), write('shop')] as const));
    return this.profile === 'untyped' ? wrong.map((field) => fc.option(field, { freq: ODD, nil: undefined })) : [];
  }

  /** Values that only plain JavaScript lets pass. */
  private listUntyped(...values: unknown[]): Code[] {
    return this.profile === 'untyped' ? values.map(write) : [];
  }

  private of(type: ts.TypeNode, where: string, room: Room): Codes {
    const key = `${room} ${where} ${type.getText()}`;
    const made = this.made.get(key) ?? this.create(type, where, room);
    this.made.set(key, made);
    return made;
  }

  private create(type: ts.TypeNode, where: string, room: Room): Codes {
    if (ts.isTypeOperatorNode(type) || ts.isParenthesizedTypeNode(type)) {
      return this.of(type.type, where, room);
    }
    if (ts.isUnionTypeNode(type)) {
      const types = type.types.filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword);
      return fc.oneof(...types.map((one) => this.of(one, where, room)));
    }
    if (ts.isArrayTypeNode(type)) {
      const items = fc.array(this.of(type.elementType, where, room), { minLength: 1, maxLength: 2 });
      return this.mixUntyped(this.mix(items.map(writeItems), [write([])]), room === 'ours' ? HOLES : []);
    }
    if (ts.isTypeLiteralNode(type)) {
      const fitting = FITTING.find(([names]) => names.test(where));
      if (fitting) {
        return fc.constant(fitting[1]);
      }
      const value = this.of((type.members[0] as ts.IndexSignatureDeclaration).type, where, room);
      const entries = fc.array(fc.tuple(this.word(`${where}[]`), value), { minLength: 1, maxLength: 2 });
      return this.mixUntyped(this.mix(entries.map(writeFields), [write({})]), room === 'ours' ? STRANGERS : []);
    }
    return this.createSimple(type, where, room) ?? this.createNamed(nameType(type), where, findRoom(type, room));
  }

  private createSimple({ kind }: ts.TypeNode, where: string, room: Room): Codes | undefined {
    const others = room === 'ours' || where === 'EnvValue.fromValue.value' ? [5, '5', true, ['5']].map(write) : [];
    switch (kind) {
      case ts.SyntaxKind.StringKeyword:
        return this.mixUntyped(this.word(where), [others[0]!, ...others.slice(2)].filter(Boolean));
      case ts.SyntaxKind.NumberKeyword:
        return this.mixUntyped(this.number(where), others.slice(1));
      case ts.SyntaxKind.BooleanKeyword:
        return this.boolean(where);
      case ts.SyntaxKind.AnyKeyword:
        return this.data();
      default:
        return undefined;
    }
  }

  private createNamed(name: string, where: string, room: Room): Codes {
    const fitting = FITTING.find(([names]) => names.test(where));
    if (name === 'ContainerProps' && /[iI]nitContainer/.test(where) && !this.isOdd) {
      return this.object(findType(name, room), {}, /\.(liveness|readiness|startup|lifecycle|restartPolicy)$/);
    }
    const known = SPECIAL[name];
    if (known) {
      return known(this);
    }
    const type = findType(name, room);
    const values = type.isEnum
      ? this.member(type, where)
      : type.isInterface && !/^I[A-Z]/.test(name)
        ? this.mixUntyped(this.object(type), room === 'ours' ? STRANGERS : [])
        : this.instance(findType(type.isInterface ? name.slice(1) : name, room));
    return fitting
      ? fc.oneof(
          { arbitrary: fc.constant(fitting[1]), weight: ODD / 4 },
          { arbitrary: values, weight: this.isOdd ? 1 : 0 },
        )
      : values;
  }

  /** One of an enum. */
  public member(type: PublicType, where: string): Codes {
    const codes = Object.keys(type.value)
      .filter((name) => !/^POD_(LABEL|ANNOTATION)$/.test(name))
      .map((name) => [name, refer(`${type.text}.${name}`, () => type.value[name])] as const);
    const sane = codes.filter(([name]) => !ODD_ONLY.test(`${where}=${name}`));
    return this.mix(
      fc.constantFrom(...sane).map(([, code]) => code),
      [...codes.map(([, code]) => code), ...this.listUntyped('Native', 'nonsense', ['native'], {})],
    );
  }

  private word(where: string): Codes {
    if (CONTAINER.test(where)) {
      return this.mix(pick(listContainerNames), ODD_WORDS.map(write));
    }
    if (PORT_NAME.test(where)) {
      return this.mix(pick(listPortNames), ODD_WORDS.map(write));
    }
    const words = WORDS.find(([names]) => names.test(where))![1];
    const sane = fc
      .constantFrom(...words)
      .map((word) => find((world) => word.replace('#', () => String(world.next()))));
    return this.mix(sane, [...ODD_WORDS, ...(/name$/i.test(where) ? TAKEN : [])].map(write));
  }

  private number(where: string): Codes {
    const numbers = NUMBERS.find(([names]) => names.test(where))![1];
    const sane =
      numbers.length > 0 ? fc.constantFrom(...numbers).map(write) : fc.constant(find((world) => 20_000 + world.next()));
    return this.mix(sane, ODD_NUMBERS.map(write));
  }

  private boolean(where: string): Codes {
    const fixed = [true, false].filter((value) => !ODD_ONLY.test(`${where}=${value}`));
    return this.mix(fc.constantFrom(...fixed).map(write), [true, false].map(write));
  }

  /** Settings of some software: data without a type. */
  private data(): Codes {
    const endless: { itself?: unknown } = {};
    endless.itself = endless;
    const odd = [endless, Number.NaN, 5n, undefined, null, [undefined], { text: 'line\u2028separator' }, { größe: 1 }];
    return this.mix(fc.constantFrom('info', 3, true, { level: 'info' }, ['a', 'b']).map(write), odd.map(write));
  }

  /** The same with values that only plain JavaScript lets pass, where there are some. */
  private mixUntyped(sane: Codes, others: readonly Code[]): Codes {
    return this.profile === 'untyped' && others.length > 0 ? this.mix(sane, others) : sane;
  }

  private mix(sane: Codes, odd: readonly Code[]): Codes {
    return this.isOdd
      ? fc.oneof(
          { withCrossShrink: true },
          { arbitrary: sane, weight: ODD },
          { arbitrary: fc.constantFrom(...odd), weight: 1 },
        )
      : sane;
  }
}
