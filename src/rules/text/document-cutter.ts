import { splitJsonObjects } from './json-text';

/**
 * A document of more characters is not read: an object has at most the twentieth part, and to read a longer list at once takes
 * more memory than Node.js has, some 70 bytes a character.
 */
export const MAX_CHARACTERS = 32 * 1024 * 1024;

/** A line that begins with `---` begins a document and `...` ends one, wherever they stand in YAML. */
const MARKS = /(?<![^\n])(?:---(?=\s|$)|\.\.\.(?:[^\S\n][^\n]*)?\n)/g;

/** The mark of editors of Windows at the beginning of a file, which is that of a document where files were joined. */
const BYTE_ORDER_MARK = /^(---[^\S\n]*\n)?\uFEFF/;

/** One document of a YAML or JSON text, unread. */
export interface TextDocument {
  readonly text: string;
  /** The line of its file on which it begins, from 1. */
  readonly line: number;
  readonly file?: string;
  /** The minor version of Kubernetes that it is for. */
  readonly kubernetes?: number;
}

/** The documents of a text. */
export function splitDocuments(text: string, file?: string): TextDocument[] {
  const cutter = new DocumentCutter(file);
  return [...cutter.push(text), ...cutter.end()];
}

/** Cuts a text into its documents while it still comes, piece by piece. */
export class DocumentCutter {
  /** The whole lines of the document that has begun. */
  private begun = '';
  private line = 1;
  private lineBreaks = 0;
  /** The line that has begun. */
  private rest = '';

  public constructor(private readonly file?: string) {}

  /** The documents that end in this piece. */
  public push(piece: string): TextDocument[] {
    const end = piece.lastIndexOf('\n') + 1;
    if (end === 0) {
      this.rest = joinUpToLimit(this.rest, piece);
      return [];
    }
    const lines = this.rest + piece.slice(0, end);
    this.rest = piece.slice(end);
    return this.cut(lines);
  }

  /** The documents that end because the text does. */
  public end(): TextDocument[] {
    return [...this.cut(this.rest), ...this.finish()];
  }

  private cut(lines: string): TextDocument[] {
    const documents: TextDocument[] = [];
    let from = 0;
    for (const { 0: mark, index } of lines.matchAll(MARKS)) {
      const to = mark === '---' ? index : index + mark.length;
      this.add(lines.slice(from, to));
      documents.push(...this.finish());
      from = to;
    }
    this.add(lines.slice(from));
    return documents;
  }

  private add(lines: string): void {
    this.begun = joinUpToLimit(this.begun, lines);
    this.lineBreaks += countCharacter('\n', lines);
  }

  private finish(): TextDocument[] {
    const { begun: text, line, file } = this;
    this.begun = '';
    this.line += this.lineBreaks;
    this.lineBreaks = 0;
    return isBlank(text) ? [] : splitJsonDocument({ text: text.replace(BYTE_ORDER_MARK, '$1'), line, file });
  }
}

/** The objects of a document that is JSON objects one after another, each from the line on which it begins. */
function splitJsonDocument(document: TextDocument): TextDocument[] {
  let { line } = document;
  return (
    splitJsonObjects(document.text)?.map((part) => {
      const blank = /^\s*/.exec(part)![0];
      const begins = line + countCharacter('\n', blank);
      line += countCharacter('\n', part);
      return { text: part.slice(blank.length), line: begins, file: document.file };
    }) ?? [document]
  );
}

/** A text and what follows it, but no more than tells that it is too long. */
function joinUpToLimit(text: string, more: string): string {
  return text.length > MAX_CHARACTERS ? text : text + more;
}

function countCharacter(character: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) {
    count++;
  }
  return count;
}

/** Nothing but comments and marks. */
function isBlank(text: string): boolean {
  return !/(?<![^\n])(?!\uFEFF?[^\S\n]*(?:$|\n|#|(?:---|\.\.\.)[^\S\n]*(?:$|\n|#)))/.test(text);
}
