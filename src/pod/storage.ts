import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { PodTemplate } from '../private/manifest';
import { isDnsLabel, sha256, toDnsLabel } from '../private/names';
import { normalise } from '../private/paths';
import { mebibytes } from '../private/sizes';
import { ConfigFiles } from './config-files';
import type { Inventory } from './inventory';
import { type Mount, Mounts } from './mounts';
import { SharedVolume } from './shared-volume';

/** The annotation of the pod template that changes when a configuration file changes. */
const CHECKSUM = 'cdk8s-pod-patterns/config-checksum';

/** A group that owns shared volumes where the main container states no UID to take. */
const FALLBACK_GROUP = 10001;

/** How a volume of the pod keeps its files. */
export interface VolumeOptions {
  /**
   * How much the volume may hold before the kubelet evicts the pod. Rendered in whole mebibytes.
   *
   * @default - no limit, required for `EmptyDirMedium.MEMORY`
   */
  readonly sizeLimit?: Size;

  /**
   * Where the files are kept. Files in memory count against the memory limit of the container that wrote them.
   *
   * @default EmptyDirMedium.DEFAULT
   */
  readonly medium?: kplus.EmptyDirMedium;
}

/** A writable directory that belongs to one container. */
export interface ScratchOptions extends VolumeOptions {
  /**
   * Name of the volume in the pod: a DNS label.
   *
   * @default - made from the names of container and directory
   */
  readonly name?: string;
}

/** Files that a container gets from a ConfigMap. */
export interface ConfigFilesOptions {
  /** Name of the container. */
  readonly container: string;

  /**
   * Absolute path of the directory at which the container sees all files, and nothing else.
   *
   * @default - `paths` says where each file is seen
   */
  readonly directory?: string;

  /**
   * Absolute path at which the container sees each file, by the file's name. What else the image has in those
   * directories stays visible.
   *
   * @default - all files are seen in `directory`
   */
  readonly paths?: { readonly [file: string]: string };

  /**
   * Contents of the files, by name.
   *
   * @default - none yet; add them with `write`
   */
  readonly files?: { readonly [name: string]: string };

  /**
   * Whether the files can be executed.
   *
   * @default false
   */
  readonly executable?: boolean;

  /**
   * Name of the volume in the pod, and last part of the name of the ConfigMap: a DNS label.
   *
   * @default - `<container>-config`
   */
  readonly name?: string;
}

