import { containsPath, matchesPath } from '../../private/paths';
import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { isEmptyDir, listVolumeUses, type VolumeUse } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { listTailedFiles, type TailedFile } from './shared/tailed-files';
import { canShareFiles, checkWrittenPaths } from './shared/written-files';

export const LOG_PATH: Rule = {
  id: 'log-path',
  severity: Severity.ERROR,
  catches:
    'Log files that a companion reads and nobody can write: on no volume, on one that no other container mounts for writing, or at another place of it.',
  consequence: 'The companion waits for files that never come, and the logs are lost without a message.',
  fix: 'mount the volume that the other container writes its logs to, at the directory that is read',
  source: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent',
  checkPod: (pod, set) => listTailedFiles(pod, set).flatMap((file) => checkTailedFile(file, pod, set) ?? []),
};

function checkTailedFile(file: TailedFile, pod: PodView, set: ManifestSet): Problem | undefined {
  const { container, mount, volume } = file;
  const intro = `container "${container.name}" reads "${file.tail.pattern}"`;
  if (!mount) {
    return isUncovered(file)
      ? { at: container.field.at('volumeMounts'), message: `${intro}, which lies on no volume that it mounts` }
      : undefined;
  }
  if (!volume || !(isEmptyDir(volume) || volume.at('ephemeral').exists)) {
    return undefined;
  }
  const others = listVolumeUses(pod, mount.volume).filter((use) => use.container.field.path !== container.field.path);
  const writers = others.filter((use) => !use.mount.isReadOnly);
  const where = `${intro} on volume "${mount.volume}"`;
  const at = mount.field.at('name');
  if (others.length === 0) {
    return { at, message: `${where}, which no other container mounts` };
  }
  if (writers.length === 0) {
    // Where all mount it read-only, `volume-writer` says so.
    const isSaid = mount.isReadOnly && isEmptyDir(volume);
    return isSaid ? undefined : { at, message: `${where}, which the other containers mount read-only` };
  }
  return checkTailedPlace(file, writers, where, pod, set);
}

/** Whether no mount holds any of the files, and the container does not write them itself. */
function isUncovered({ container, config, tail, directory }: TailedFile): boolean {
  const isOwn = config.writes.some((path) => matchesPath(tail.pattern, path));
  return !isOwn && !container.mounts.some(({ path }) => path && containsPath(directory, path));
}

function checkTailedPlace(
  file: TailedFile,
  writers: readonly VolumeUse[],
  where: string,
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  if (!writers.some((writer) => canShareFiles(file, writer))) {
    const message = `${where}, of which the other containers mount other parts`;
    return { at: file.mount!.field.at('mountPath'), message };
  }
  return checkWrittenPaths(file, writers, pod, set);
}
