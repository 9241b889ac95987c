import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { TextDecoder } from 'node:util';
import { describeSystemError } from '../../private/command-line';
import { readObjectViews } from '../documents';
import type { ObjectView } from '../model/object-view';
import { DocumentCutter, type TextDocument } from '../text/document-cutter';
import { ASSERTION, HELM_TEMPLATE, isIncomplete, KUSTOMIZE_PATCH, readManifests } from '../unfinished';
import { findInputFiles, type InputFile, type LeavesOut, STDIN_ARGUMENT, type Unusable } from './files';
import { hasPatchName, isAssertion, isInChart, readKustomizations } from './surroundings';

/** The name of standard input in findings. */
export const STDIN_NAME = '<stdin>';

/** Bytes that are read at a time. */
const CHUNK_SIZE = 256 * 1024;

/** A piece of an input: bytes, or text where the stream decodes. */
type Chunk = Uint8Array | string;
type Stream = AsyncIterable<Chunk> | Iterable<Chunk>;

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

/** A document that is no YAML: none of its objects can be used, whatever settings say of the finding. */
export function listUnreadable({ source, root, unfinished }: ObjectView): Unusable[] {
  const { file = '', error } = source;
  return error === undefined || unfinished !== undefined
    ? []
    : [{ file, message: `line ${source.findLine?.(root.keys)}: ${error}` }];
}

/** One file, read. */
interface Content {
  readonly documents: TextDocument[];
  readonly objects: ObjectView[];
  /** Whether any document says that it is an object of Kubernetes. */
  isKubernetes: boolean;
}

/** The content of the inputs that have been read. */
interface InputSoFar {
  readonly objects: ObjectView[];
  readonly documents: Map<string, TextDocument[]>;
  readonly unusable: Unusable[];
  passedOver: number;
}

/** Reads files, folders and standard input; what cannot be read is told, and the rest is read all the same. */
export async function readInput(
  inputs: readonly string[],
  stdin: Stream,
  { leavesOut, isPartial = false }: InputOptions = {},
): Promise<Input> {
  const { files, unusable, leftOut } = findInputFiles(inputs, leavesOut);
  const input: InputSoFar = { objects: [], documents: new Map(), passedOver: 0, unusable: [...unusable] };
  for (const { path, isNamed } of files) {
    await addFile({ path, isNamed: isNamed && !isPartial }, stdin, input);
  }
  const objects = resolvePatched(resolvePatches(input));
  const missing = leftOut > 0 || isPartial ? [] : checkAnyObject(objects, input, inputs);
  return { ...input, objects, leftOut, unusable: [...input.unusable, ...missing] };
}

async function addFile({ path, isNamed }: InputFile, stdin: Stream, input: InputSoFar): Promise<void> {
  const isStdin = path === STDIN_ARGUMENT;
  const file = isStdin ? STDIN_NAME : path;
  try {
    const chunks = isStdin ? stdin : readChunks(path);
    const content = await readContent(chunks, file);
    if (content.isKubernetes || isNamed) {
      addContent(file, content, input);
    } else {
      input.passedOver++;
    }
  } catch (error) {
    input.unusable.push({ file, message: describeSystemError(error as Error) });
  }
}

function addContent(file: string, { documents, objects }: Content, input: InputSoFar): void {
  input.documents.set(file, documents);
  for (const object of documents.length > 0 ? objects : readObjectViews({ text: '', line: 1, file })) {
    input.objects.push(object);
  }
}

/** The objects as kustomize takes them: some are patches, and others get labels and selectors. */
function resolvePatches({ objects, documents }: InputSoFar): ObjectView[] {
  const { patches, resources } = readKustomizations([...documents.keys()].filter((file) => file !== STDIN_NAME));
  return objects.map((object) => {
    const { file = '' } = object.source;
    const path = resolve(file);
    if (patches.has(path)) {
      return object.asUnfinished(KUSTOMIZE_PATCH);
    }
    if (resources.has(path)) {
      return object.asKustomized();
    }
    return hasPatchName(file) && isIncomplete(object) ? object.asUnfinished(KUSTOMIZE_PATCH) : object;
  });
}

