import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { readObjectViews } from '../documents';
import type { ObjectView } from '../model/object-view';
import { DocumentCutter, type TextDocument } from '../text/document-cutter';
import {
  describeSystemError,
  findInputFiles,
  type InputFile,
  type LeavesOut,
  STDIN_ARGUMENT,
  type Unusable,
} from './files';

/** The name of standard input in findings. */
export const STDIN_NAME = '<stdin>';

/** Bytes that are read at a time. */
const CHUNK_SIZE = 256 * 1024;

/** A piece of an input: bytes, or text where the stream decodes. */
type Chunk = Uint8Array | string;

/** All that the inputs of one call hold. */
export interface Input {
  readonly objects: readonly ObjectView[];
  /** The documents of each file in their order, for excerpts. */
  readonly documents: ReadonlyMap<string, readonly TextDocument[]>;
  /** The number of files in folders that hold no object of Kubernetes. */
  readonly passedOver: number;
  /** The number of files and folders that are left out on purpose. */
  readonly leftOut: number;
  readonly unusable: readonly Unusable[];
}

/** The part of the inputs that is read. */
export interface InputOptions {
  readonly leavesOut?: LeavesOut;
  /** Whether the inputs are a part of all, of which any may hold no object of Kubernetes. */
  readonly isPartial?: boolean;
}

/** One file, read. */
interface Content {
  readonly documents: TextDocument[];
  readonly objects: ObjectView[];
  /** Whether any document says that it is an object of Kubernetes. */
  isKubernetes: boolean;
}

/** Reads files, folders and standard input; what cannot be read is told, and the rest is read all the same. */
export async function readInput(
  inputs: readonly string[],
  stdin: AsyncIterable<Chunk>,
  { leavesOut, isPartial = false }: InputOptions = {},
): Promise<Input> {
  const { files, unusable, leftOut } = findInputFiles(inputs, leavesOut);
  const input = { objects: [], documents: new Map(), passedOver: 0, leftOut, unusable: [...unusable] };
  const reader = new Reader(stdin, input);
  for (const { path, isNamed } of files) {
    await reader.read({ path, isNamed: isNamed && !isPartial });
  }
  if (leftOut === 0 && !isPartial) {
    reader.finish(inputs);
  }
  return input;
}

class Reader {
  public constructor(
    private readonly stdin: AsyncIterable<Chunk>,
    private readonly input: {
      objects: ObjectView[];
      documents: Map<string, TextDocument[]>;
      passedOver: number;
      unusable: Unusable[];
    },
  ) {}

  public async read({ path, isNamed }: InputFile): Promise<void> {
    const isStdin = path === STDIN_ARGUMENT;
    const file = isStdin ? STDIN_NAME : path;
    try {
      const chunks = isStdin ? this.stdin : createReadStream(path, { highWaterMark: CHUNK_SIZE });
      const content = await readContent(chunks, file);
      if (content.isKubernetes || isNamed) {
        this.keep(file, content);
      } else {
        this.input.passedOver++;
      }
    } catch (error) {
      this.input.unusable.push({ file, message: describeSystemError(error as Error) });
    }
  }

  /** A call that checks nothing must not look like one that found nothing. */
  public finish(inputs: readonly string[]): void {
    const { objects, unusable } = this.input;
    if (unusable.length === 0 && !objects.some(({ root, source }) => root.exists || source.error !== undefined)) {
      const names = inputs.map((input) => (input === STDIN_ARGUMENT ? STDIN_NAME : input));
      unusable.push({ file: names.join(', '), message: 'no object of Kubernetes to check' });
    }
  }

  private keep(file: string, { documents, objects }: Content): void {
    const kept = documents.length > 0 ? objects : readObjectViews({ text: '', line: 1, file });
    this.input.documents.set(file, documents);
    for (const object of kept) {
      this.input.objects.push(object);
    }
  }
}

/** Reads document by document, so that never more of a file is held than its documents and their data. */
async function readContent(chunks: AsyncIterable<Chunk>, file: string): Promise<Content> {
  const content: Content = { documents: [], objects: [], isKubernetes: false };
  const cutter = new DocumentCutter(file);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of chunks) {
    addDocuments(content, cutter.push(typeof chunk === 'string' ? chunk : decodeChunk(decoder, chunk)));
  }
  addDocuments(content, [...cutter.push(decodeChunk(decoder)), ...cutter.end()]);
  return content;
}

function decodeChunk(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new Error('is not text in UTF-8');
  }
}

function addDocuments(content: Content, documents: readonly TextDocument[]): void {
  for (const document of documents) {
    content.documents.push(document);
    for (const object of readObjectViews(document)) {
      content.objects.push(object);
      content.isKubernetes ||= isKubernetesDocument(object, document);
    }
  }
}

/** Whether a document is meant to be an object of Kubernetes, even where it cannot be read. */
function isKubernetesDocument({ root, source }: ObjectView, { text }: TextDocument): boolean {
  return source.error === undefined
    ? root.at('apiVersion').exists || root.at('kind').exists
    : /(?:^|[{,])\s*["']?(?:apiVersion|kind)["']?\s*:/m.test(text);
}
