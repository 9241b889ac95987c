import { containsPath, matchesPath, matchesPattern } from '../../../private/paths';
import { toFileName } from '../../configs/config-path';
import { findDefaultNginxLogs } from '../../configs/nginx';
import { findSoftwareConfig } from '../../configs/software-config';
import { findKnownImage } from '../../data/known-images';
import type { ContainerView } from '../../model/container-view';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { toPathInVolume, type VolumeUse } from '../../model/volumes';
import type { Problem } from '../../rule';
import type { TailedFile } from './tailed-files';

/** Endings of rotated files: agents that know a file again read it under such a name as well. */
const ROTATED = ['', '.1', '.10', '.100', '.1.gz', '.10.gz', '-20260131', '.2026-01-31', '.old'];

/** Whether what a container writes to a volume may be what another reads there, going by the parts that they mount. */
export function canShareFiles(file: TailedFile, writer: VolumeUse): boolean {
  const { tail, directory, isDeep, mount } = file;
  const part = toPathInVolume(writer.mount, writer.mount.path ?? '/');
  const place = toPathInVolume(mount!, containsPath(mount!.path!, directory) ? directory : tail.pattern);
  if (part === undefined || place === undefined || containsPath(part, place)) {
    return true;
  }
  const isBelow = containsPath(place, part);
  const isFile = isBelow && matchesPattern(toFileName(tail.pattern), toFileName(part));
  return isBelow && (isDeep || isFile);
}

/** Reports a tailed file that no container writes; only where the files of each writer are known. */
export function checkWrittenPaths(
  file: TailedFile,
  writers: readonly VolumeUse[],
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const { container, tail, mount } = file;
  const pattern = toPathInVolume(mount!, tail.pattern);
  const written = writers.map((writer) => ({ writer, paths: findWrittenPaths(writer.container, pod, set) }));
  if (pattern === undefined || pattern.includes('{') || written.some(({ paths }) => paths === undefined)) {
    return undefined;
  }
  const places = written.flatMap(({ writer, paths }) => paths!.flatMap((path) => findPathInVolume(path, writer, pod)));
  const isRead = (place: string) => ROTATED.some((ending) => matchesPath(pattern, `${place}${ending}`));
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
function findWrittenPaths(container: ContainerView, pod: PodView, set: ManifestSet): readonly string[] | undefined {
  if (findKnownImage(container.image)?.software !== 'nginx') {
    return undefined;
  }
  const config = findSoftwareConfig(container, pod, set);
  const paths = config ? (config.isPartial ? undefined : config.writes) : findDefaultNginxLogs(container);
  return paths && paths.length > 0 ? paths : undefined;
}

/** The place of a file in the volume of a mount: no item where it is elsewhere, `undefined` where it is unknown. */
function findPathInVolume(path: string, { container, mount }: VolumeUse, pod: PodView): (string | undefined)[] {
  const holder = pod.findMount(container, path);
  return holder?.volume === mount.volume ? [holder && toPathInVolume(holder, path)] : [];
}
