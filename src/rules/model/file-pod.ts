import { type FileContainer, type FilePod, omitClaimed } from '../../private/file-access';
import { memoizeByObject } from '../../private/memo';
import { findKnownImage } from '../data/known-images';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import type { PodView } from './pod-view';

type FileVolume = NonNullable<FilePod['volumes']>[number];

/** A pod as the kernel sees it that decides who may use which file, made of data that may be anything. */
export const toFilePod = memoizeByObject((pod: PodView): FilePod => {
  const files = {
    containers: pod.containers.map((container) => toFileContainer(container, pod)),
    initContainers: pod.initContainers.map((container) => toFileContainer(container, pod)),
    volumes: pod.volumes.flatMap(toFileVolume),
    securityContext: toSettings(pod.spec.at('securityContext')),
  };
  return omitClaimed(
    files,
    pod.claims.map(({ value }) => value),
  );
});

/** Mounts of volumes that are not there are left out: what is mounted and not listed counts as a claim of a StatefulSet. */
function toFileContainer(container: ContainerView, pod: PodView): FileContainer {
  const { name, field, mounts } = container;
  return {
    name,
    restartPolicy: field.at('restartPolicy').value,
    securityContext: { ...toImageUser(container, pod), ...toSettings(field.at('securityContext')) },
    volumeMounts: mounts.flatMap((mount) =>
      pod.findVolume(mount.volume) ? [{ name: mount.volume!, readOnly: mount.isReadOnly, subPath: mount.subPath }] : [],
    ),
  };
}

/** A volume without a source is an empty one: Kubernetes completes it so. */
function toFileVolume({ value }: Field): FileVolume[] {
  const volume = (typeof value === 'object' ? value : undefined) as
    | Readonly<Record<string, unknown>>
    | null
    | undefined;
  const name = volume?.name;
  if (typeof name !== 'string') {
    return [];
  }
  const sources = Object.keys(volume!).filter((source) => source !== 'name' && volume![source] !== null);
  return [sources.length > 0 ? pickSources(volume!, [...sources, 'name']) : { name, emptyDir: {} }] as FileVolume[];
}

function pickSources(volume: Readonly<Record<string, unknown>>, names: readonly string[]): object {
  return names.length === Object.keys(volume).length
    ? volume
    : Object.fromEntries(names.map((name) => [name, volume[name]]));
}

/** The user of a known image, where neither the container nor the pod states one. */
function toImageUser({ image, field }: ContainerView, { spec }: PodView): FileContainer['securityContext'] {
  const isStated = [field, spec].some((holder) => holder.at('securityContext', 'runAsUser').exists);
  const user = isStated ? undefined : findKnownImage(image)?.user;
  if (typeof user === 'number') {
    return { runAsUser: user };
  }
  return user === undefined || user === 'root' ? {} : { runAsNonRoot: true };
}

function toSettings(field: Field): FileContainer['securityContext'] {
  return field.isObject
    ? Object.fromEntries(field.fields.filter(({ exists }) => exists).map(({ name, value }) => [name, value]))
    : undefined;
}
