import { posix } from 'node:path';
import { Severity } from '../finding';
import { findShellScript } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { listWords } from '../model/settings';
import { findRunningSoftware } from '../model/software';
import type { Problem, Rule } from '../rule';

/** Commands that find a process by its name: `pkill -HUP nginx`, `kill -HUP $(pidof nginx)`. */
const BY_NAME = /\b(?:pkill|killall|pidof|pgrep)\s+((?:-{1,2}[\w-]+(?:=\S+)?\s+)*)(?:-f\s+)?["']?([\w./-]+)/g;
/** Options of these that take the next word. */
const WITH_VALUE = /-(?:s|u|U|g|P|t|-signal)\s+$/;

export const FOREIGN_SIGNAL: Rule = {
  id: 'foreign-signal',
  severity: Severity.WARNING,
  catches: 'A command that looks for a process of another container, without `shareProcessNamespace`.',
  consequence: 'The containers of a pod do not see the processes of each other, so that the signal reaches nobody.',
  fix: 'set `shareProcessNamespace: true`',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  checkPod: (pod) => {
    const { spec, running } = pod;
    return running.length < 2 || spec.at('shareProcessNamespace').isTrue || spec.at('hostPID').isTrue
      ? []
      : running.flatMap((container) => checkSignals(container, pod));
  },
};

function checkSignals(container: ContainerView, pod: PodView): Problem[] {
  return listCommands(container).flatMap(({ at, text }) => {
    const names = [...text.matchAll(BY_NAME)]
      .filter((match) => !WITH_VALUE.test(match[1]!))
      .map((match) => posix.basename(match[2]!));
    const name = names.find((program) => !startsProgram(container, program));
    const owner =
      name === undefined ? undefined : pod.running.find((other) => other !== container && runsProgram(other, name));
    const message = `container "${container.name}" looks for process "${name}", which runs in container "${owner?.name}"`;
    return owner ? [{ at, message }] : [];
  });
}

/** The commands of a container, its probes and hooks, each as one text. */
function listCommands(container: ContainerView): { at: Field; text: string }[] {
  const { commandLine, probes, hooks } = container;
  const script = findShellScript(commandLine);
  const words = listWords(container);
  const at = words.find(({ text }) => text === script) ?? words[0];
  const handlers = [...probes, ...hooks].map((handler) => handler.at('exec', 'command'));
  return [
    ...(at ? [{ at, text: script ?? commandLine.join(' ') }] : []),
    ...handlers.map((command) => ({ at: command, text: command.texts.join(' ') })),
  ].filter(({ text }) => /pkill|killall|pidof|pgrep/.test(text));
}

/** Whether a container may run a program of this name itself: it is its software, or more of its words name it. */
function startsProgram(container: ContainerView, program: string): boolean {
  if (runsProgram(container, program)) {
    return true;
  }
  const words = container.commandLine.join(' ').split(/[\s;&|()]+/);
  return words.some(
    (word, index) =>
      posix.basename(word) === program && !/^(pkill|killall|pidof|pgrep|-.*)$/.test(words[index - 1] ?? ''),
  );
}

/** Whether a container runs a program of this name, as far as its command, its image or its software tells. */
function runsProgram(container: ContainerView, program: string): boolean {
  const { software, words } = findRunningSoftware(container);
  const image = posix.basename(container.image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
  const names = [...(software?.programs ?? []), image, ...(words.length > 0 ? [posix.basename(words[0]!)] : [])];
  return names.includes(program) || (words.length === 0 && container.name === program);
}
