import { hasOwn } from '../../private/own';

/** The steps from the top of a manifest to a field: names of fields and places in lists. */
export type Key = string | number;

const NOTHING: readonly Field[] = [];

/**
 * A place in data that may be anything: a manifest as it was written. Reading a field that is not there, or is of
 * another type than asked for, gives nothing instead of failing.
 */
export class Field {
  /** A place in data that stands on its own. */
  public static root(value: unknown): Field {
    return new Field(value, undefined, '');
  }

  private list?: readonly Field[];

  private constructor(
    /** The value that stands there. */
    public readonly value: unknown,
    private readonly parent: Field | undefined,
    private readonly key: Key,
  ) {}

  /** The steps that lead there from the top. */
  public get keys(): Key[] {
    return this.parent ? [...this.parent.keys, this.key] : [];
  }

  /** The path there, as in `spec.containers[0].name`. */
  public get path(): string {
    return this.keys.map(formatStep).join('').replace(/^\./, '');
  }

  /** Whether anything stands there; `null` counts as nothing, as it does for Kubernetes. */
  public get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The text that stands there. */
  public get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** The number that stands there. */
  public get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  /** The text or number that stands there, as a manifest would show it. */
  public get scalar(): string | undefined {
    return typeof this.value === 'string' || typeof this.value === 'number' ? String(this.value) : undefined;
  }

  /** Whether `true` stands there. */
  public get isTrue(): boolean {
    return this.value === true;
  }

  /** Whether `false` stands there. */
  public get isFalse(): boolean {
    return this.value === false;
  }

  /** Whether fields stand there, by their names. */
  public get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** The items of the list that stands there. */
  public get items(): readonly Field[] {
    if (!Array.isArray(this.value)) {
      return NOTHING;
    }
    this.list ??= this.value.map((item, index) => new Field(item, this, index));
    return this.list;
  }

  /** The texts of the list that stands there. */
  public get texts(): string[] {
    return this.items.flatMap(({ text }) => text ?? []);
  }

  /** The names of the fields that stand there. */
  public get names(): string[] {
    return this.isObject ? Object.keys(this.value as object) : [];
  }

  /** The fields that stand there. */
  public get fields(): Field[] {
    return this.names.map((name) => this.at(name));
  }

  /** The name of this field in its object. */
  public get name(): string {
    return String(this.key);
  }

  /** The field below, by its name or by one name after the other. */
  public at(...names: string[]): Field {
    let field: Field = this;
    for (const name of names) {
      field = new Field(field.readValue(name), field, name);
    }
    return field;
  }

  /** The same place with fields that count where they are not written down. */
  public withDefaults(fields: Readonly<Record<string, unknown>>): Field {
    return this.isObject && Object.keys(fields).length > 0
      ? new Field({ ...fields, ...(this.value as object) }, this.parent, this.key)
      : this;
  }

  /** The field at the end of these steps. */
  public follow(keys: readonly Key[]): Field {
    return keys.reduce<Field>(
      (field, key) => (typeof key === 'number' ? (field.items[key] ?? field) : field.at(key)),
      this,
    );
  }

  /** The topmost field on the way here that is not there; nothing where this field is. */
  public get missing(): Field | undefined {
    return this.exists ? undefined : (this.parent?.missing ?? this);
  }

  private readValue(name: string): unknown {
    const holder = this.isObject ? (this.value as Record<string, unknown>) : {};
    return hasOwn(holder, name) ? holder[name] : undefined;
  }
}

function formatStep(key: Key): string {
  if (typeof key === 'number') {
    return `[${key}]`;
  }
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
