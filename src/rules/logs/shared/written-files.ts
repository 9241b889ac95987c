import { covers, normalise } from '../../../private/paths';
import { matchesPath, matchesText } from '../../configs/glob';
import { defaultNginxLogs } from '../../configs/nginx';
import { softwareConfigOf } from '../../configs/software-config';
import { knownImage } from '../../data/known-images';
import type { ContainerView, MountView } from '../../model/container-view';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import type { VolumeUse } from '../../model/volumes';
import type { Problem } from '../../rule';
import type { TailedFile } from './tailed-files';

/** Whether what a container writes to a volume may be what another reads there, going by the parts that they mount. */
export function mayMeet(file: TailedFile, writer: VolumeUse): boolean {
  const { tail, directory, isDeep, mount } = file;
  const part = placeInVolume(writer.mount, writer.mount.path ?? '/');
  const place = placeInVolume(mount!, covers(mount!.path!, directory) ? directory : tail.pattern);
  if (part === undefined || place === undefined || covers(part, place)) {
    return true;
  }
  const isBelow = covers(place, part);
  const isFile = isBelow && matchesText(lastOf(tail.pattern), lastOf(part));
  return isBelow && (isDeep || isFile);
}

/** Tells that nobody writes what is read; only where it is known of each writer what it writes. */
export function unwrittenProblem(
  file: TailedFile,
  writers: readonly VolumeUse[],
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const { container, tail, mount } = file;
  const pattern = placeInVolume(mount!, tail.pattern);
  const written = writers.map((writer) => ({ writer, paths: writesOf(writer.container, pod, set) }));
  if (pattern === undefined || pattern.includes('{') || written.some(({ paths }) => paths === undefined)) {
    return undefined;
  }
  const places = written.flatMap(({ writer, paths }) => paths!.flatMap((path) => placeOf(path, writer, pod)));
  // Agents that know a file again read it under its rotated name as well.
  const isRead = (place: string) => [place, `${place}.1`].some((name) => matchesPath(pattern, name));
  if (places.includes(undefined) || places.some((place) => isRead(place!))) {
    return undefined;
  }
  const [{ writer, paths }] = written as [{ writer: VolumeUse; paths: readonly string[] }];
  return {
    at: mount!.field.at('mountPath'),
    message: `container "${container.name}" reads "${tail.pattern}" on volume "${mount!.volume}", but container "${writer.container.name}" writes ${paths.map((path) => `"${path}"`).join(', ')}`,
  };
}

/** All files that a container writes, where its image and configuration say so. */
function writesOf(container: ContainerView, pod: PodView, set: ManifestSet): readonly string[] | undefined {
  if (knownImage(container.image)?.software !== 'nginx') {
    return undefined;
  }
  const config = softwareConfigOf(container, pod, set);
  const paths = config ? (config.isPartial ? undefined : config.writes) : defaultNginxLogs(container);
  return paths && paths.length > 0 ? paths : undefined;
}

/** Where a file lies in the volume of a mount: nothing where it lies elsewhere, `undefined` where that is not known. */
function placeOf(path: string, { container, mount }: VolumeUse, pod: PodView): (string | undefined)[] {
  const holder = pod.mountOf(container, path);
  return holder?.volume === mount.volume ? [holder && placeInVolume(holder, path)] : [];
}

/** Where a path of a container lies in the volume of a mount. */
function placeInVolume(mount: MountView, path: string): string | undefined {
  const isUnknown = mount.path === undefined || mount.field.at('subPathExpr').exists;
  return isUnknown
    ? undefined
    : normalise(`/${mount.subPath ?? ''}/${normalise(path).slice(normalise(mount.path!).length)}`);
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
