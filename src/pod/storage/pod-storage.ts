import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { throwFirst } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { normalizePath } from '../../private/paths';
import { readArgument, readProps } from '../../private/read-props';
import type { Inventory } from '../containers/inventory';
import { ensureAnnotations, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { Workload } from '../manifest/rendered-workload';
import { validatePatch } from '../manifest/strategic-merge';
import { ConfigFiles, hashChecksums } from './config-files';
import { EmptyDirs, type VolumeOptions, validateVolumeName } from './empty-dirs';
import { EnvFiles } from './env-files';
import { type ImageVolumeOptions, toImageSource, toImageVolumeName, validateVolumeImage } from './image-volume';
import { type Mount, Mounts } from './mounts';
import { collectShared, completeGroup, type SharedFiles, validateFileAccess, validateKept } from './ownership';
import { type ServiceAccountTokenOptions, TOKEN_FILE, toTokenSource, validateToken } from './service-account-token';
import { SharedVolume } from './shared-volume';
import { SourceVolumes } from './source-volumes';

/** The annotation of the pod template that changes when a configuration file changes. */
const CHECKSUM = 'cdk8s-pod-patterns/config-checksum';

/** A group that owns shared volumes where the main container states no UID to take. */
const FALLBACK_GROUP = 10001;

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

  /**
   * Whether a changed file rolls the pods. Where it does not, the kubelet brings the change into the running containers,
   * within a minute or two; somebody must then tell them, or they must look for themselves. Takes `directory`: what is
   * mounted by `paths` never changes in a running container.
   *
   * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
   * @default true
   */
  readonly rollsPods?: boolean;
}

/** The configuration files of one container. */
interface Configuration {
  readonly config: ConfigFiles;
  /** The files that are mounted one by one. */
  readonly files: readonly string[];
  readonly rollsPods: boolean;
}

/**
 * The storage that containers of the pod share, and the private writable directories that each of them needs under its
 * read-only root file system.
 *
 * @see https://kubernetes.io/docs/concepts/storage/volumes/
 */
export class PodStorage {
  /** @internal */
  public static _create(scope: Construct, inventory: Inventory): PodStorage {
    return new PodStorage(scope, inventory);
  }

  private readonly mounts: Mounts;
  private readonly shared = new Map<kplus.Volume, SharedVolume[]>();
  private readonly emptyDirs: EmptyDirs;
  private readonly sources: SourceVolumes;
  private readonly envFiles: EnvFiles;
  private readonly configs: Configuration[] = [];
  private files?: SharedFiles;
  private hasOwnGroup = false;

  private constructor(
    private readonly scope: Construct,
    private readonly inventory: Inventory,
  ) {
    this.mounts = new Mounts(inventory);
    this.emptyDirs = new EmptyDirs(scope, inventory);
    this.sources = new SourceVolumes(scope, inventory);
    this.envFiles = new EnvFiles(inventory);
  }

  /**
   * A volume that containers share. Asking twice for one name gives the same volume, as long as the options agree.
   *
   * @param name name of the volume in the pod: a DNS label
   */
  public share(name: string, options: VolumeOptions = {}): SharedVolume {
    readArgument('string', name, this.inventory.workload, 'name');
    const own = readProps('VolumeOptions', options, this.inventory.workload);
    return this.ensureShared({ volume: this.emptyDirs.ensureNamed('`storage.share`', name, own) });
  }

  /**
   * The volume that a container already mounts at this path, shared with others from now on. Others see at their path
   * what that container sees at its own.
   *
   * @throws where the container mounts nothing at exactly this path
   */
  public shareMounted(container: string, path: string): SharedVolume {
    const covering = this._findCovering(container, this.readPath(path));
    if (!covering || normalizePath(covering.mount.path) !== normalizePath(path)) {
      throw this.inventory.createPodError(
        `container "${container}" mounts no volume at "${path}"; pass the path of one of its mounts or use \`share\``,
      );
    }
    covering.shared._addParticipant(container);
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
    const own = readProps('ScratchOptions', options, this.inventory.workload);
    this.readPath(path);
    const owner = `the scratch directory "${normalizePath(path)}" of container "${container}"`;
    const volume =
      own.name !== undefined
        ? this.emptyDirs.ensureNamed(owner, own.name, own)
        : this.emptyDirs.ensureGenerated(owner, toDnsLabel(container, path), own);
    this.mounts.add(container, { path, volume });
  }

