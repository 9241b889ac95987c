import { chmodSync, chownSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Container, PodSpec } from '../../../src/pod/manifest/pod-template';

/** Contents of Secrets and ConfigMaps: files by name. */
export type Data = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The volumes of a pod as folders, made as the kubelet makes them. */
export class Volumes {
  private versions = 0;

  public constructor(
    private readonly root: string,
    private readonly spec: PodSpec,
    private readonly configMaps: Data,
    private readonly secrets: Data,
  ) {
    for (const volume of spec.volumes ?? []) {
      this.make(volume);
    }
  }

  /** The folder of a volume. */
  public at(volume: string): string {
    return join(this.root, volume);
  }

  /** The mounts of a container, parents before what lies in them. */
  public mountsOf({ volumeMounts = [] }: Container): string[] {
    return [...volumeMounts]
      .sort((a, b) => a.mountPath.length - b.mountPath.length)
      .flatMap(({ name, mountPath, readOnly, subPath }) => [
        readOnly ? '--ro-bind' : '--bind',
        subPath ? join(this.at(name), subPath) : this.at(name),
        mountPath,
      ]);
  }

  /** Gives a volume of a ConfigMap or Secret new contents, all files at once, by the flip of a symbolic link. */
  public update(volume: string, files: Readonly<Record<string, string>>): void {
    const { configMap, secret }: any = this.spec.volumes!.find(({ name }) => name === volume);
    const mode = configMap?.defaultMode ?? secret?.defaultMode ?? 0o644;
    const version = `..version_${++this.versions}`;
    mkdirSync(join(this.at(volume), version));
    for (const [file, text] of Object.entries(files)) {
      const path = join(this.at(volume), version, file);
      writeFileSync(path, text);
      chownSync(path, 0, this.group ?? 0);
      chmodSync(path, this.group === undefined ? mode : mode | 0o440);
    }
    symlinkSync(version, join(this.at(volume), '..data_tmp'));
    renameSync(join(this.at(volume), '..data_tmp'), join(this.at(volume), '..data'));
  }

  private make(volume: any): void {
    mkdirSync(this.at(volume.name));
    if (volume.emptyDir) {
      chownSync(this.at(volume.name), 0, this.group ?? 0);
      chmodSync(this.at(volume.name), this.group === undefined ? 0o777 : 0o2777);
      return;
    }
    const files = this.filesOf(volume);
    this.update(volume.name, files);
    for (const file of Object.keys(files)) {
      symlinkSync(`..data/${file}`, join(this.at(volume.name), file));
    }
  }

  private filesOf({ name, configMap, secret }: any): Readonly<Record<string, string>> {
    const files = configMap ? this.configMaps[configMap.name] : this.secrets[secret?.secretName];
    const { items } = configMap ?? secret ?? {};
    if (!files) {
      throw new Error(`volume "${name}" has a source that this runtime does not know`);
    }
    return items ? Object.fromEntries(items.map(({ key, path }: any) => [path, files[key]!])) : files;
  }

  private get group(): number | undefined {
    return this.spec.securityContext?.fsGroup as number | undefined;
  }
}
