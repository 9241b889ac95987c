import { containsPath } from '../../private/paths';
import { findSoftwareConfig } from '../configs/software-config';
import { findKnownImage } from '../data/known-images';
import { Severity } from '../finding';
import type { ContainerView, MountView } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { isReadOnlyVolume } from '../model/volumes';
import type { Problem, Rule } from '../rule';

/** Other spellings of a directory, as one is a link to the other in all images. */
const ALIASES: Readonly<Record<string, string>> = { '/run': '/var/run' };

/** Files of configuration that may tell software to write elsewhere. */
const CONFIGURATIONS = ['/etc/nginx/nginx.conf', '/etc/vector/vector.yaml', '/etc/alloy/config.alloy'];

/** The logs of Filebeat itself, which `-e` sends to its output. */
const FILEBEAT_LOGS = '/usr/share/filebeat/logs';

/** Arguments that name another configuration or another directory. */
const ELSEWHERE = /^(-c|-p|-E|--config\b.*|--storage\.path.*|--path\..*)$/;

export const WRITABLE_PATHS: Rule = {
  id: 'writable-paths',
  severity: Severity.WARNING,
  catches: 'A read-only root file system without a volume where the software of the image is known to write.',
  consequence: 'The container fails when it starts or on its first large request: "Read-only file system".',
  fix: 'mount an `emptyDir` at each of the directories',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  checkPod: (pod, set) => pod.all.flatMap((container) => checkWritablePaths(container, pod, set)),
};

function checkWritablePaths(container: ContainerView, pod: PodView, set: ManifestSet): Problem[] {
  const at = container.getSecuritySetting('readOnlyRootFilesystem');
  const { writableDirectories: directories = [], stateDirectory } =
    (at.isTrue && findKnownImage(container.image)) || {};
  const unwritable = directories.filter(
    (directory) =>
      !hasWritableMount(directory, container, pod) &&
      !(directory === stateDirectory && keepsStateElsewhere(directory, container, pod, set)) &&
      !(directory === FILEBEAT_LOGS && container.commandLine.includes('-e')),
  );
  if (unwritable.length === 0 || writesElsewhere(container, pod)) {
    return [];
  }
  const { software } = findKnownImage(container.image)!;
  const paths = unwritable.map((path) => `"${path}"`).join(' and ');
  return [{ at, message: `container "${container.name}" cannot write to ${paths}, where ${software} writes` }];
}

/** Whether the configuration names other places for all that the software must not forget. */
function keepsStateElsewhere(directory: string, container: ContainerView, pod: PodView, set: ManifestSet): boolean {
  const states = findSoftwareConfig(container, pod, set)?.states ?? [];
  return states.length > 0 && !states.some(({ path }) => containsPath(directory, path));
}

/** Whether a writable mount lies at or above the directory; a mount below it counts as meant. */
function hasWritableMount(directory: string, container: ContainerView, pod: PodView): boolean {
  const names = [directory, ALIASES[directory] ?? directory];
  return container.mounts.some((mount) =>
    names.some(
      (name) =>
        mount.path !== undefined &&
        (containsPath(name, mount.path) || (containsPath(mount.path, name) && isWritableMount(mount, pod))),
    ),
  );
}

function isWritableMount(mount: MountView, pod: PodView): boolean {
  return !mount.isReadOnly && !isReadOnlyVolume(pod.findVolume(mount.volume));
}

/** Whether another program runs, or a configuration that is not read here may name another directory to write to. */
function writesElsewhere(container: ContainerView, pod: PodView): boolean {
  const isConfigured =
    container.field.at('args').texts.some((argument) => ELSEWHERE.test(argument)) ||
    ['HOME', 'TMPDIR'].some((name) => container.findVariable(name)) ||
    container.mounts.some(({ path }) => path && CONFIGURATIONS.some((file) => containsPath(path, file)));
  return (
    container.field.at('command').items.length > 0 ||
    (isConfigured && container.mounts.some((mount) => isWritableMount(mount, pod)))
  );
}