  /**
   * Mounts any volume in a container: a Secret, a claim, a host path.
   *
   * @param container name of the container
   * @param path absolute path at which the container sees it
   */
  public mount(container: string, path: string, volume: kplus.Volume, options: kplus.MountOptions = {}): void {
    const { workload } = this.inventory;
    readArgument('Volume', volume, workload, 'volume');
    throwFirst(workload, this.sources.validateOwn(volume));
    const own = readProps('MountOptions', options, workload, ` of the mount "${path}" of container "${container}"`);
    this.mounts.add(container, { ...own, path: this.readPath(path), volume });
  }

  /**
   * A token of the pod's ServiceAccount for one container, which the kubelet renews before it expires. The others do not
   * see it, and `automountServiceAccountToken` stays off.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#launch-a-pod-using-service-account-token-projection
   * @param container name of the container
   * @param directory absolute path of the directory at which it sees the token
   * @returns the path of the file that holds the token
   */
  public serviceAccountToken(container: string, directory: string, options: ServiceAccountTokenOptions = {}): string {
    this.inventory.find(container);
    const own = readProps('ServiceAccountTokenOptions', options, this.inventory.workload);
    const name = own.name ?? toDnsLabel(container, 'token');
    this.readPath(directory);
    throwFirst(this.inventory.workload, validateToken(name, own));
    const volume = this.sources.ensure(name, toTokenSource(own), ['token', '`audience` or `expiration`']);
    this.mounts.add(container, { path: directory, volume, readOnly: true });
    return `${normalizePath(directory)}/${TOKEN_FILE}`;
  }

  /**
   * The files of an image, which containers of any image see read-only and cannot execute: `mount` says who. What is in them rolls
   * out like an image does, without a container that copies. Kubernetes 1.35 or later, with a runtime that knows such volumes.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/image-volumes/
   * @param reference the image, with a tag or digest: `acme/site:1.4.2`
   */
  public fromImage(reference: string, options: ImageVolumeOptions = {}): kplus.Volume {
    const { workload } = this.inventory;
    const image = readArgument('string', reference, workload, 'reference');
    const own = readProps('ImageVolumeOptions', options, workload);
    throwFirst(workload, validateVolumeImage(image));
    const name = own.name ?? toImageVolumeName(image);
    return this.sources.ensure(name, toImageSource(image, own), ['image volume', '`reference` or `pullPolicy`']);
  }

  /**
   * A volume of any source that Kubernetes knows and cdk8s-plus may not, such as a projected one; `mount` says who sees it.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
   * @param name name of the volume in the pod: a DNS label
   * @param source its source as it stands in a manifest: `{ ephemeral: { volumeClaimTemplate: ... } }`
   */
  public fromSource(name: string, source: { readonly [type: string]: any }): kplus.Volume {
    const { workload } = this.inventory;
    readArgument('string', name, workload, 'name');
    const own = readArgument('any{}', source, workload, 'source');
    throwFirst(workload, validateSource(name, own));
    return this.sources.ensure(name, own, ['volume', '`source`']);
  }

  /** Files of a container from a ConfigMap, read-only. A changed file rolls the pods, unless it is said not to. */
  public configFiles(options: ConfigFilesOptions): ConfigFiles {
    return this._configFiles(readProps('ConfigFilesOptions', options, this.inventory.workload));
  }

  /**
   * The same for options that are made of what was read before.
   *
   * @internal
   */
  public _configFiles(own: ConfigFilesOptions): ConfigFiles {
    const { workload } = this.inventory;
    const { container, directory, paths = {}, files = {}, executable } = own;
    const name = own.name ?? toDnsLabel(container, 'config');
    this.inventory.find(container);
    throwFirst(workload, this.validateConfiguration(name, own));
    const config = ConfigFiles._create(workload, name, workload.metadata.namespace);
    moveBefore(ApiObject.of(workload), config);
    const volume = kplus.Volume.fromConfigMap(this.scope, `config-${name}`, toReference(config), {
      name,
      defaultMode: executable ? 0o555 : undefined,
    });
    const names = Object.keys(paths);
    if (directory !== undefined) {
      this.mounts.add(container, { path: directory, volume, readOnly: true });
    }
    for (const file of names) {
      this.mounts.add(container, { path: paths[file]!, subPath: file, volume, readOnly: true });
    }
    for (const file of Object.keys(files)) {
      config.write(file, files[file]!);
    }
    this.configs.push({ config, files: names, rollsPods: own.rollsPods ?? true });
    return config;
  }

  /** @internal */
  public _shareFor(owner: string, name: string): SharedVolume {
    return this.ensureShared({ volume: this.emptyDirs.ensureGenerated(owner, name, {}) });
  }

  /**
   * Whether the kernel made this volume, which is then no ConfigMap or Secret.
   *
   * @internal
   */
  public _isEmptyDir(volume: kplus.Volume): boolean {
    return this.emptyDirs.has(volume);
  }

