import type { TextDocument } from '../text/document-cutter';

/** The comment that Helm puts above what it renders of a template. */
const SOURCE_WORDS = '# Source: ';
const SOURCE_COMMENT = /^(?:(?:---|#)[^\n]*\n|\s*\n)*?# Source: (\S[^\n]*?)\s*(?:\n|$)/;

/** Comments above a document are not searched further. */
const MAX_COMMENTS = 4_096;

/** The documents of all files: their lines, by the file and the number of the line. */
export class Excerpts {
  /** The document that was asked for last, in lines: findings come document by document. */
  private last?: { readonly document: TextDocument; readonly lines: readonly string[] };
  private readonly rendered = new Map<string, boolean>();

  public constructor(private readonly documents: ReadonlyMap<string, readonly TextDocument[]>) {}

  /** The text of a line. */
  public findText(file: string, line: number): string | undefined {
    const document = this.findDocument(file, line);
    if (!document) {
      return undefined;
    }
    if (this.last?.document !== document) {
      this.last = { document, lines: document.text.split(/\r?\n/) };
    }
    return this.last.lines[line - document.line];
  }

  /** Whether Helm rendered any document of a file. */
  public hasTemplates(file = ''): boolean {
    const known = this.rendered.get(file);
    const answer = known ?? (this.documents.get(file) ?? []).some(({ text }) => text.includes(SOURCE_WORDS));
    this.rendered.set(file, answer);
    return answer;
  }

  /** The template of Helm that the document on a line was rendered from. */
  public findTemplate(file: string, line: number): string | undefined {
    const { text = '' } = this.findDocument(file, line) ?? {};
    return text.includes(SOURCE_WORDS) ? SOURCE_COMMENT.exec(text.slice(0, MAX_COMMENTS))?.[1] : undefined;
  }

  private findDocument(file: string, line: number): TextDocument | undefined {
    return findDocumentAt(line, this.documents.get(file) ?? []);
  }
}

/** The last document that begins on this line or above: there may be very many. */
function findDocumentAt(line: number, documents: readonly TextDocument[]): TextDocument | undefined {
  let from = 0;
  let to = documents.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (documents[middle]!.line <= line) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return documents[from - 1];
}
