import { Severity } from '../finding';
import type { ContainerView, MountView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { findReadOnlySource, isEmptyDir, isWritableUse, listVolumeUses } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { normalizeMountPath } from './shared/mount-paths';

/**
 * The kubelet itself makes a directory for each mount below a ConfigMap, Secret, projected or downward API volume, so that
 * directories work there and files do not. Below anything else that is read-only, the mount point must exist already.
 */
export const MOUNT_NESTED: Rule = {
  id: 'mount-nested',
  severity: Severity.ERROR,
  catches:
    'A mount inside a read-only mount, where its place cannot be made: a single file below a ConfigMap or Secret, or anything below an empty volume that nobody writes.',
  consequence: 'The container never starts: "not a directory" or "read-only file system".',
  fix: 'mount it at a path outside the other volume, or gather both in one `projected` volume',
  source: 'https://github.com/kubernetes/kubernetes/issues/61545',
  checkPod: (pod) =>
    pod.all.filter(({ mounts }) => mounts.length > 1).flatMap((container) => checkNestedMounts(container, pod)),
};

function checkNestedMounts(container: ContainerView, pod: PodView): Problem[] {
  const places = new Map(container.mounts.map((mount) => [normalizeMountPath(mount.path ?? ''), mount]));
  return [...places].flatMap(([path, inner]) => {
    const above = listParents(path)
      .flatMap((parent) => places.get(parent) ?? [])
      .find((outer) => refusesMountPoints(outer, pod) && hasNoPlace(inner, outer, pod));
    return above ? [toNestedProblem(inner, above, container)] : [];
  });
}

function toNestedProblem(inner: MountView, outer: MountView, { name }: ContainerView): Problem {
  const message = `container "${name}" mounts "${inner.path}" inside the read-only mount "${outer.path}"`;
  return { at: inner.field.at('mountPath'), message };
}

/** The directories above a path, from the top. */
function listParents(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}

/** Whether no container can make a mount point in what this mount shows. */
function refusesMountPoints(mount: MountView, pod: PodView): boolean {
  const volume = pod.findVolume(mount.volume);
  if (!volume || mount.subPath !== undefined) {
    return false;
  }
  const isNeverWritten = () => !listVolumeUses(pod, mount.volume).some((use) => isWritableUse(use, volume));
  return !!findReadOnlySource(volume) || (mount.isReadOnly && isEmptyDir(volume) && isNeverWritten());
}

function hasNoPlace(inner: MountView, outer: MountView, pod: PodView): boolean {
  return findReadOnlySource(pod.findVolume(outer.volume))
    ? isFileMount(inner, findReadOnlySource(pod.findVolume(inner.volume)))
    : true;
}

/** Whether a mount is certainly a file: one key of a ConfigMap or the like. */
function isFileMount({ field }: MountView, source: Field | undefined): boolean {
  const subPath = field.at('subPath').text;
  if (!source || !subPath || subPath.includes('/')) {
    return false;
  }
  const projections =
    source.name === 'projected' ? source.at('sources').items.flatMap(({ fields }) => fields) : [source];
  const paths = projections.flatMap((projection) => projection.at('items').items.map((item) => item.at('path').text));
  return !paths.some((path) => path?.startsWith(`${subPath}/`));
}
