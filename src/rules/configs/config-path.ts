import { isShell } from '../model/commands';
import type { ContainerView } from '../model/container-view';

const FLAGS = ['-c', '-config', '--config', '--config-yaml'];
/** Options that bring in more than the files that are named: directories, single values. */
const MORE = /^(-C|--config-dir|--config-toml|--config-json|--set)(=|$)/;

/** The configuration files that the command line of a container names. */
export interface ConfigPaths {
  /** The files that it names. */
  readonly paths: readonly string[];
  /** Whether it names one that is not known here: of another scheme, by a variable, or through a shell. */
  readonly isUnclear: boolean;
}

/** The configuration files that a command line names with `-c` or `--config`, or an environment variable of this name. */
export function readConfigPaths(container: ContainerView, variable?: string): ConfigPaths {
  const words = container.commandLine;
  if (isShell(words)) {
    return { paths: [], isUnclear: true };
  }
  const fromEnv = variable === undefined ? undefined : container.findVariable(variable);
  const values = [
    ...words.flatMap((word, index) => readFlagValue(word, words[index + 1])),
    ...(fromEnv ? [fromEnv.at('value').text ?? ''] : []),
  ];
  const paths = values.map((value) => value.replace(/^file:/, ''));
  return { paths, isUnclear: words.some((word) => MORE.test(word)) || paths.some((path) => !/^\/[^$]*$/.test(path)) };
}

/** The name of a file without its directory. */
export function toFileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function readFlagValue(word: string, next: string | undefined): string[] {
  const equals = word.indexOf('=');
  const flag = equals < 0 ? word : word.slice(0, equals);
  return FLAGS.includes(flag) ? [equals < 0 ? (next ?? '') : word.slice(equals + 1)] : [];
}
