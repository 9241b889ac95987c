import { ConfigFiles } from '../configs/config-file';
import { findKnownImage, hasShell } from '../data/known-images';
import { Severity } from '../finding';
import { isShell, toProgramName } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type Handled, listHooks, listProbes } from './shared/handlers';

const TOOLS = new Set(
  'sleep cat ls test [ true echo touch rm cp mv kill pkill pgrep killall grep sed awk nc wget curl env stat find ps'.split(
    ' ',
  ),
);
/** An image that only a digest names, so that it may be a variant with a shell. */
const WITHOUT_TAG = /^[^:@]*(:\d+\/[^:@]*)?@/;

export const EXEC_WITHOUT_SHELL: Rule = {
  id: 'exec-without-shell',
  severity: Severity.WARNING,
  catches:
    'A command, probe or hook that runs a shell, a tool such as `sleep`, or a script, in an image that has none.',
  consequence:
    'The container does not start; a probe makes the kubelet restart it again and again, and a hook does not wait.',
  fix: 'use `httpGet`, `tcpSocket` or, in a hook, `sleep` of the kubelet, or take a variant of the image with a shell',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations',
  checkPod: (pod, set) => {
    const bare = pod.all.filter(({ image }) => hasShell(image) === false && !WITHOUT_TAG.test(image));
    return bare.length === 0
      ? []
      : [
          ...bare.flatMap((container) => checkOwnCommand(container, pod, set)),
          ...[...listProbes(pod), ...listHooks(pod)]
            .filter(({ container }) => bare.includes(container))
            .flatMap((handled) => checkExecCommand(handled, pod, set)),
        ];
  },
};

function checkOwnCommand(container: ContainerView, pod: PodView, set: ManifestSet): Problem[] {
  const at = container.field.at('command');
  const lacking = findLacking(at.texts, container, pod, set);
  return lacking === undefined
    ? []
    : [
        {
          at,
          message: `container "${container.name}" runs ${lacking}`,
          fix: 'take a variant of the image with a shell',
        },
      ];
}

function checkExecCommand(handled: Handled, pod: PodView, set: ManifestSet): Problem[] {
  const lacking = findLacking(handled.command, handled.container, pod, set);
  const at = handled.field.at('exec', 'command');
  return lacking === undefined ? [] : [{ at, message: `${handled.title} runs ${lacking}` }];
}

/** The program of a command that the image lacks, or the interpreter of its script, as a message says it. */
function findLacking(
  command: readonly string[],
  container: ContainerView,
  pod: PodView,
  set: ManifestSet,
): string | undefined {
  const [program = ''] = command;
  const software = findKnownImage(container.image)?.software;
  const image = software ? `the image of ${software}` : 'its image';
  if (isMounted(program, container, pod)) {
    const text = new ConfigFiles(container, pod, set).findFile(program)?.text ?? '';
    const interpreter = /^#! *(?:\/usr\/bin\/env +)?(\S+)/.exec(text)?.[1];
    const isLacking = interpreter !== undefined && isShell([interpreter]) && !isMounted(interpreter, container, pod);
    return isLacking ? `"${program}", a script for "${interpreter}", which ${image} does not have` : undefined;
  }
  const isTool = isShell(command) || TOOLS.has(toProgramName(command));
  return isTool ? `"${program}", which ${image} does not have` : undefined;
}

/** Whether a volume of the pod may hold the program. */
function isMounted(program: string, container: ContainerView, pod: PodView): boolean {
  return program.startsWith('/') && pod.findMount(container, program) !== undefined;
}