/**
 * The storage that containers of the pod share, and the private writable directories that each of them needs under its
 * read-only root file system.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodStorage {
  /** @internal */
  public static _of(scope: Construct, inventory: Inventory): PodStorage {
    return new PodStorage(scope, inventory);
  }

  private readonly mounts: Mounts;
  private readonly shared = new Map<string, SharedVolume>();
  private readonly emptyDirs = new Map<string, { volume: kplus.Volume; options: VolumeOptions }>();
  private readonly configs: ConfigFiles[] = [];

  private constructor(
    private readonly scope: Construct,
    private readonly inventory: Inventory,
  ) {
    this.mounts = new Mounts(inventory);
  }

  /**
   * A volume that containers share. Asking twice for one name gives the same volume, as long as the options agree.
   *
   * @param name name of the volume in the pod: a DNS label
   */
  public share(name: string, options: VolumeOptions = {}): SharedVolume {
    return this.sharedVolume(this.emptyDir(name, options));
  }

  /**
   * The volume that a container already mounts at this path, shared with others from now on. Others see at their path
   * what that container sees at its own.
   *
   * @throws where the container mounts nothing at exactly this path
   */
  public shareMounted(container: string, path: string): SharedVolume {
    const covering = this._covering(container, path);
    if (!covering || normalise(covering.mount.path) !== normalise(path)) {
      throw this.inventory.failure(
        `container "${container}" mounts no volume at "${path}"; pass the path of one of its mounts or use \`share\``,
      );
    }
    covering.shared._usedBy(container);
    return covering.shared;
  }

  /**
   * A private writable directory of one container.
   *
   * @param container name of the container
   * @param path absolute path of the directory
   */
  public scratch(container: string, path: string, options: ScratchOptions = {}): void {
    this.inventory.find(container);
    this.mounts.add(container, { path, volume: this.emptyDir(options.name ?? toDnsLabel(container, path), options) });
  }

  /**
   * Mounts any volume in a container: a Secret, a claim, a host path.
   *
   * @param container name of the container
   * @param path absolute path at which the container sees it
   */
  public mount(container: string, path: string, volume: kplus.Volume, options: kplus.MountOptions = {}): void {
    this.mounts.add(container, { path, volume, readOnly: options.readOnly, subPath: options.subPath });
  }

  /** Files of a container from a ConfigMap, read-only. A changed file rolls the pods. */
  public configFiles(options: ConfigFilesOptions): ConfigFiles {
    const { container, directory, paths, files = {}, executable, name = `${container}-config` } = options;
    this.inventory.find(container);
    if ((directory === undefined) === (paths === undefined)) {
      throw this.inventory.failure(
        `configuration "${name}" of container "${container}" takes either \`directory\` or \`paths\`; pass one of them`,
      );
    }
    if (this.configs.some((known) => known.node.id === name)) {
      throw this.inventory.failure(`configuration "${name}" exists already in this pod; pass another \`name\``);
    }
    const config = ConfigFiles._of(this.inventory.workload, name);
    const volume = kplus.Volume.fromConfigMap(this.scope, `config-${name}`, config.configMap, {
      name,
      defaultMode: executable ? 0o555 : undefined,
    });
    const mounts = paths ? Object.entries(paths).map(([subPath, path]) => ({ path, subPath })) : [{ path: directory! }];
    for (const mount of mounts) {
      this.mounts.add(container, { ...mount, volume, readOnly: true });
    }
    for (const [file, content] of Object.entries(files)) {
      config.write(file, content);
    }
    this.configs.push(config);
    return config;
  }

  /** @internal */
  public _covering(
    container: string,
    path: string,
  ): { readonly mount: Mount; readonly shared: SharedVolume } | undefined {
    const mount = this.mounts.covering(container, path);
    return mount && { mount, shared: this.sharedVolume(mount.volume, mount.subPath) };
  }

  /** @internal */
  public _problems(): string[] {
    return this.mounts.problems();
  }

  /** @internal */
  public _complete(template: PodTemplate): void {
    this.mounts.complete(template.spec);
    const fsGroup = this.inventory.workload.securityContext.fsGroup ?? this.sharedGroup();
    if (fsGroup !== undefined) {
      template.spec.securityContext = { ...template.spec.securityContext, fsGroup };
    }
    if (this.configs.length > 0) {
      const checksum = sha256(
        this.configs
          .map((config) => config._checksum)
          .sort()
          .join(),
      );
      template.metadata = {
        ...template.metadata,
        annotations: { ...template.metadata?.annotations, [CHECKSUM]: checksum },
      };
    }
  }

  /** The group that lets containers of different UIDs read each other's files, where they share any. */
  private sharedGroup(): number | undefined {
    const userOf = (container: string) => this.inventory.find(container).securityContext.user;
    const mixed = [...this.shared.values()].some(({ _participants: names }) => {
      const users = new Set(names.map(userOf));
      return names.length > 1 && (users.size > 1 || users.has(undefined));
    });
    const { group, user } = this.inventory.main.securityContext;
    return mixed ? group || user || FALLBACK_GROUP : undefined;
  }

  private sharedVolume(volume: kplus.Volume, subPath?: string): SharedVolume {
    const key = `${volume.node.addr}/${subPath ?? ''}`;
    const shared = this.shared.get(key) ?? SharedVolume._of(this.mounts, volume, subPath);
    this.shared.set(key, shared);
    return shared;
  }

  private emptyDir(name: string, options: VolumeOptions): kplus.Volume {
    const known = this.emptyDirs.get(name);
    if (known && describe(known.options) === describe(options)) {
      return known.volume;
    }
    if (known) {
      throw this.inventory.failure(
        `volume "${name}" exists with ${describe(known.options)}, not ${describe(options)}; use the same options or another name`,
      );
    }
    this.assertVolume(name, options);
    const volume = kplus.Volume.fromEmptyDir(this.scope, `volume-${name}`, name, {
      medium: options.medium,
      sizeLimit: options.sizeLimit && Size.mebibytes(mebibytes(options.sizeLimit)),
    });
    this.emptyDirs.set(name, { volume, options });
    return volume;
  }

  private assertVolume(name: string, options: VolumeOptions): void {
    if (!isDnsLabel(name)) {
      throw this.inventory.failure(
        `volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
      );
    }
    if (options.medium === kplus.EmptyDirMedium.MEMORY && !options.sizeLimit) {
      throw this.inventory.failure(
        `volume "${name}" is kept in memory without a \`sizeLimit\`, so its files could fill the memory limit of whoever writes them; pass \`sizeLimit\``,
      );
    }
  }
}

function describe({ sizeLimit, medium }: VolumeOptions): string {
  const limit = sizeLimit ? `a \`sizeLimit\` of ${mebibytes(sizeLimit)}Mi` : 'no `sizeLimit`';
  return medium ? `${limit} in medium ${medium}` : limit;
}
