import { covers } from '../../private/paths';
import { knownImage } from '../data/known-images';
import { Severity } from '../finding';
import type { ContainerView, MountView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** Volumes that no container can write. */
const READ_ONLY = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

/** Other spellings of a directory, as one is a link to the other in all images. */
const ALIASES: Readonly<Record<string, string>> = { '/run': '/var/run' };

/** Where software reads its configuration, which may tell it to write elsewhere. */
const CONFIGURATIONS = ['/etc/nginx/nginx.conf', '/etc/vector/vector.yaml', '/etc/alloy/config.alloy'];

/** Arguments that name another configuration or another directory. */
const ELSEWHERE = /^(-c|-p|-E|--config\b.*|--storage\.path.*|--path\..*)$/;

export const WRITABLE_PATHS: Rule = {
  id: 'writable-paths',
  severity: Severity.WARNING,
  catches: 'A read-only root file system without a volume where the software of the image is known to write.',
  consequence: 'The container fails when it starts or on its first large request: "Read-only file system".',
  fix: 'mount an `emptyDir` at each of the directories',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  pod: (pod) => pod.all.flatMap((container) => problemsOf(container, pod)),
};

function problemsOf(container: ContainerView, pod: PodView): Problem[] {
  const at = container.security('readOnlyRootFilesystem');
  const directories = at.isTrue ? (knownImage(container.image)?.writableDirectories ?? []) : [];
  const unwritable = directories.filter((directory) => !hasPlace(directory, container, pod));
  if (unwritable.length === 0 || writesElsewhere(container, pod)) {
    return [];
  }
  const { software } = knownImage(container.image)!;
  const paths = unwritable.map((path) => `"${path}"`).join(' and ');
  return [{ at, message: `container "${container.name}" cannot write to ${paths}, where ${software} writes` }];
}

/** A mount at or above the directory that can be written; whoever mounts something below it knows what he does. */
function hasPlace(directory: string, container: ContainerView, pod: PodView): boolean {
  const names = [directory, ALIASES[directory] ?? directory];
  return container.mounts.some((mount) =>
    names.some(
      (name) =>
        mount.path !== undefined && (covers(name, mount.path) || (covers(mount.path, name) && isWritable(mount, pod))),
    ),
  );
}

function isWritable(mount: MountView, pod: PodView): boolean {
  const volume = pod.volume(mount.volume);
  return !mount.isReadOnly && !READ_ONLY.some((source) => volume?.at(source).exists);
}

/** Whether another program runs, or a configuration that nobody has seen names another directory that can be written. */
function writesElsewhere(container: ContainerView, pod: PodView): boolean {
  const isConfigured =
    container.field.at('args').texts.some((argument) => ELSEWHERE.test(argument)) ||
    ['HOME', 'TMPDIR'].some((name) => container.env(name)) ||
    container.mounts.some(({ path }) => path && CONFIGURATIONS.some((file) => covers(path, file)));
  return (
    container.field.at('command').items.length > 0 ||
    (isConfigured && container.mounts.some((mount) => isWritable(mount, pod)))
  );
}
