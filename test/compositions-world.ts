import type { Chart } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../src';

/** A value, and how a user writes it. */
export interface Written {
  readonly value: any;
  readonly text: string;
}

/** Code that is run when its turn comes: the names of the containers, for one, are only known then. */
export type Code = (world: World) => Written;

/** The objects that the code of a user names, and that code as it was run. */
export class World {
  public workload!: kplus.AbstractPod;
  public pod!: MultiContainerPod;
  public pattern: any;
  public companion!: Written;
  private readonly statements: string[] = [];
  private readonly culprits = new Map<unknown, { readonly text: string; readonly isOurs: boolean }>();
  private count = 0;

  public constructor(public readonly chart: Chart) {}

  /** The statements; the last one is the call that failed, where one did. */
  public get code(): string {
    return [...this.statements, ...[...this.culprits.values()].map(({ text }) => `${text}; // fails`)].join('\n');
  }

  /** A number that nothing else in this composition has. */
  public next(): number {
    this.count += 1;
    return this.count;
  }

  /** One statement of the user, and the variable that holds what it gives. */
  public state(code: Code, variable?: string): any {
    const { value, text } = code(this);
    this.statements.push(`${variable === undefined ? '' : `const ${variable} = `}${text};`);
    return value;
  }

  /** A call of the library, or of cdk8s and cdk8s-plus. The innermost call that fails is the culprit. */
  public call(text: string, isOurs: boolean, make: () => unknown): Written {
    try {
      return { value: make(), text };
    } catch (error) {
      if (!this.culprits.has(error)) {
        this.culprits.set(error, { text, isOurs });
      }
      throw error;
    }
  }

  /** Whether this error ended a call that the user made to cdk8s or cdk8s-plus. */
  public isOfUser(error: unknown): boolean {
    return this.culprits.get(error)?.isOurs === false;
  }
}

/** A constant. */
export function write(value: unknown): Code {
  const text = formatLiteral(value);
  return () => ({ value, text });
}

/** A literal that is chosen when its turn comes. */
export function find(look: (world: World) => unknown): Code {
  return (world) => write(look(world))(world);
}

/** An object that has a name in the code. */
export function refer(text: string, look: (world: World) => unknown): Code {
  return (world) => ({ value: look(world), text });
}

/** A list. */
export function writeItems(items: readonly Code[]): Code {
  return (world) => {
    const written = items.map((item) => item(world));
    return { value: written.map(({ value }) => value), text: `[${written.map(({ text }) => text).join(', ')}]` };
  };
}

/** An object, field by field. */
export function writeFields(fields: readonly (readonly [Code, Code])[]): Code {
  return (world) => {
    const written = fields.map(([name, value]) => [name(world), value(world)] as const);
    const texts = written.map(
      ([name, { text }]) => `${/^[A-Za-z_]\w*$/.test(name.value) ? name.value : name.text}: ${text}`,
    );
    return {
      value: Object.fromEntries(written.map(([name, { value }]) => [name.value, value])),
      text: texts.length > 0 ? `{ ${texts.join(', ')} }` : '{}',
    };
  };
}

/** A call of a method, of a static factory, or of `new`. */
export function writeCall(receiver: Code, method: string, args: readonly Code[], isOurs: boolean): Code {
  return (world) => {
    const self = receiver(world);
    const given = args.map((arg) => arg(world));
    const values = given.map(({ value }) => value);
    const list = `(${given.map(({ text }) => text).join(', ')})`;
    return method === 'new'
      ? world.call(`new ${self.text}${list}`, isOurs, () => new self.value(...values))
      : world.call(`${self.text}.${method}${list}`, isOurs, () => self.value[method](...values));
  };
}

/** A value as it is written in code, with escapes for all that is hard to see. */
function formatLiteral(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? escapeText(JSON.stringify(value)) : String(value);
  }
  try {
    return escapeText(JSON.stringify(value, (_, item) => (item === undefined ? '<undefined>' : item)));
  } catch {
    return '<an object that contains itself>';
  }
}

function escapeText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
