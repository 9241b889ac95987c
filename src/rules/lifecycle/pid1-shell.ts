import { Severity } from '../finding';
import {
  findLastCommand,
  findShellScript,
  isShell,
  parseWaitSeconds,
  runsForever,
  toProgramName,
} from '../model/commands';
import { type ContainerView, Role } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Rule } from '../rule';

const SLEEPERS = new Set(['tail', 'sleep']);
/** A wait of so many seconds does no harm. */
const SHORT_SECONDS = 5;

export const PID1_SHELL: Rule = {
  id: 'pid1-shell',
  severity: Severity.WARNING,
  catches:
    'A container whose first process is a shell, `tail` or `sleep` that never ends and has no handler for SIGTERM.',
  consequence: 'It ignores the stop signal, so that the pod takes its whole grace period to end and is killed then.',
  fix: 'run the command in the background behind `trap "exit 0" TERM` and `wait`, or set `shareProcessNamespace: true`',
  source:
    'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/#understanding-process-namespace-sharing',
  checkPod: (pod) =>
    isExempt(pod)
      ? []
      : pod.running
          .filter((container) => ignoresSigterm(container) && needsSigterm(container, pod))
          .map(({ field, name }) => ({
            at: field.at('command'),
            message: `container "${name}" ignores SIGTERM, as "${field.at('command').texts[0]}" is its first process`,
          })),
};

/** Pods in which the container is not the first process, or ends soon enough. */
function isExempt({ spec, graceSeconds }: PodView): boolean {
  return graceSeconds <= SHORT_SECONDS || spec.at('shareProcessNamespace').isTrue || spec.at('hostPID').isTrue;
}

/** Regular containers of a Job end by themselves, or `job-sidecar` reports them; a hook may end a container, too. */
function needsSigterm({ field, role }: ContainerView, { owner }: PodView): boolean {
  const hook = field.at('lifecycle', 'preStop', 'exec', 'command').texts;
  const isEndedByHook =
    (hook.length > 0 && parseWaitSeconds(hook) === undefined) || field.at('lifecycle', 'stopSignal').exists;
  return !isEndedByHook && !(owner.isJob && role !== Role.NATIVE_SIDECAR);
}

/** Without a command, the image may start something that handles signals first. */
function ignoresSigterm(container: ContainerView): boolean {
  const command = container.field.at('command').texts;
  if (!isShell(command) && !SLEEPERS.has(toProgramName(command))) {
    return false;
  }
  const { commandLine } = container;
  const script = findShellScript(commandLine);
  return runsForever(commandLine) || waitsLong(commandLine, script);
}

/** Whether it sleeps, or a shell waits for what it has started in the background. */
function waitsLong(commandLine: readonly string[], script: string | undefined): boolean {
  if (script === undefined) {
    return toProgramName(commandLine) === 'sleep' && (parseWaitSeconds(commandLine) ?? 0) > SHORT_SECONDS;
  }
  const last = findLastCommand(script);
  return (
    !/\btrap\b/.test(script) && (/^wait( |$)/.test(last) || (parseWaitSeconds(last.split(/\s+/)) ?? 0) > SHORT_SECONDS)
  );
}
