import type { Key } from '../model/field';
import { LineCursor } from './line-cursor';
import { KEY, readFlow, readKey } from './plain-flow';
import { readLiteral } from './plain-literal';
import { UNUSUAL } from './plain-scalar';

/** The lines of a value and of what stands in it. */
interface Mark {
  readonly line: number;
  readonly fields?: ReadonlyMap<string, { readonly line: number; readonly mark?: Mark }>;
  readonly items?: readonly Mark[];
}

/** Deeper than any manifest, and less than the stack holds. */
const MAX_NESTING = 64;

/** Characters that some readers take for more than themselves, or do not take. */
const FOREIGN = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

const PLAIN = /[^\n]*/y;
const REST = / *(?: #[^\n]*)?(?=\n|$)/y;
const START = /---(?: +#[^\n]*| *)(?=\n|$)/y;

/**
 * Reads what most manifests are written in: maps and lists in blocks, scalars and flow collections of one line, literal texts. It
 * is many times as fast as the library, and gives up where there is anything else, also what may be wrong.
 */
export class PlainYaml {
  /** The data of a document; nothing where the library must read it. */
  public static read(text: string): { readonly data: unknown } | undefined {
    return tryReading(() => ({ data: new PlainYaml(text, false).readDocument() }));
  }

  /** The same document with the lines of its fields. */
  public static readLines(text: string): PlainYaml | undefined {
    return tryReading(() => {
      const yaml = new PlainYaml(text, true);
      yaml.readDocument();
      return yaml;
    });
  }

  private readonly cursor: LineCursor;
  private depth = 0;
  /** The lines of the value that was read last. */
  private mark?: Mark;

  private constructor(
    text: string,
    private readonly isMarking: boolean,
  ) {
    this.cursor = new LineCursor(text);
  }

  /** The line on which a field begins, or the nearest one above it that is written down. */
  public findLine(keys: readonly Key[]): number {
    let { mark } = this;
    let { line } = mark!;
    for (const key of keys) {
      const field = mark?.fields?.get(String(key));
      const item = typeof key === 'number' ? mark?.items?.[key] : undefined;
      if (!field && !item) {
        return line;
      }
      line = (field ?? item!).line;
      mark = field ? field.mark : item;
    }
    return line;
  }

  private readDocument(): unknown {
    const { cursor } = this;
    if (FOREIGN.test(cursor.text)) {
      throw UNUSUAL;
    }
    if (cursor.match(START) === undefined) {
      cursor.enterLine(0);
    } else {
      cursor.nextLine();
    }
    const data = this.readBlock();
    if (cursor.indent !== -1) {
      throw UNUSUAL;
    }
    return data;
  }

  private readBlock(): object {
    if (++this.depth > MAX_NESTING || this.cursor.indent === -1) {
      throw UNUSUAL;
    }
    const value = this.isItem() ? this.readItems() : this.readFields();
    this.depth--;
    return value;
  }

  /** Whether an item of a list begins here. */
  private isItem(): boolean {
    const { text, at } = this.cursor;
    return text.charCodeAt(at) === 0x2d && text.charCodeAt(at + 1) === 0x20;
  }

  private readFields(): object {
    const { cursor } = this;
    const { indent, line } = cursor;
    const data: Record<string, unknown> = {};
    const fields = this.isMarking ? new Map<string, { line: number; mark?: Mark }>() : undefined;
    while (cursor.indent === indent) {
      const begins = cursor.line;
      const name = readKey(cursor, data);
      this.mark = undefined;
      data[name] = this.readFieldValue(indent);
      fields?.set(name, { line: begins, mark: this.mark });
    }
    return this.finish(data, indent, { line, fields });
  }

  private readFieldValue(indent: number): unknown {
    const { cursor } = this;
    if (cursor.match(REST) === undefined) {
      return cursor.skipSpaces() === 0 ? this.giveUp() : this.readLineValue(indent);
    }
    cursor.nextLine();
    return cursor.indent > indent || (cursor.indent === indent && this.isItem()) ? this.readBlock() : null;
  }

  private readItems(): unknown[] {
    const { cursor } = this;
    const { indent, line } = cursor;
    const data: unknown[] = [];
    const items: Mark[] = [];
    while (cursor.indent === indent && this.isItem()) {
      const begins: Mark = { line: cursor.line };
      this.mark = undefined;
      data.push(this.readItem(indent));
      items.push(this.mark ?? begins);
    }
    return this.finish(data, indent, { line, items });
  }

  private readItem(indent: number): unknown {
    const { cursor } = this;
    const start = cursor.at++;
    cursor.skipSpaces();
    if (this.isItem() || cursor.match(KEY) !== undefined) {
      cursor.indent = indent + cursor.at - start;
      return this.readBlock();
    }
    return this.readLineValue(indent);
  }

  /** The text behind a collection belongs to one further out; only a list may stand as far out as the next key. */
  private finish<T extends object>(data: T, indent: number, mark: Mark): T {
    if (this.cursor.indent > indent) {
      throw UNUSUAL;
    }
    this.mark = this.isMarking ? mark : undefined;
    return data;
  }

  /** A value that begins on this line, and ends on it unless it is a literal text. */
  private readLineValue(indent: number): unknown {
    const { cursor } = this;
    const isLiteral = cursor.sign === '|';
    const value = isLiteral ? readLiteral(cursor, indent) : readFlow(cursor, PLAIN);
    if (!isLiteral) {
      this.endLine();
    }
    return cursor.indent > indent ? this.giveUp() : value;
  }

  private endLine(): void {
    if (this.cursor.match(REST) === undefined) {
      throw UNUSUAL;
    }
    this.cursor.nextLine();
  }

  private giveUp(): never {
    throw UNUSUAL;
  }
}

function tryReading<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error === UNUSUAL) {
      return undefined;
    }
    throw error;
  }
}
