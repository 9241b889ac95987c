/** The answer of a shape to data that it has not learned. */
export const UNKNOWN = Symbol('unknown');

/** The change to a map: none, into the value that it holds, or into one with these fields of those. */
type Form = 'same' | 'value' | readonly (readonly [to: string, from: string])[];

/** The fields of a map, read one after the other. */
interface Step {
  readonly next: Map<string, { readonly step: Step; readonly shape: Shape }>;
  form?: Form;
}

/**
 * The way in which generated code renders the data at one place of a manifest, learned from examples.
 *
 * That code hands on text and numbers, goes through lists, gives the fields of a map that it knows their names in the manifest, in an
 * order of its own, and takes an amount or a port out of its wrapping. Which of these it does depends on the type of the data and the
 * names of its fields alone. Where it leaves something out or makes something else, nothing is learned.
 */
export class Shape {
  private readonly scalars = new Set<string>();
  private readonly first: Step = { next: new Map() };
  private readonly fields = new Map<string, Shape>();
  private items?: Shape;

  /** Data as the code renders it, or `UNKNOWN`. Whatever stays the same is shared. */
  public convert(data: unknown): unknown {
    if (typeof data !== 'object') {
      return this.scalars.has(typeof data) ? data : UNKNOWN;
    }
    return Array.isArray(data) ? this.convertItems(data) : this.convertFields(data as Record<string, unknown>);
  }

  /** Learns from an example: data, and as the code rendered it. */
  public learn(data: unknown, made: unknown): void {
    if (Array.isArray(data)) {
      this.learnItems(data, made);
    } else if (typeof data === 'object') {
      this.learnFields(data as Record<string, unknown>, made);
    } else if (Object.is(data, made)) {
      this.scalars.add(typeof data);
    }
  }

  private convertItems(data: readonly unknown[]): unknown {
    if (!this.items) {
      return UNKNOWN;
    }
    let changed: unknown[] | undefined;
    for (let index = 0; index < data.length; index++) {
      const made = this.items.convert(data[index]);
      if (made === UNKNOWN) {
        return UNKNOWN;
      }
      if (made !== data[index]) {
        changed ??= [...data];
        changed[index] = made;
      }
    }
    return changed ?? data;
  }

  private convertFields(data: Record<string, unknown>): unknown {
    let step = this.first;
    let changed: Record<string, unknown> | undefined;
    for (const name of Object.keys(data)) {
      const field = step.next.get(name);
      const made = field ? field.shape.convert(data[name]) : UNKNOWN;
      if (made === UNKNOWN) {
        return UNKNOWN;
      }
      if (made !== data[name]) {
        changed ??= { ...data };
        changed[name] = made;
      }
      step = field!.step;
    }
    return toForm(step.form, changed ?? data);
  }

  private learnItems(data: readonly unknown[], made: unknown): void {
    if (Array.isArray(made) && made.length === data.length) {
      this.items ??= new Shape();
      for (const [index, item] of data.entries()) {
        this.items.learn(item, made[index]);
      }
    }
  }

  private learnFields(data: Record<string, unknown>, made: unknown): void {
    const names = Object.keys(data);
    if (typeof made === 'object' && !Array.isArray(made)) {
      this.learnNames(names, data, made as Record<string, unknown>);
    } else if (names.length === 1 && 'value' in data && Object.is(data.value, made)) {
      this.ensureField('value').learn(data.value, made);
      this.ensureStep(names).form = 'value';
    }
  }

  private learnNames(names: readonly string[], data: Record<string, unknown>, made: Record<string, unknown>): void {
    const pairs = matchNames(names, Object.keys(made));
    if (pairs) {
      for (const [to, from] of pairs) {
        this.ensureField(from).learn(data[from], made[to]);
      }
      const isSame = pairs.every(([to, from], index) => to === from && from === names[index]);
      this.ensureStep(names).form = isSame ? 'same' : pairs;
    }
  }

  private ensureField(name: string): Shape {
    const shape = this.fields.get(name) ?? new Shape();
    this.fields.set(name, shape);
    return shape;
  }

  private ensureStep(names: readonly string[]): Step {
    let at = this.first;
    for (const name of names) {
      const next = at.next.get(name) ?? { step: { next: new Map() }, shape: this.ensureField(name) };
      at.next.set(name, next);
      at = next.step;
    }
    return at;
  }
}

function toForm(form: Form | undefined, data: Record<string, unknown>): unknown {
  if (form === 'same') {
    return data;
  }
  if (form === undefined) {
    return UNKNOWN;
  }
  if (form === 'value') {
    return data.value;
  }
  const made: Record<string, unknown> = {};
  for (const [to, from] of form) {
    made[to] = data[from];
  }
  return made;
}

/** The names in a manifest, each with that of the data it comes from: `clusterIP` from `clusterIp`. None if one is left. */
function matchNames(from: readonly string[], to: readonly string[]): (readonly [string, string])[] | undefined {
  const byLetters = new Map(from.map((name) => [toLetters(name), name]));
  const pairs = to.map((name) => [name, from.includes(name) ? name : byLetters.get(toLetters(name))] as const);
  const isWhole = to.length === from.length && new Set(pairs.map(([, name]) => name)).size === from.length;
  return isWhole && pairs.every(([, name]) => name !== undefined) ? (pairs as [string, string][]) : undefined;
}

function toLetters(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
