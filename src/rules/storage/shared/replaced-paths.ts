import { findShellScript } from '../../model/commands';
import { type ContainerView, Role } from '../../model/container-view';
import type { PodView } from '../../model/pod-view';
import { isLiteralWord, parseScript } from '../../model/scripts';
import { findRunningSoftware, isServing } from '../../model/software';
import { toPathInVolume } from '../../model/volumes';

/** A place of a volume that a container points elsewhere while others have it mounted. */
export interface ReplacedPath {
  readonly writer: ContainerView;
  readonly volume: string;
  /** Its path in the volume. */
  readonly path: string;
  /** Whether what lies directly in it is replaced, and not the place itself. */
  readonly isParent: boolean;
}

/** The names of the settings of git-sync: its flags in all versions, and its variables. */
const ROOT_FLAG = /^--?root(?:=(.*))?$/;
const ROOT_VARIABLES = ['GITSYNC_ROOT', 'GIT_SYNC_ROOT'];
/** The directories that versions of git-sync take where nothing is said. */
const ROOTS = ['/git', '/tmp/git'];

/** The places of volumes that containers of a pod replace again and again, by a link that they point elsewhere. */
export function listReplacedPaths(pod: PodView): ReplacedPath[] {
  return pod.all.flatMap((container) => [
    ...(container.mounts.length > 0 && isSyncing(container)
      ? toPlaces(listRoots(container), true, container, pod)
      : []),
    ...(container.isRunning ? toPlaces(listReplacements(container), false, container, pod) : []),
  ]);
}

/** Whether git-sync runs here more than once, or at the same time as those who read. */
function isSyncing(container: ContainerView): boolean {
  const isGitSync = findRunningSoftware(container).software?.software === 'git-sync';
  return isGitSync && (container.role !== Role.INIT || isServing(container));
}

function listRoots(container: ContainerView): readonly string[] {
  const { words } = findRunningSoftware(container);
  const index = words.findIndex((word) => ROOT_FLAG.test(word));
  const stated = index < 0 ? undefined : (ROOT_FLAG.exec(words[index]!)![1] ?? words[index + 1]);
  const variable = ROOT_VARIABLES.map((name) => container.findVariable(name)).find((found) => found !== undefined);
  const root = stated ?? (variable ? (variable.at('value').text ?? '$') : undefined);
  return root === undefined ? ROOTS : [root];
}

/** The places that a script sets anew: `ln -sfn <directory> <link>`, or what is moved to a link or to a place that is removed before. */
function listReplacements({ commandLine }: ContainerView): string[] {
  const script = findShellScript(commandLine) ?? '';
  const commands = /\b(ln|mv)\b/.test(script) ? (parseScript(script) ?? []) : [];
  const removed = new Set(commands.flatMap(({ words: [name, ...words] }) => (name === 'rm' ? words : [])));
  return commands.flatMap(({ words: [name, ...words] }) => {
    const flags = words.filter((word) => word.startsWith('-')).join('');
    const target = words[words.length - 1] ?? '';
    const isLink = name === 'ln' && /s/.test(flags) && /f/.test(flags);
    const isMoved = name === 'mv' && (/T/.test(flags) || removed.has(target));
    return isLink || isMoved ? [target] : [];
  });
}

function toPlaces(paths: readonly string[], isParent: boolean, writer: ContainerView, pod: PodView): ReplacedPath[] {
  return paths.flatMap((path) => {
    const mount = path.startsWith('/') && isLiteralWord(path) ? pod.findMount(writer, path) : undefined;
    const place = mount && toPathInVolume(mount, path);
    return place !== undefined && mount?.volume ? [{ writer, volume: mount.volume, path: place, isParent }] : [];
  });
}
