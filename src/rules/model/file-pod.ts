import type { FileContainer, FilePod } from '../../private/file-access';
import { memoizeByObject } from '../../private/memo';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import type { PodView } from './pod-view';

type FileVolume = NonNullable<FilePod['volumes']>[number];

/** A pod as the kernel sees it that decides who may use which file, made of data that may be anything. */
export const toFilePod = memoizeByObject((pod: PodView): FilePod => {
  return {
    containers: pod.containers.map((container) => toFileContainer(container, pod)),
    initContainers: pod.initContainers.map((container) => toFileContainer(container, pod)),
    volumes: pod.volumes.flatMap(toFileVolume),
    securityContext: toSettings(pod.spec.at('securityContext')),
  };
});

/** Mounts of volumes that are not there are left out: what is mounted and not listed counts as a claim of a StatefulSet. */
function toFileContainer({ name, field, mounts }: ContainerView, pod: PodView): FileContainer {
  return {
    name,
    restartPolicy: field.at('restartPolicy').value,
    securityContext: toSettings(field.at('securityContext')),
    volumeMounts: mounts.flatMap(({ volume, isReadOnly, subPath }) =>
      volume !== undefined && pod.findVolume(volume) ? [{ name: volume, readOnly: isReadOnly, subPath }] : [],
    ),
  };
}

/** A volume without a source is an empty one: Kubernetes completes it so. */
function toFileVolume(volume: Field): FileVolume[] {
  const name = volume.at('name').text;
  const sources = volume.fields.filter((field) => field.name !== 'name' && field.exists);
  const source = sources.length > 0 ? sources.map((field) => [field.name, field.value]) : [['emptyDir', {}]];
  return name === undefined ? [] : [{ ...Object.fromEntries(source), name }];
}

function toSettings(field: Field): FileContainer['securityContext'] {
  return field.isObject ? (field.value as { readonly [name: string]: unknown }) : undefined;
}
