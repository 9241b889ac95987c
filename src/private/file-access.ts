import { groupBy } from './lists';
import { memoizeByObject } from './memo';

/** The parts of a rendered pod that decide who may use which of its files. */
export interface FilePod {
  readonly containers: readonly FileContainer[];
  readonly initContainers?: readonly FileContainer[];
  readonly volumes?: readonly FileVolume[];
  readonly securityContext?: { readonly [field: string]: unknown };
}

/** The parts of a rendered container that decide which files it may use. */
export interface FileContainer {
  readonly name: string;
  readonly restartPolicy?: unknown;
  readonly volumeMounts?: readonly FileMount[];
  readonly securityContext?: { readonly [field: string]: unknown };
}

interface FileMount {
  readonly name: string;
  readonly readOnly?: unknown;
  readonly subPath?: unknown;
}

interface FileVolume {
  readonly name: string;
  readonly [source: string]: unknown;
}

interface FileSource {
  readonly defaultMode?: unknown;
  readonly items?: unknown;
  readonly sources?: unknown;
  readonly readOnly?: unknown;
}

/** A container that cannot read files which it mounts. */
export interface UnreadableFiles {
  readonly container: string;
  readonly volume: string;
  /** The mode of the first of them. */
  readonly mode: number;
  /** Its place in the volume, where that says it. */
  readonly path?: string;
}

/** Sources whose files the kubelet writes: they belong to root, and with `fsGroup` the group may read them. */
const WRITTEN_BY_KUBELET = ['secret', 'configMap', 'projected', 'downwardAPI'];
const DEFAULT_MODE = 0o644;

/** Sources whose files are not kept beyond the pod. */
const TRANSIENT = [...WRITTEN_BY_KUBELET, 'emptyDir', 'ephemeral', 'image'];

/** Sources with a file system that is new at first, and belongs to root with mode 0755. */
const CLAIMS = ['persistentVolumeClaim', 'ephemeral'];

/** Sources that belong to somebody outside of the cluster's storage: a node, or a server. */
const FOREIGN = [
  { source: 'hostPath', noun: 'a `hostPath`', place: 'on the node' },
  { source: 'nfs', noun: 'an `nfs`', place: 'on the server' },
];

/** Types of `hostPath` that are made where they are not there: they belong to root with mode 0755 or 0644. */
const MADE_ON_NODE = ['DirectoryOrCreate', 'FileOrCreate'];

/**
 * The source of a volume whose files keep their owner, group and mode whatever `fsGroup` is, and where an owner is given to them.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/96900
 */
export function findForeignSource(volume: FileVolume): { readonly noun: string; readonly place: string } | undefined {
  return FOREIGN.find(({ source }) => source in volume);
}

/** The volumes whose files are kept beyond the pod, and would go to the group of its `fsGroup`. */
export function listKeptVolumes(pod: FilePod): string[] {
  return listVolumes(pod)
    .filter((volume) => !TRANSIENT.some((source) => source in volume) && !findForeignSource(volume))
    .map(({ name }) => name);
}

/** The containers that are sure not to be able to read the files of a Secret, ConfigMap or the like, which belong to root. */
export function findUnreadableFiles(pod: FilePod): UnreadableFiles[] {
  if (pod.securityContext?.fsGroup !== undefined) {
    return [];
  }
  return (pod.volumes ?? []).flatMap((volume) => {
    const source = WRITTEN_BY_KUBELET.find((name) => isObject(volume[name]));
    const files = source === undefined ? [] : listFileModes(volume[source] as FileSource);
    return files.some(({ mode }) => !isForAll(mode)) ? findUnreadableUses(pod, volume.name, files) : [];
  });
}

function findUnreadableUses(pod: FilePod, volume: string, files: readonly FileMode[]): UnreadableFiles[] {
  return listUses(pod, volume).flatMap(({ container, mount }) => {
    const unreadable = files
      .filter((file) => isMounted(file, mount))
      .find(({ mode }) => !canRead(mode, container, pod));
    return unreadable ? [{ container: container.name, volume, ...unreadable }] : [];
  });
}

