import { Severity } from '../finding';
import type { ContainerView, MountView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { isWritable, readOnlySource, usesOf } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { placeOf } from './shared/places';

/**
 * The kubelet itself makes a directory for each mount below a ConfigMap, Secret, projected or downward API volume, so that
 * directories work there and files do not. Below anything else that is read-only, somebody must have made the mount point.
 */
export const MOUNT_NESTED: Rule = {
  id: 'mount-nested',
  severity: Severity.ERROR,
  catches:
    'A mount inside a read-only mount, where its place cannot be made: a single file below a ConfigMap or Secret, or anything below an empty volume that nobody writes.',
  consequence: 'The container never starts: "not a directory" or "read-only file system".',
  fix: 'mount it at a path outside the other volume, or gather both in one `projected` volume',
  source: 'https://github.com/kubernetes/kubernetes/issues/61545',
  pod: (pod) =>
    pod.all.filter(({ mounts }) => mounts.length > 1).flatMap((container) => nestedProblems(container, pod)),
};

function nestedProblems(container: ContainerView, pod: PodView): Problem[] {
  const places = new Map(container.mounts.map((mount) => [placeOf(mount.path ?? ''), mount]));
  return [...places].flatMap(([path, inner]) => {
    const above = parentsOf(path)
      .flatMap((parent) => places.get(parent) ?? [])
      .find((outer) => holdsNothingNew(outer, pod) && hasNoPlace(inner, outer, pod));
    return above ? [nestedProblem(inner, above, container)] : [];
  });
}

function nestedProblem(inner: MountView, outer: MountView, { name }: ContainerView): Problem {
  const message = `container "${name}" mounts "${inner.path}" inside the read-only mount "${outer.path}"`;
  return { at: inner.field.at('mountPath'), message };
}

/** The directories above a path, from the top. */
function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
    parents.push(path.slice(0, slash));
  }
  return parents;
}

/** Whether no container can make a mount point in what this mount shows. */
function holdsNothingNew(mount: MountView, pod: PodView): boolean {
  const volume = pod.volume(mount.volume);
  if (!volume || mount.subPath !== undefined) {
    return false;
  }
  const isNeverWritten = () => !usesOf(pod, mount.volume).some((use) => isWritable(use, volume));
  return !!readOnlySource(volume) || (mount.isReadOnly && volume.at('emptyDir').exists && isNeverWritten());
}

function hasNoPlace(inner: MountView, outer: MountView, pod: PodView): boolean {
  return readOnlySource(pod.volume(outer.volume)) ? isFile(inner, readOnlySource(pod.volume(inner.volume))) : true;
}

/** Whether a mount is certainly a file: one key of a ConfigMap or the like. */
function isFile({ field }: MountView, source: Field | undefined): boolean {
  const subPath = field.at('subPath').text;
  if (!source || !subPath || subPath.includes('/')) {
    return false;
  }
  const projections =
    source.name === 'projected' ? source.at('sources').items.flatMap(({ fields }) => fields) : [source];
  const paths = projections.flatMap((projection) => projection.at('items').items.map((item) => item.at('path').text));
  return !paths.some((path) => path?.startsWith(`${subPath}/`));
}
