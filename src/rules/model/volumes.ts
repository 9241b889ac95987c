import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { normalizePath } from '../../private/paths';
import { ContainerView, type MountView, Role } from './container-view';
import type { Field } from './field';
import type { PodView } from './pod-view';

/** Sources whose files the kubelet writes and no container can change. */
const READ_ONLY_SOURCES: ReadonlySet<string> = new Set(['configMap', 'secret', 'projected', 'downwardAPI']);

/** The sources of a volume. */
const SOURCES = new Set([
  ...['awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'configMap', 'csi', 'downwardAPI'],
  ...['emptyDir', 'ephemeral', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'gitRepo', 'glusterfs', 'hostPath'],
  ...['image', 'iscsi', 'nfs', 'persistentVolumeClaim', 'photonPersistentDisk', 'portworxVolume', 'projected'],
  ...['quobyte', 'rbd', 'scaleIO', 'secret', 'storageos', 'vsphereVolume'],
]);

/** A volume as one container has it. */
export interface VolumeUse {
  readonly container: ContainerView;
  readonly mount: MountView;
}

const NOTHING: readonly VolumeUse[] = [];

/** All mounts of a volume, container by container, those of ephemeral containers included. */
export function listVolumeUses(pod: PodView, volume: string | undefined): readonly VolumeUse[] {
  return collectUses(pod).get(volume ?? '') ?? NOTHING;
}

/** The ephemeral containers, which are added to a running pod to look into it. */
export function listEphemeralContainers(pod: PodView): ContainerView[] {
  return pod.spec.at('ephemeralContainers').items.map((field) => new ContainerView(field, Role.CLASSIC_SIDECAR));
}

/** The source of a volume whose files no container can change; nothing for other volumes. */
export function findReadOnlySource(volume: Field | undefined): Field | undefined {
  const source = volume?.names.find((name) => READ_ONLY_SOURCES.has(name) && volume.at(name).exists);
  return source === undefined ? undefined : volume!.at(source);
}

/** Whether no container can write to a volume, however it is mounted. */
export function isReadOnlyVolume(volume: Field | undefined): boolean {
  return (
    findReadOnlySource(volume) !== undefined ||
    volume?.at('image').exists === true ||
    volume?.fields.some((source) => source.at('readOnly').isTrue) === true
  );
}

/** Whether a container can write to the volume through this mount. */
export function isWritableUse({ mount }: VolumeUse, volume: Field): boolean {
  return !mount.isReadOnly && !isReadOnlyVolume(volume);
}

/** The place of a path of a container in the volume of a mount; nothing where that is only known at run time. */
export function toPathInVolume(mount: MountView, path: string): string | undefined {
  const isUnknown = mount.path === undefined || mount.field.at('subPathExpr').exists;
  return isUnknown
    ? undefined
    : normalizePath(`/${mount.subPath ?? ''}/${normalizePath(path).slice(normalizePath(mount.path!).length)}`);
}

/** The sources of a volume that Kubernetes knows; more than one is a mistake. */
export function listVolumeSources(volume: Field): Field[] {
  return volume.fields.filter(({ name, exists }) => exists && SOURCES.has(name));
}

/** Whether a volume lives as long as the pod and begins empty. One that says nothing is such: Kubernetes completes it so. */
export function isEmptyDir(volume: Field | undefined): boolean {
  const isPlain = volume?.fields.every(({ name, exists }) => name === 'name' || !exists);
  return isPlain || volume?.at('emptyDir').exists === true;
}

/** The volumes that live as long as the pod and begin empty, each with its name. */
export function listEmptyDirs(pod: PodView): Field[] {
  return pod.volumes.filter((volume) => volume.at('name').text !== undefined && isEmptyDir(volume));
}

const collectUses = memoizeByObject((pod: PodView): ReadonlyMap<string, readonly VolumeUse[]> => {
  const containers = [...pod.all, ...listEphemeralContainers(pod)];
  const uses = containers.flatMap((container) => container.mounts.map((mount) => ({ container, mount })));
  return groupBy(uses, ({ mount }) => mount.volume ?? '');
});
