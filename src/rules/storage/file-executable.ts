import { Severity } from '../finding';
import { listHooks, listProbes } from '../lifecycle/shared/handlers';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { toPathInVolume } from '../model/volumes';
import type { Problem, Rule } from '../rule';
import { findFileMode, formatMode } from './shared/file-modes';

/** The permissions to run a file, of anybody. */
const EXECUTABLE = 0o111;

export const FILE_EXECUTABLE: Rule = {
  id: 'file-executable',
  severity: Severity.ERROR,
  catches:
    'A command that runs a file of a ConfigMap or the like by its path, while the mode of the file, as usual, lets nobody run it.',
  consequence: 'The container does not start, or its probe or hook fails: "permission denied".',
  fix: 'set `defaultMode: 0755` of the volume, or run the file with its interpreter, as in `[sh, /scripts/start.sh]`',
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/#configmap',
  checkPod: (pod) =>
    pod.volumes.length === 0 || pod.isWindows
      ? []
      : [
          ...pod.all.flatMap((container) => checkRunFile(container.field.at('command'), container, pod)),
          ...[...listProbes(pod), ...listHooks(pod)].flatMap(({ field, container }) =>
            checkRunFile(field.at('exec', 'command'), container, pod),
          ),
        ],
};

function checkRunFile(command: Field, container: ContainerView, pod: PodView): Problem[] {
  const at = command.items[0];
  const path = at?.text;
  const mount = path?.startsWith('/') ? pod.findMount(container, path) : undefined;
  const volume = mount && pod.findVolume(mount.volume);
  const place = volume && toPathInVolume(mount, path!);
  const found = place === undefined ? undefined : findFileMode(volume!, place);
  return found && (found.mode & EXECUTABLE) === 0
    ? [
        {
          at: at!,
          message: `container "${container.name}" runs "${path}" of volume "${mount!.volume}", whose mode ${formatMode(found.mode)} lets nobody run it`,
        },
      ]
    : [];
}
