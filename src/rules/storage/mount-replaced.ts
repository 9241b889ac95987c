import { containsPath, normalizePath } from '../../private/paths';
import { Severity } from '../finding';
import type { MountView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { listReplacedPaths, type ReplacedPath } from './shared/replaced-paths';

export const MOUNT_REPLACED: Rule = {
  id: 'mount-replaced',
  severity: Severity.WARNING,
  catches:
    'A `subPath` into a directory that another container replaces, such as the checkout of git-sync, which it publishes by a link.',
  consequence:
    'The mount stays with the first version, which is deleted later; or the kubelet makes the directory, as root, and the other container fails on it.',
  fix: 'mount the whole volume, and read below it',
  source: 'https://github.com/kubernetes/git-sync#volumes',
  checkPod: (pod) => (hasSubPaths(pod) ? listReplacedPaths(pod).flatMap((replaced) => checkMounts(replaced, pod)) : []),
};

function hasSubPaths({ all }: PodView): boolean {
  return all.length > 1 && all.some(({ mounts }) => mounts.some(({ subPath }) => subPath));
}

function checkMounts(replaced: ReplacedPath, pod: PodView): Problem[] {
  return pod.all
    .filter((container) => container !== replaced.writer)
    .flatMap(({ name, mounts }) =>
      mounts
        .filter((mount) => mount.volume === replaced.volume && isInside(mount, replaced))
        .map((mount) => {
          const at = mount.field.at(mount.field.at('subPath').exists ? 'subPath' : 'subPathExpr');
          const message = `container "${name}" mounts "${mount.subPath}" of volume "${mount.volume}", which container "${replaced.writer.name}" replaces with each new version`;
          return { at, message, fix: describeFix(mount) };
        }),
    );
}

function isInside({ subPath }: MountView, { path, isParent }: ReplacedPath): boolean {
  const place = normalizePath(`/${subPath ?? ''}`);
  return subPath !== undefined && containsPath(path, place) && !(isParent && normalizePath(path) === place);
}

function describeFix({ path, subPath }: MountView): string | undefined {
  return path === undefined
    ? undefined
    : `mount the whole volume, such as at "${path}", and read below "${normalizePath(`${path}/${subPath}`)}"`;
}
