import type {
  CST,
  Document,
  DocumentOptions,
  Lexer,
  LineCounter,
  Node,
  ParseOptions,
  Scalar,
  SchemaOptions,
  Tags,
} from 'yaml';
import { loadYaml } from '../../private/yaml';
import type { Key } from '../model/field';
import { KubectlLexemes } from './kubectl-lexemes';
import { LineError } from './line-error';

/** Fields that stand in one another this deep are a mistake or an attack: a reader that follows them dies of it. */
export const MAX_DEPTH = 256;

/** The complaint about a document that is deeper. */
export const TOO_DEEP = `the document is more than ${MAX_DEPTH} levels deep`;

/** The complaint about a document in which another one begins. */
export const NEXT_DOCUMENT = 'a second document begins without `---`';

type Options = ParseOptions & DocumentOptions & SchemaOptions;

const COMMON: Options = { uniqueKeys: false, prettyErrors: false, logLevel: 'error' };

/** Reads as kubectl does: YAML 1.1 without its dates and its numbers of base 60, but with octals as in `0o644`. */
const AS_KUBECTL: Options = {
  ...COMMON,
  version: '1.1',
  merge: true,
  customTags: (tags) => [...tags.filter((tag) => !isForeignTag(tag)), 'intOct'],
};

/** Reads every scalar as the text that is written: `1.30` stays what it is, and so does `off`. */
export const AS_TEXTS: Options = { ...COMMON, schema: 'failsafe' };

/** A document of YAML with the places of its nodes. */
export class YamlDocument {
  /** @throws if the text is no YAML, holds several documents or is too deep */
  public static parse(text: string, options: Options = AS_KUBECTL): YamlDocument {
    const strict = YamlDocument.compose(text, options, new (loadYaml().Lexer)());
    if (strict.error === undefined) {
      return strict.yaml;
    }
    const lenient = YamlDocument.compose(text, options, createLenientLexer());
    if (lenient.error === undefined) {
      return lenient.yaml;
    }
    throw strict.error;
  }

  private static compose(text: string, options: Options, lexer: Lexer): { yaml: YamlDocument; error?: LineError } {
    const { Composer, LineCounter } = loadYaml();
    const lines = new LineCounter();
    const strict = new KubectlLexemes();
    const tokens = readTokens(lines, strict.watch(lexer.lex(text)));
    const [document, surplus] = new Composer(options).compose(tokens, true, text.length);
    const yaml = new YamlDocument(document as Document, lines);
    const [error] = yaml.document.errors;
    if (error) {
      const { line } = lines.linePos(Math.min(error.pos[0], text.trimEnd().length));
      return { yaml, error: new LineError(error.message, line) };
    }
    if (strict.error && options === AS_KUBECTL) {
      return { yaml, error: strict.error };
    }
    return surplus ? { yaml, error: new LineError(NEXT_DOCUMENT, yaml.findNodeLine(surplus.contents)) } : { yaml };
  }

  private constructor(
    public readonly document: Document,
    private readonly lines: LineCounter,
  ) {}

  /** The line on which a field begins, or the nearest one above it that is written down. */
  public findLine(keys: readonly Key[]): number {
    return this.lines.linePos(findOffset(this.document, keys)).line;
  }

  /** The line on which a node begins. */
  public findNodeLine(node: unknown): number {
    return this.lines.linePos((node as Node | null)?.range?.[0] ?? 0).line;
  }
}

/** The text in tokens: read here, because the library itself follows them as deep as they go. */
function* readTokens(lines: LineCounter, lexemes: Iterable<string>): Generator<CST.Token> {
  const parser = new (loadYaml().Parser)(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of lexemes) {
    if (parser.stack.length > MAX_DEPTH + 1) {
      throw new Error(TOO_DEEP);
    }
    yield* parser.next(lexeme);
  }
  yield* parser.end();
}

/** The steps of the library that hold each line of a value against the indentation around it. */
const INDENTED_STEPS = ['parseQuotedScalar', 'parseFlowCollection'];

/** kubectl takes the lines of a text in quotes, and of what is in brackets, at any indentation. */
function createLenientLexer(): Lexer {
  const lexer = new (loadYaml().Lexer)();
  const steps = lexer as unknown as Record<string, () => Generator<string>> & { indentNext: number };
  for (const name of INDENTED_STEPS) {
    const step = steps[name]!;
    steps[name] = function* () {
      const { indentNext } = steps;
      steps.indentNext = 0;
      const next = yield* step.call(lexer);
      steps.indentNext = indentNext;
      return next;
    };
  }
  return lexer;
}

/** Tags that Kubernetes does not have: what they mark is text there. */
function isForeignTag(tag: Tags[number]): boolean {
  return typeof tag === 'object' && (/(timestamp|binary)$/.test(tag.tag) || ('format' in tag && tag.format === 'TIME'));
}

function findOffset(document: Document, keys: readonly Key[]): number {
  const { isAlias, isMap, isSeq } = loadYaml();
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const key of keys) {
    if (isAlias(node)) {
      node = node.resolve(document) ?? null;
    }
    const pair = isMap(node) ? node.items.find((item) => String((item.key as Scalar).value) === key) : undefined;
    const next = pair ? (pair.value as Node | null) : isSeq(node) ? (node.items[key as number] as Node) : undefined;
    if (next === undefined) {
      return offset;
    }
    offset = ((pair?.key as Node | undefined) ?? next)?.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
