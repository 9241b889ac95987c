import { hasOwn } from '../../private/own';
import type { Problem } from '../rule';
import type { Field, Key } from './field';

/** The texts or numbers that a field takes. Values of another type are what `field-type` reports. */
export interface ValueForm {
  readonly type: 'string' | 'number';
  readonly accepts: (value: never) => boolean;
  /** The rest of the sentence about another value, as in `which is no IP address`. */
  readonly complaint: string;
  readonly fix: string;
}

/** The form of an object, list or map; fields that are not named here take anything. */
export interface HolderForm {
  readonly fields?: Readonly<Record<string, Form>>;
  /** The form of each item of a list. */
  readonly items?: Form;
  /** The form of each name in a map. */
  readonly keys?: ValueForm;
  /** The form of each value in a map. */
  readonly values?: Form;
  /** Fields that must not be left out, beside those of which the schema says so. */
  readonly required?: readonly string[];
  /** Fields of which an empty text is as wrong as none. */
  readonly filled?: readonly string[];
  /** The check of several fields together, or of a value that is more than its form. */
  readonly check?: (field: Field) => readonly Problem[];
}

/** The form that the API server wants of a field and what is below. A table of forms is read in one walk over what is there. */
export type Form = ValueForm | HolderForm;

/** All that stands against a field and what is below it. */
export function checkForm(field: Field, form: Form): Problem[] {
  return field.exists ? new FormWalk(field).check(field.value, form) : [];
}

class FormWalk {
  private readonly problems: Problem[] = [];
  private readonly keys: Key[] = [];

  public constructor(private readonly root: Field) {}

  public check(value: unknown, form: Form): Problem[] {
    if ('accepts' in form) {
      this.checkValue(value, form);
    } else if (Array.isArray(value)) {
      this.checkItems(value, form);
    } else if (typeof value === 'object' && value !== null) {
      this.checkFields(value as Readonly<Record<string, unknown>>, form);
    } else {
      this.checkWhole(form.check);
    }
    return this.problems;
  }

  private checkValue(value: unknown, { type, accepts, complaint, fix }: ValueForm): void {
    if (typeof value === type && !accepts(value as never)) {
      const at = this.find();
      const shown = JSON.stringify(type === 'string' ? omitEnd(value as string) : value);
      this.problems.push({ at, message: `${describeField(at)} is ${shown}, ${complaint}`, fix });
    }
  }

  private checkKey(key: string, { accepts, complaint, fix }: ValueForm): void {
    if (!accepts(key as never)) {
      this.problems.push({ at: this.find(), message: `a key is "${omitEnd(key)}", ${complaint}`, fix });
    }
  }

  private checkItems(list: readonly unknown[], { items, check }: HolderForm): void {
    if (items) {
      list.forEach((item, index) => {
        this.keys.push(index);
        this.check(item ?? createEmpty(items), items);
        this.keys.pop();
      });
    }
    this.checkWhole(check);
  }

  private checkFields(object: Readonly<Record<string, unknown>>, form: HolderForm): void {
    const { fields = {}, keys, values, required, filled, check } = form;
    for (const name of Object.keys(object)) {
      const value = object[name];
      const below = hasOwn(fields, name) ? fields[name] : values;
      this.keys.push(name);
      if (keys) {
        this.checkKey(name, keys);
      }
      if (below && value !== undefined && value !== null) {
        this.check(value, below);
      }
      this.keys.pop();
    }
    for (const name of required ?? []) {
      if (object[name] === undefined || object[name] === null || object[name] === '') {
        this.reportEmpty(name, (holder) => `${holder} does not say its \`${name}\``);
      }
    }
    for (const name of filled ?? []) {
      if (object[name] === '') {
        this.reportEmpty(name, (holder) => `\`${name}\` of ${holder} is empty`);
      }
    }
    this.checkWhole(check);
  }

  private checkWhole(check: HolderForm['check']): void {
    if (check) {
      this.problems.push(...check(this.find()));
    }
  }

  private reportEmpty(name: string, describe: (holder: string) => string): void {
    const holder = this.find();
    this.problems.push({
      at: holder.at(name),
      message: describe(describeField(holder)),
      fix: `write a value for \`${name}\``,
    });
  }

  private find(): Field {
    return this.root.follow(this.keys);
  }
}

/** The item that Kubernetes reads where nothing stands in a list. */
function createEmpty(form: Form): unknown {
  return 'accepts' in form ? (form.type === 'string' ? '' : 0) : {};
}

/** A field by its name, and an item by that of its list. */
function describeField({ keys, name }: Field): string {
  const list = [...keys].reverse().find((key) => typeof key === 'string');
  return typeof keys.at(-1) === 'number' ? `an item of \`${list ?? ''}\`` : `\`${name}\``;
}

/** More of a text than this is not shown. */
const MAX_SHOWN = 60;

function omitEnd(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