/** A patch of the same kind and name may add ports, volumes and whatever else to the object. */
function resolvePatched(objects: readonly ObjectView[]): readonly ObjectView[] {
  const patches = new Set(objects.filter(({ unfinished }) => unfinished === KUSTOMIZE_PATCH).map(({ title }) => title));
  return objects.map((object) =>
    object.unfinished === undefined && patches.has(object.title) ? object.asPatched() : object,
  );
}

/** A call that checks nothing must not look like one that found nothing. */
function checkAnyObject(
  objects: readonly ObjectView[],
  { unusable }: InputSoFar,
  inputs: readonly string[],
): Unusable[] {
  const isAnything = ({ root, source, unfinished }: ObjectView) =>
    unfinished === undefined && (root.exists || source.error !== undefined);
  if (unusable.length > 0 || objects.some(isAnything)) {
    return [];
  }
  const file = inputs.map((input) => (input === STDIN_ARGUMENT ? STDIN_NAME : input)).join(', ');
  const [reason] = objects.flatMap(({ unfinished }) => unfinished ?? []);
  return [{ file, message: reason ?? 'no object of Kubernetes to check' }];
}

/** The bytes of a file, each piece until the next is asked for: a stream for each of many small files costs more than its data. */
function* readChunks(path: string): Generator<Uint8Array> {
  const descriptor = openSync(path, 'r');
  try {
    // One byte more than there are, so that the end is seen at once.
    const buffer = new Uint8Array(Math.min(fstatSync(descriptor).size + 1, CHUNK_SIZE));
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, count);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Reads document by document, so that never more of a file is held than its documents and their data. */
async function readContent(chunks: Stream, file: string): Promise<Content> {
  const content: Content = { documents: [], objects: [], isKubernetes: false };
  const cutter = new DocumentCutter(file);
  let decoder: TextDecoder | undefined;
  for await (const chunk of chunks) {
    decoder ??= createDecoder(chunk);
    addDocuments(content, cutter.push(typeof chunk === 'string' ? chunk : decodeChunk(decoder, chunk)));
  }
  addDocuments(content, [...cutter.push(decoder ? decodeChunk(decoder) : ''), ...cutter.end()]);
  const reason = file === STDIN_NAME ? undefined : findFileReason(file, content);
  return reason === undefined ? content : toUnfinished(content, reason);
}

/** Why nothing in a file can be applied as it stands, where the file itself tells. */
function findFileReason(file: string, content: Content): string | undefined {
  return isAssertion(file) ? ASSERTION : isTemplateFile(file, content) ? HELM_TEMPLATE : undefined;
}

/** Whether a file is a template as a whole: what begins in one document of it may end in another. */
function isTemplateFile(file: string, { documents, objects }: Content): boolean {
  return (
    objects.some(({ source, unfinished }) => source.error !== undefined && unfinished !== undefined) ||
    (isInChart(file) && documents.some(({ text }) => text.includes('{{')))
  );
}

function toUnfinished(content: Content, reason: string): Content {
  const objects = content.objects.map((object) => object.asUnfinished(object.unfinished ?? reason));
  return { ...content, objects };
}

/** A text in UTF-16 says so at its beginning, as editors of Windows write it; any other is in UTF-8. */
function createDecoder(beginning: Chunk): TextDecoder {
  const [first, second] = typeof beginning === 'string' ? [] : beginning;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return new TextDecoder(isWide ? (first === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', { fatal: true });
}

function decodeChunk(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new Error(`is not text in ${decoder.encoding.toUpperCase()}`);
  }
}

function addDocuments(content: Content, documents: readonly TextDocument[]): void {
  for (const document of documents) {
    content.documents.push(document);
    for (const object of readManifests(document)) {
      content.objects.push(object);
      content.isKubernetes ||= isKubernetesDocument(object, document);
    }
  }
}

/** Whether a document is meant to be an object of Kubernetes, even where it cannot be read or lacks a part. */
function isKubernetesDocument({ root, source }: ObjectView, { text }: TextDocument): boolean {
  if (source.error !== undefined) {
    return /(?:^|[{,])\s*["']?(?:apiVersion|kind)["']?\s*:/m.test(text);
  }
  const parts = ['apiVersion', 'kind'].filter((name) => root.at(name).text);
  return parts.length === 2 || (parts.length === 1 && root.at('metadata').isObject);
}
