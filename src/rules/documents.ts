import { memoizeByText } from '../private/memo';
import { formatCharacter } from '../private/texts';
import type { Key } from './model/field';
import { listObjectViews, type ObjectView, type Source } from './model/object-view';
import { MAX_CHARACTERS, type TextDocument } from './text/document-cutter';
import { readJson } from './text/json-text';
import { LineError } from './text/line-error';
import { PlainYaml } from './text/plain-yaml';
import { assertYaml } from './text/yaml-check';
import { YamlDocument } from './text/yaml-document';

/** An alias may stand for this many values of a document; more is a mistake or an attack. */
const MAX_ALIASES = 1_000;

/** The objects in a document; where it cannot be read, one object that tells why. */
export function readObjectViews(document: TextDocument): ObjectView[] {
  const source = new SourceText(document);
  try {
    return listObjectViews(readDocument(document.text), source);
  } catch (error) {
    return listObjectViews(undefined, toUnreadableSource(source, error as Error));
  }
}

function readDocument(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    throw new Error(`the document has more than ${MAX_CHARACTERS} characters, so cut it into several`);
  }
  // JSON is YAML too, but much quicker read as what it is.
  const json = /^\s*[{[]/.test(text) ? readJson(text) : undefined;
  return json ? json.data : readYamlDocument(text);
}

function readYamlDocument(text: string): unknown {
  assertWholeLines(text);
  const plain = PlainYaml.read(text);
  if (plain) {
    return plain.data;
  }
  const yaml = parseYaml(text);
  assertYaml(yaml);
  return yaml.document.toJS({ maxAliasCount: MAX_ALIASES });
}

/** Refuses what stands on a line of its own in the texts that kubectl reads, which it cuts before it reads them as YAML. */
function assertWholeLines(text: string): void {
  if (/^---[^\S\n]+[^\s#]/.test(text)) {
    throw new LineError('the document begins on the line of its `---`, which kubectl does not read', 1);
  }
  if (text.includes('%') && /^(?:---[^\S\n]*\n)?(?:[^\S\n]*(?:#[^\n]*)?\n)*%/.test(text)) {
    throw new LineError('the text begins with a directive, which kubectl cuts off from its document; leave it out', 1);
  }
}

function toUnreadableSource(source: SourceText, error: Error): Source {
  const line = error instanceof LineError ? error.line : 1;
  return {
    file: source.file,
    kubernetes: source.kubernetes,
    error: `${source.isTemplate ? 'the text has "{{", as a template of Helm that is not rendered: ' : ''}${error.message.split('\n')[0]!.replace(/[.:]$/, '')}`,
    findLine: () => source.firstLine + line - 1,
  };
}

/** Keeps the document that was asked for last: findings come document by document, and parsed texts take much memory. */
const parseWithLines = memoizeByText((text) => PlainYaml.readLines(text) ?? parseYaml(text), 1);

/** The characters that kubectl reads in no YAML, not even in a comment. */
const UNREADABLE = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u;

/** The ends of lines that YAML 1.1 has beside those of the library. */
const OTHER_BREAKS = /\r(?!\n)|[\u0085\u2028\u2029]/g;

function parseYaml(text: string): YamlDocument {
  const found = UNREADABLE.exec(text);
  if (found) {
    const line = text.slice(0, found.index).split('\n').length;
    throw new LineError(`the text holds ${formatCharacter(found[0])}, which kubectl does not read in YAML`, line);
  }
  return YamlDocument.parse(text.replace(OTHER_BREAKS, '\n'));
}

/** A document as it was written, for the lines of its fields. */
class SourceText implements Source {
  public readonly file?: string;
  public readonly firstLine: number;
  public readonly kubernetes?: number;
  private readonly text: string;

  public constructor({ text, line, file, kubernetes }: TextDocument) {
    this.text = text;
    this.firstLine = line;
    this.file = file;
    this.kubernetes = kubernetes;
  }

  /** Whether it is rather what makes manifests than a manifest. */
  public get isTemplate(): boolean {
    return this.text.includes('{{');
  }

  public findLine(keys: readonly Key[]): number {
    return this.firstLine + parseWithLines(this.text).findLine(keys) - 1;
  }
}
