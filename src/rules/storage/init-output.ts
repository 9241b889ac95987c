import { containsPath, normalizePath } from '../../private/paths';
import { Severity } from '../finding';
import { type ContainerView, type MountView, Role } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { listVariables } from '../model/settings';
import { isEmptyDir, listVolumeUses } from '../model/volumes';
import { findWrittenPaths } from '../model/written-paths';
import type { Problem, Rule } from '../rule';

/** Directories for what nobody reads later. */
const SCRATCH = ['/tmp', '/var/tmp', '/run', '/var/run', '/root', '/dev'];
/** The source of a claim, or the part of one that a StatefulSet makes. */
const CLAIMS = ['persistentVolumeClaim', 'ephemeral', 'metadata'];

export const INIT_OUTPUT: Rule = {
  id: 'init-output',
  severity: Severity.WARNING,
  catches: 'An init container that writes beside the volume which it mounts, or to no volume what others have one for.',
  consequence: 'What it writes is gone when it ends, and the other containers find an empty directory.',
  fix: 'mount the volume in the init container at the directory that it writes to',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#using-init-containers',
  checkPod: (pod) =>
    pod.volumes.length === 0 ? [] : pod.initContainers.flatMap((init) => checkOutput(init, pod) ?? []),
};

function checkOutput(init: ContainerView, pod: PodView): Problem | undefined {
  if (init.role !== Role.INIT) {
    return undefined;
  }
  const written = findWrittenPaths(init);
  const lost = written.paths.filter((path) => !pod.findMount(init, path) && !isScratch(path));
  return lost.length === 0
    ? undefined
    : (findMissedMount(lost, init, pod) ??
        (written.isWhole ? findIdleMount(lost, written.paths, init, pod) : undefined));
}

/** Files beside all volumes where another container has one that this container does not mount. */
function findMissedMount(lost: readonly string[], init: ContainerView, pod: PodView): Problem | undefined {
  const later = pod.all.slice(pod.all.indexOf(init) + 1);
  for (const path of lost) {
    for (const { name, mounts } of later) {
      const mount = mounts.find((candidate) => isHolding(candidate, path, pod));
      if (mount && !init.mounts.some(({ volume }) => volume === mount.volume)) {
        const message = `init container "${init.name}" writes to "${path}" on no volume, while container "${name}" has volume "${mount.volume}" there`;
        return { at: init.field.at('volumeMounts'), message };
      }
    }
  }
  return undefined;
}

/** Whether containers share files in a volume: an empty one, or a claim. */
function isShared(volume: Field | undefined): boolean {
  return isEmptyDir(volume) || CLAIMS.some((name) => volume?.at(name).exists);
}

function isHolding({ path, volume }: MountView, written: string, pod: PodView): boolean {
  return (
    isShared(pod.findVolume(volume)) &&
    path !== undefined &&
    !isScratch(path) &&
    normalizePath(path) !== '/' &&
    containsPath(path, written)
  );
}

/** A volume for other containers that it mounts and does not so much as name. What it writes above that may be for it. */
function findIdleMount(
  lost: readonly string[],
  written: readonly string[],
  init: ContainerView,
  pod: PodView,
): Problem | undefined {
  const text = [...init.commandLine, ...listVariables(init).map(({ value }) => value)].join(' ');
  const idle = init.mounts.find(
    (mount) =>
      mount.path !== undefined &&
      !mount.isReadOnly &&
      isEmptyDir(pod.findVolume(mount.volume)) &&
      listVolumeUses(pod, mount.volume).some(({ container }) => container !== init) &&
      !written.some((path) => containsPath(mount.path!, path) || containsPath(path, mount.path!)) &&
      !isNamed(mount.path, text),
  );
  return idle
    ? {
        at: idle.field.at('mountPath'),
        message: `init container "${init.name}" writes to "${lost[0]}" on no volume, and nothing to volume "${idle.volume}" at "${idle.path}"`,
      }
    : undefined;
}

function isNamed(path: string, text: string): boolean {
  const name = normalizePath(path);
  const index = text.indexOf(name);
  return index >= 0 && !/[\w-]/.test(text[index + name.length] ?? ' ') && !/[\w./-]/.test(text[index - 1] ?? ' ');
}

function isScratch(path: string): boolean {
  return SCRATCH.some((directory) => containsPath(directory, path));
}
