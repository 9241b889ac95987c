import type { TextDocument } from '../text/document-cutter';

/** Lines of documents, by the file and the number of the line. */
export class Excerpts {
  /** The document that was asked for last, in lines: findings come document by document. */
  private last?: { readonly document: TextDocument; readonly lines: readonly string[] };

  public constructor(private readonly documents: ReadonlyMap<string, readonly TextDocument[]>) {}

  public findText(file: string, line: number): string | undefined {
    const document = findDocumentAt(line, this.documents.get(file) ?? []);
    if (!document) {
      return undefined;
    }
    if (this.last?.document !== document) {
      this.last = { document, lines: document.text.split(/\r?\n/) };
    }
    return this.last.lines[line - document.line];
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