/**
 * The claims that a non-root container mounts for writing in a pod that gives them no group: their file system belongs to root
 * while nobody has given it away. An init container that runs as root may have done that.
 */
export function findUnownedClaims(pod: FilePod): string[] {
  return pod.securityContext?.fsGroup === undefined
    ? listVolumes(pod)
        .filter((volume) => isClaim(volume) && isWrittenWithoutRoot(pod, volume.name))
        .map(({ name }) => name)
    : [];
}

/** A volume that belongs to root, and a container without root that mounts it for writing. */
export interface UnownedVolume {
  readonly volume: string;
  readonly container: string;
}

/** The directories and files that the kubelet makes on the node for a pod, with a container that cannot write to them: no group helps. */
export function findUnownedHostPaths(pod: FilePod): UnownedVolume[] {
  return (pod.volumes ?? [])
    .filter((volume) => isMadeByKubelet(volume, pod))
    .flatMap(({ name }) => findBarred(pod, name));
}

/** The claims of a pod that gives them no group, with a container that cannot write to them while they are new. */
export function findBarredFromClaims(pod: FilePod): UnownedVolume[] {
  return findUnownedClaims(pod).flatMap((volume) => findBarred(pod, volume));
}

/** The first container without root that mounts a volume for writing, where nobody has given that to it. */
function findBarred(pod: FilePod, volume: string): UnownedVolume[] {
  const use = listUses(pod, volume).find(({ container, mount }) => !mount.readOnly && isNonRoot(container, pod));
  return use && !canBePrepared(pod, volume) ? [{ volume, container: use.container.name }] : [];
}

/** Whether an init container that may run as root mounts a volume for writing. */
function canBePrepared(pod: FilePod, volume: string): boolean {
  const inits = new Set((pod.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy !== 'Always'));
  return listUses(pod, volume).some(
    ({ container, mount }) => inits.has(container) && !mount.readOnly && !isNonRoot(container, pod),
  );
}

/** Whether a directory or file of the node is made for the pod; where a pod states a group, it is taken to rely on it. */
function isMadeByKubelet({ hostPath }: FileVolume, { securityContext }: FilePod): boolean {
  const { type, path } = isObject(hostPath) ? (hostPath as { readonly type?: unknown; readonly path?: unknown }) : {};
  const isPlain = typeof path === 'string' && !/^\/(dev|proc|sys|run|var\/run)(\/|$)|\.sock$/.test(path);
  const isOpen = (type === undefined || type === null || type === '') && securityContext?.fsGroup !== undefined;
  return MADE_ON_NODE.includes(type as string) || (isPlain && isOpen);
}

/** Whether an init container that runs as root mounts a volume for writing, and so may change the owner of its files. */
export function isPreparedByRoot(pod: FilePod, volume: string): boolean {
  const inits = new Set(pod.initContainers ?? []);
  return listUses(pod, volume).some(
    ({ container, mount }) => inits.has(container) && !mount.readOnly && readSetting(container, pod, 'runAsUser') === 0,
  );
}

/** Whether a container is sure not to run as root. */
export function isNonRoot(container: FileContainer, pod: FilePod): boolean {
  const user = readSetting(container, pod, 'runAsUser');
  return typeof user === 'number' ? user > 0 : readSetting(container, pod, 'runAsNonRoot') === true;
}

/** A setting of the container's security context, or of the pod's. */
export function readSetting(container: FileContainer, pod: FilePod, name: string): unknown {
  return container.securityContext?.[name] ?? pod.securityContext?.[name];
}

/** A pod of a StatefulSet, whose claims take the place of volumes of their names. */
export function omitClaimed(pod: FilePod, templates: unknown): FilePod {
  if (!Array.isArray(templates) || templates.length === 0) {
    return pod;
  }
  const claimed = new Set(templates.map((template) => template?.metadata?.name));
  return { ...pod, volumes: pod.volumes?.filter(({ name }) => !claimed.has(name)) };
}