  /** @internal */
  public _isUnlimited(volume: kplus.Volume): boolean {
    return this.emptyDirs.isUnlimited(volume);
  }

  /** @internal */
  public _findCovering(
    container: string,
    path: string,
  ): { readonly mount: Mount; readonly shared: SharedVolume } | undefined {
    const mount = this.mounts.findCovering(container, path);
    return mount && { mount, shared: this.ensureShared(mount) };
  }

  /**
   * Keeps the volume that a container mounts at this path and cannot do without writing to.
   *
   * @param prop the prop of its companion that takes another one, as errors name it
   * @internal
   */
  public _keep(container: string, path: string, prop: string): void {
    this.mounts.keep(container, path, prop);
  }

  /** @internal */
  public _validate(): string[] {
    const missing = this.configs.flatMap(({ config, files }) =>
      files
        .filter((file) => !config._has(file))
        .map(
          (file) => `configuration "${config.node.id}" mounts file "${file}", which nobody wrote; pass it in \`files\``,
        ),
    );
    return [...this.mounts.validate(), ...missing];
  }

  /** @internal */
  public _complete(template: PodTemplate, workload: Workload): void {
    this.mounts.complete(template.spec);
    this.sources.complete(template.spec);
    if (!this.inventory.assignsUser) {
      this.files = collectShared(template.spec, this.shared.values(), workload.spec?.volumeClaimTemplates);
      this.hasOwnGroup = completeGroup(template.spec, this.files, this.group);
    }
    const rolling = this.configs.filter(({ rollsPods }) => rollsPods);
    if (rolling.length > 0) {
      const checksums = rolling.map(({ config }) => config._checksum).sort();
      ensureAnnotations(template)[CHECKSUM] = hashChecksums(checksums.join());
    }
  }

  /**
   * Files that containers cannot use as they are, and files that the group of the kernel would take over.
   *
   * @internal
   */
  public _validateRendered(spec: PodSpec): string[] {
    const access = this.files ? validateFileAccess(spec, this.files, this.hasOwnGroup) : [];
    return [...access, ...validateKept(spec, this.mounts.kept), ...this.envFiles.validate(spec)];
  }

  /** The group that lets containers use each other's files, where the workload states none. */
  private get group(): number {
    const { group, user } = this.inventory.main.securityContext;
    return group || user || FALLBACK_GROUP;
  }

  private readPath(path: string): string {
    return readArgument('string', path, this.inventory.workload, 'path');
  }

  private ensureShared({ volume, subPath, subPathExpr }: Omit<Mount, 'path'>): SharedVolume {
    const known = this.shared.get(volume) ?? [];
    const shared = known.find((other) => other._isPart(subPath, subPathExpr));
    const made = shared ?? SharedVolume._create(this.mounts, this.envFiles, { volume, subPath, subPathExpr });
    if (!shared) {
      this.shared.set(volume, [...known, made]);
    }
    return made;
  }

  private validateConfiguration(name: string, options: ConfigFilesOptions): string[] {
    const taken = this.inventory.workload.node.tryFindChild(name) instanceof ConfigFiles;
    return [
      ...validateVolumeName(name),
      ...validateConfigPaths(name, options),
      ...(taken ? [`configuration "${name}" exists already in this pod; pass another \`name\``] : []),
    ];
  }
}

function validateSource(name: string, source: Readonly<Record<string, unknown>>): string[] {
  const types = Object.keys(source).filter((type) => source[type] !== null);
  return types.length === 1
    ? validatePatch(source, { path: 'source', lists: {} })
    : [`\`source\` of volume "${name}" has ${types.length} types of volume; pass one, such as \`{ emptyDir: {} }\``];
}

function validateConfigPaths(name: string, { container, directory, paths, rollsPods }: ConfigFilesOptions): string[] {
  if ((directory === undefined) === (Object.keys(paths ?? {}).length === 0)) {
    return [
      `configuration "${name}" of container "${container}" takes either \`directory\` or \`paths\`; pass one of them`,
    ];
  }
  return rollsPods === false && directory === undefined
    ? [
        `configuration "${name}" of container "${container}" is mounted by \`paths\`, which never change in a running container; pass \`directory\`, or leave \`rollsPods\` out`,
      ]
    : [];
}

/** All that a volume asks of a ConfigMap. A construct for it would cost as much as the volume. */
function toReference({ _name: name }: ConfigFiles): kplus.IConfigMap {
  return { name } as kplus.IConfigMap;
}

/** Has a ConfigMap applied before the pods that would wait for it, unless it is a part of their own construct. */
function moveBefore(object: ApiObject, config: ConfigFiles): void {
  if (!config.node.scopes.includes(object)) {
    object.addDependency(config);
  }
}
