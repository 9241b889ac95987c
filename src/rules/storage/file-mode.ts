import { findUnreadableFiles, type UnreadableFiles } from '../../private/file-access';
import { Severity } from '../finding';
import { toFilePod } from '../model/file-pod';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { findFileMode, formatMode, hasModes } from './shared/file-modes';

export const FILE_MODE: Rule = {
  id: 'file-mode',
  severity: Severity.WARNING,
  catches:
    'Files of a Secret, ConfigMap or the like with a mode that shuts out the user of a container which mounts them: they belong to root.',
  consequence: 'The software cannot open them: "permission denied".',
  fix: 'set `fsGroup` in the `securityContext` of the pod, whose group may then read them, or give the files mode 0444',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#secret-files-permissions',
  checkPod: (pod) =>
    pod.volumes.some(hasModes) && !pod.isWindows
      ? findUnreadableFiles(toFilePod(pod)).map((files) => toProblem(files, pod))
      : [],
};

function toProblem({ container, volume, mode, path }: UnreadableFiles, pod: PodView): Problem {
  const what = path === undefined ? 'the files' : `file "${path}"`;
  const owner = path === undefined ? 'which belong' : 'which belongs';
  return {
    at: findFileMode(pod.findVolume(volume)!, path)!.at,
    message: `container "${container}" runs without root and cannot read ${what} of volume "${volume}", ${owner} to root with mode ${formatMode(mode)}`,
  };
}