/** The volumes of the pod, with those that are mounted but not listed: a StatefulSet makes them of its `volumeClaimTemplates`. */
function listVolumes(pod: FilePod): FileVolume[] {
  const { volumes = [], initContainers = [], containers } = pod;
  const known = new Set(volumes.map(({ name }) => name));
  const others: FileVolume[] = [];
  for (const { volumeMounts } of [...initContainers, ...containers]) {
    for (const { name } of volumeMounts ?? []) {
      if (known.size < known.add(name).size) {
        others.push({ name });
      }
    }
  }
  return [...volumes, ...others];
}

/** Claims, and volumes without a source, which a StatefulSet makes of its `volumeClaimTemplates`. */
function isClaim(volume: FileVolume): boolean {
  const sources = Object.keys(volume).filter((name) => name !== 'name' && volume[name] !== undefined);
  const claim = volume.persistentVolumeClaim as FileSource | undefined;
  return sources.length === 0 || (sources.some((name) => CLAIMS.includes(name)) && claim?.readOnly !== true);
}

function isWrittenWithoutRoot(pod: FilePod, volume: string): boolean {
  const writers = listUses(pod, volume).filter(({ mount }) => !mount.readOnly);
  return writers.some(({ container }) => isNonRoot(container, pod)) && !isPreparedByRoot(pod, volume);
}

interface FileUse {
  readonly container: FileContainer;
  readonly mount: FileMount;
}

const groupUses = memoizeByObject(({ initContainers = [], containers }: FilePod): ReadonlyMap<string, FileUse[]> => {
  const uses = [...initContainers, ...containers].flatMap((container) =>
    (container.volumeMounts ?? []).map((mount) => ({ container, mount })),
  );
  return groupBy(uses, ({ mount }) => mount.name);
});

function listUses(pod: FilePod, volume: string): FileUse[] {
  return groupUses(pod).get(volume) ?? [];
}

/** The mode of one file, or of all files where the volume names none. */
interface FileMode {
  readonly path?: string;
  readonly mode: number;
}

function listFileModes(source: FileSource): FileMode[] {
  const usual = typeof source.defaultMode === 'number' ? source.defaultMode : DEFAULT_MODE;
  const parts = Array.isArray(source.sources) ? source.sources.filter(isObject) : [source];
  return parts.flatMap((part: any) => {
    const { items } = part.secret ?? part.configMap ?? part.downwardAPI ?? part;
    if ('serviceAccountToken' in part || 'clusterTrustBundle' in part || 'podCertificate' in part) {
      return []; // the kubelet gives these to the user of the pod
    }
    return Array.isArray(items) && items.length > 0
      ? items
          .filter((item: any) => typeof item?.path === 'string')
          .map(({ path, mode }) => ({ path, mode: typeof mode === 'number' ? mode : usual }))
      : [{ mode: usual }];
  });
}

function isForAll(mode: number): boolean {
  return (mode & 0o004) !== 0;
}

/** Whether a container may read a file of root. Its group counts where it is stated; that of its image may be that of root. */
function canRead(mode: number, container: FileContainer, pod: FilePod): boolean {
  const group = readSetting(container, pod, 'runAsGroup');
  const supplemental = pod.securityContext?.supplementalGroups;
  const groups = [group, ...(Array.isArray(supplemental) ? supplemental : [])];
  const isInGroup = typeof group !== 'number' || groups.includes(0);
  return isForAll(mode) || !isNonRoot(container, pod) || ((mode & 0o040) !== 0 && isInGroup);
}

function isMounted({ path }: FileMode, { subPath }: FileMount): boolean {
  return path === undefined || typeof subPath !== 'string' || path === subPath || path.startsWith(`${subPath}/`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
