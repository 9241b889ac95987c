import { findShellScript, isShell } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { parseScript } from '../model/scripts';
import { listWords } from '../model/settings';
import { ConfigFiles } from './config-file';

/** A script that a container runs, and the word that holds or names it. */
export interface ContainerScript {
  readonly text: string;
  readonly at: Field;
}

const SHELL_MARK = /^#!\S*\/(?:env\s+)?(?:ba|da|a)?sh\b/;

/** The script of the shell that a container starts: the text after `-c`, or a file that a ConfigMap of the set brings. */
export function findContainerScript(
  container: ContainerView,
  pod: PodView,
  set: ManifestSet,
): ContainerScript | undefined {
  const { commandLine, mounts } = container;
  const inline = findShellScript(commandLine);
  const path = findScriptPath(commandLine, inline);
  const file =
    path !== undefined && mounts.length > 0 ? new ConfigFiles(container, pod, set).findFile(path) : undefined;
  const text = file && (isShell(commandLine) || SHELL_MARK.test(file.text)) ? file.text : inline;
  const at = text === undefined ? undefined : listWords(container).find((word) => word.text === (inline ?? path));
  return at && { text: text!, at };
}

/** The path of the script that a command names: its program, the word of a shell that is no option, or all that a shell is told. */
function findScriptPath(commandLine: readonly string[], inline: string | undefined): string | undefined {
  const [only, ...more] = inline === undefined ? [] : (parseScript(inline) ?? []);
  const word = isShell(commandLine)
    ? inline === undefined
      ? commandLine.slice(1).find((option) => !/^[-+]/.test(option))
      : more.length === 0
        ? only?.words[0]
        : undefined
    : commandLine[0];
  return word?.startsWith('/') ? word : undefined;
}
