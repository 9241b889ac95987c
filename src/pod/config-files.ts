import { ApiObject, type IAnyProducer, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { failure } from '../private/errors';
import { sha256 } from '../private/names';

/** Kubernetes keeps at most 1 MiB in one ConfigMap. */
const MAX_BYTES = 1024 * 1024;
const KEY = /^[-._a-zA-Z0-9]+$/;

/**
 * Files of a container that come from a ConfigMap. A changed file changes the pod template, so that the workload rolls
 * its pods.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/
 */
export class ConfigFiles extends Construct {
  /** @internal */
  public static _of(scope: Construct, id: string): ConfigFiles {
    return new ConfigFiles(scope, id);
  }

  /** The ConfigMap. */
  public readonly configMap: kplus.IConfigMap;

  private readonly files = new Map<string, IAnyProducer>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    const resource = new kplus.k8s.KubeConfigMap(this, 'Resource', {
      data: Lazy.any({ produce: () => this.render() }) as unknown as { [file: string]: string },
    });
    this.configMap = kplus.ConfigMap.fromConfigMapName(this, 'Reference', ApiObject.of(resource).name);
  }

  /**
   * Writes a file, in place of an earlier one of this name.
   *
   * @param file name of the file: letters, digits, "-", "_" and "."
   * @param content what stands in it
   * @throws where the name is invalid
   */
  public write(file: string, content: string): void {
    this.produce(file, { produce: () => content });
  }

  /**
   * Writes a file whose content is known only when the app is synthesized.
   *
   * @param file name of the file: letters, digits, "-", "_" and "."
   * @param content produces the text that stands in it; the same text each time
   * @throws where the name is invalid
   */
  public produce(file: string, content: IAnyProducer): void {
    if (!KEY.test(file)) {
      throw failure(this, `file name "${file}" cannot be a key of a ConfigMap; use letters, digits, "-", "_" and "."`);
    }
    this.files.set(file, content);
  }

  private render(): { [file: string]: string } {
    const data = Object.fromEntries(
      [...this.files].map(([file, content]) => [file, String(content.produce())] as const).sort(),
    );
    const bytes = Object.values(data).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (bytes > MAX_BYTES) {
      throw failure(
        this,
        `the files are ${bytes} bytes, more than the 1 MiB that a ConfigMap holds; ship large content in an image`,
      );
    }
    return data;
  }

  /** @internal */
  public get _checksum(): string {
    return sha256(JSON.stringify([this.node.id, this.render()]));
  }
}
