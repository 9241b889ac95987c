import { findKnownImage, hasShell } from '../data/known-images';
import { Severity } from '../finding';
import { isShell, toProgramName } from '../model/commands';
import type { ContainerView } from '../model/container-view';
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
  catches: 'A probe or hook that runs a shell or a tool such as `sleep` in an image that has none.',
  consequence: 'It fails each time: a probe makes the kubelet restart the container, and a hook does not wait.',
  fix: 'use `httpGet`, `tcpSocket` or, in a hook, `sleep` of the kubelet, or take a variant of the image with a shell',
  source: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations',
  checkPod: (pod) => [...listProbes(pod), ...listHooks(pod)].flatMap((handled) => checkExecCommand(handled, pod) ?? []),
};

function checkExecCommand(handled: Handled, pod: PodView): Problem | undefined {
  const { command, container, field } = handled;
  const isTool = command.length > 0 && (isShell(command) || TOOLS.has(toProgramName(command)));
  if (!isTool || WITHOUT_TAG.test(container.image) || hasShell(container.image) !== false) {
    return undefined;
  }
  const message = `${handled.title} runs "${command[0]}", which the image of ${findKnownImage(container.image)!.software} does not have`;
  return isMounted(command[0]!, container, pod) ? undefined : { at: field.at('exec', 'command'), message };
}

/** Whether a volume of the pod may hold the program. */
function isMounted(program: string, container: ContainerView, pod: PodView): boolean {
  return program.startsWith('/') && pod.findMount(container, program) !== undefined;
}
