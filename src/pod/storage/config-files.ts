import { type ApiObject, type IAnyProducer, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { createError } from '../../private/errors';
import { memoize, memoizeByText } from '../../private/memo';
import { hashText, isConfigKey, UNWRITABLE_KEY } from '../../private/names';
import { readArgument } from '../../private/read-props';
import { RunValue } from '../../private/synth-run';
import { isReadable, isWellFormed } from '../../private/texts';

/** Kubernetes keeps at most 1 MiB in one ConfigMap. */
const MAX_BYTES = 1024 * 1024;

/**
 * Files of a container that come from a ConfigMap. A changed file changes the pod template, so that the workload rolls
 * its pods, unless `rollsPods` says otherwise.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigFiles extends Construct {
  /** @internal */
  public static _create(scope: Construct, id: string, namespace?: string): ConfigFiles {
    return new ConfigFiles(scope, id, namespace);
  }

  private readonly files = new Map<string, IAnyProducer>();
  private readonly object: ApiObject;
  private reference?: kplus.IConfigMap;
  private readonly rendered: RunValue<{ [file: string]: string }>;

  private constructor(scope: Construct, id: string, namespace?: string) {
    super(scope, id);
    this.rendered = new RunValue(this.node.root, () => this.render());
    this.object = new kplus.k8s.KubeConfigMap(this, 'Resource', {
      metadata: { namespace },
      data: Lazy.any({ produce: () => this.listTexts() }) as unknown as { [file: string]: string },
      binaryData: Lazy.any({ produce: () => this.listBinaries() }) as unknown as { [file: string]: string },
    });
    this.node.addValidation({ validate: () => validateFiles(this.rendered.get()) });
  }

  /** The ConfigMap. */
  public get configMap(): kplus.IConfigMap {
    this.reference ??= kplus.ConfigMap.fromConfigMapName(this, 'Reference', this._name);
    return this.reference;
  }

  /**
   * The name of the ConfigMap.
   *
   * @internal
   */
  public get _name(): string {
    return this.object.name;
  }

  /**
   * Writes a file, in place of an earlier one of this name.
   *
   * @param file name of the file: letters, digits, "-", "_" and "."
   * @param content what stands in it
   * @throws where the name is invalid
   */
  public write(file: string, content: string): void {
    readArgument('file', content, this, 'content');
    this.add(file, { produce: () => content });
  }

  /**
   * Writes a file whose content is known only when the app is synthesized.
   *
   * @param file name of the file: letters, digits, "-", "_" and "."
   * @param content produces the text that stands in it; the same text each time
   * @throws where the name is invalid
   */
  public produce(file: string, content: IAnyProducer): void {
    this.add(file, readArgument('IAnyProducer', content, this, 'content'));
  }

  private add(file: string, content: IAnyProducer): void {
    readArgument('string', file, this, 'file');
    if (file === UNWRITABLE_KEY) {
      throw createError(this, `file name "${file}" is one that cdk8s cannot write; pass another`);
    }
    if (!isConfigKey(file)) {
      throw createError(
        this,
        `file name "${file}" cannot be a key of a ConfigMap; use at most 253 letters, digits, "-", "_" and ".", and not ".." at its beginning`,
      );
    }
    this.files.set(file, content);
  }

  /** @internal */
  public _has(file: string): boolean {
    return this.files.has(file);
  }

  /** The files that kubectl reads in YAML as they are. */
  private listTexts(): { [file: string]: string } | undefined {
    const files = this.rendered.get();
    const others = listUnreadable(files);
    if (others.length === 0) {
      return files;
    }
    const texts = Object.entries(files).filter(([file]) => !others.includes(file));
    return texts.length > 0 ? Object.fromEntries(texts) : undefined;
  }

  /** The others, in base64. Containers see no difference. */
  private listBinaries(): { [file: string]: string } | undefined {
    const files = this.rendered.get();
    const others = listUnreadable(files);
    return others.length > 0
      ? Object.fromEntries(others.map((file) => [file, Buffer.from(files[file]!).toString('base64')]))
      : undefined;
  }

  private render(): { [file: string]: string } {
    const names = [...this.files.keys()].sort();
    return Object.fromEntries(names.map((file) => [file, String(this.files.get(file)!.produce())]));
  }

  /** @internal */
  public get _checksum(): string {
    return hashFiles(this.node.id, this.rendered.get());
  }
}

type Files = { readonly [file: string]: string };

/** As many texts are told apart as any app has different ones. */
const MAX_TEXTS = 256;

let texts = 0;

/** A number for each text, by which a thousand pods with the same files find their checksum. */
const numberText = memoizeByText(() => {
  texts += 1;
  return texts;
}, MAX_TEXTS);

/** The checksum of the files of a configuration. */
const hashFiles = memoize(
  (id: string, files: Files) => hashText(JSON.stringify([id, files])),
  ([id, files]) => [id, ...Object.keys(files).map((file) => `${file}:${numberText(files[file]!)}`)].join('/'),
);

/** The checksum of several configurations, of their own ones: a thousand pods may have the same. */
export const hashChecksums = memoizeByText(hashText);

/** A text is looked through once for all pods that have it. */
const canStandInYaml = memoizeByText(isReadable);

/** The files that kubectl does not read in YAML as they are. */
function listUnreadable(files: Files): string[] {
  return Object.keys(files).filter((file) => !canStandInYaml(files[file]!));
}

function validateFiles(files: Files): string[] {
  const torn = listUnreadable(files).filter((file) => !isWellFormed(files[file]!));
  return [
    ...validateConfigMapSize(files),
    ...torn.map((file) => `file "${file}" holds half of a surrogate pair, which is no character; remove it`),
  ];
}

function validateConfigMapSize(files: Files): string[] {
  const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes > MAX_BYTES
    ? [`the files are ${bytes} bytes, more than the 1 MiB that a ConfigMap holds; ship large content in an image`]
    : [];
}
