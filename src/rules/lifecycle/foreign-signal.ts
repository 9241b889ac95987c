import { posix } from 'node:path';
import { findContainerScript } from '../configs/container-script';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { listWords } from '../model/settings';
import { findRunningSoftware } from '../model/software';
import type { Problem, Rule } from '../rule';

/** Commands that find a process by its name: `pkill -HUP nginx`, `kill -HUP $(pidof nginx)`. */
const BY_NAME = /\b(pkill|pgrep|killall|pidof)\s+([^;|&\n)`]*)/g;
/** Options of these that take the next word. */
const WITH_VALUE: Readonly<Record<string, RegExp>> = {
  pkill: /^(-[sugGPUtF]|--(signal|session|euid|uid|group|pgroup|parent|terminal|pidfile|ns|nslist))$/,
  pgrep: /^(-[dsugGPUtF]|--(delimiter|session|euid|uid|group|pgroup|parent|terminal|pidfile|ns|nslist))$/,
  killall: /^(-[suoynZ]|--(signal|user|older-than|younger-than|ns))$/,
  pidof: /^-[oS]$/,
};
/** Others that do: `ps aux | grep nginx`, `kill $(cat /run/nginx.pid)`, `nginx -s reload`. */
const OTHERS = [
  /\bps\b[^;\n]*?\|\s*grep\s+(?:-(?!\w*v)\S+\s+)*["']?([\w./[][\w./[\]-]*)/g,
  /\bkill\b[^;\n|&]*(?:\$\(\s*(?:cat\s|<)|`\s*cat\s)\s*["']?[\w./-]*?([\w-]+)\.pid\b/g,
  /\b(nginx)\s+-s\s+(?:reload|reopen|quit|stop)\b/g,
];
/** Words of which each of them has one. */
const SEEKS = /kill|pgrep|pidof|\bps\b|nginx/;
/** Paths at which no program lies. */
const DATA = /^\/(etc|var|run|tmp|data|conf|config|usr\/share)\//;
/** Words of a script that may start what its image does. */
const HANDS_ON = /entrypoint|\$@|\.sh\b/;

export const FOREIGN_SIGNAL: Rule = {
  id: 'foreign-signal',
  severity: Severity.WARNING,
  catches: 'A command that looks for a process of another container, without `shareProcessNamespace`.',
  consequence: 'The containers of a pod do not see the processes of each other, so that the signal reaches nobody.',
  fix: 'set `shareProcessNamespace: true`',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/',
  checkPod: (pod, set) => {
    const { spec, running } = pod;
    return running.length < 2 || spec.at('shareProcessNamespace').isTrue || spec.at('hostPID').isTrue
      ? []
      : running.flatMap((container) => checkSignals(container, pod, set));
  },
};

function checkSignals(container: ContainerView, pod: PodView, set: ManifestSet): Problem[] {
  return listCommands(container, pod, set).flatMap(({ at, text }) => {
    const name = listSoughtNames(text).find((program) => !startsProgram(container, program, pod, set));
    const owner =
      name === undefined ? undefined : pod.running.find((other) => other !== container && runsProgram(other, name));
    const message = `container "${container.name}" looks for process "${name}", which runs in container "${owner?.name}"`;
    return owner ? [{ at, message }] : [];
  });
}

/** The commands of a container, its probes and hooks, each as one text. */
function listCommands(container: ContainerView, pod: PodView, set: ManifestSet): { at: Field; text: string }[] {
  const script = findContainerScript(container, pod, set);
  const [at] = listWords(container);
  const handlers = [...container.probes, ...container.hooks].map((handler) => handler.at('exec', 'command'));
  return [
    ...(script ? [script] : at ? [{ at, text: container.commandLine.join(' ') }] : []),
    ...handlers.map((command) => ({ at: command, text: command.texts.join(' ') })),
  ];
}

/** The names of the processes that a text looks for. */
function listSoughtNames(text: string): string[] {
  if (!SEEKS.test(text)) {
    return [];
  }
  const byName = [...text.matchAll(BY_NAME)].flatMap(([, finder = '', rest = '']) => {
    const words = rest.trim().split(/\s+/);
    const name = words.find(
      (word, place) => !word.startsWith('-') && !WITH_VALUE[finder]!.test(words[place - 1] ?? ''),
    );
    return name ?? [];
  });
  const others = OTHERS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name]) => name!));
  return [...byName, ...others].map((name) => posix.basename(name.replace(/["'[\]]/g, '')));
}

/** Whether a container may run a program of this name itself: it is its software, or its words name it besides. */
function startsProgram(container: ContainerView, program: string, pod: PodView, set: ManifestSet): boolean {
  const script = findContainerScript(container, pod, set)?.text;
  const text = [BY_NAME, ...OTHERS].reduce(
    (rest, pattern) => rest.replace(pattern, ' '),
    script ?? container.commandLine.join(' '),
  );
  const isNamed = text.split(/[\s;&|()]+/).some((word) => posix.basename(word) === program && !DATA.test(word));
  return isNamed || ((script === undefined || HANDS_ON.test(text)) && runsProgram(container, program));
}

/** Whether a container runs a program of this name, as far as its command, its image or its software tells. */
function runsProgram(container: ContainerView, program: string): boolean {
  const { software, words } = findRunningSoftware(container);
  const image = posix.basename(container.image.replace(/@.*$/, '').replace(/:[^/:]*$/, ''));
  const names = [...(software?.programs ?? []), image, ...(words.length > 0 ? [posix.basename(words[0]!)] : [])];
  return names.includes(program) || (words.length === 0 && container.name === program);
}
