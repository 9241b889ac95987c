import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { toYaml } from './yaml-writer';

/** As much text is held back until it is written. Files that are shorter are written at once, when all of them is known. */
const CHUNK = 1 << 20;

/** As much text is put together before it is encoded. */
const PART = 1 << 15;

const SEPARATOR = '---\n';

/**
 * Writes a file of YAML as `Yaml.save` of cdk8s does, document by document, so that memory holds one of them. A file that cannot
 * be finished is removed: no cut manifest stays behind.
 */
export function writeYamlFile(path: string, documents: Iterable<unknown>): void {
  const file = new YamlFile(path);
  try {
    for (const text of formatDocuments(documents)) {
      file.add(text);
    }
    file.finish();
  } catch (error) {
    file.abandon();
    throw error;
  }
}

/** Documents as `Yaml.stringify` of cdk8s writes them. */
export function formatYaml(documents: Iterable<unknown>): string {
  let text = '';
  for (const part of formatDocuments(documents)) {
    text += part;
  }
  return text;
}

/** The text of each document, with what stands before it. */
function* formatDocuments(documents: Iterable<unknown>): Generator<string> {
  let separator = '';
  for (const document of documents) {
    yield separator + (document === undefined ? '\n' : toYaml(document));
    separator = SEPARATOR;
  }
}

/** A file whose text is encoded part by part: of a text that was put together of very many, each costs more. */
class YamlFile {
  private text = '';
  private readonly parts: Buffer[] = [];
  private length = 0;
  private descriptor?: number;

  public constructor(private readonly path: string) {}

  public add(text: string): void {
    this.text += text;
    if (this.text.length >= PART) {
      this.encode();
    }
    if (this.length >= CHUNK) {
      this.descriptor ??= openSync(this.path, 'w');
      this.flush(this.descriptor);
    }
  }

  public finish(): void {
    if (this.length === 0 && this.descriptor === undefined) {
      writeFileSync(this.path, this.text);
      return;
    }
    this.encode();
    this.descriptor ??= openSync(this.path, 'w');
    this.flush(this.descriptor);
    closeSync(this.descriptor);
  }

  public abandon(): void {
    if (this.descriptor !== undefined) {
      closeSync(this.descriptor);
      rmSync(this.path, { force: true });
    }
  }

  private encode(): void {
    const part = Buffer.from(this.text);
    this.parts.push(part);
    this.length += part.length;
    this.text = '';
  }

  private flush(descriptor: number): void {
    for (const part of this.parts) {
      let rest = part;
      while (rest.length > 0) {
        rest = rest.subarray(writeSync(descriptor, rest));
      }
    }
    this.parts.length = 0;
    this.length = 0;
  }
}
