import { posix } from 'node:path';
import { isShell } from '../model/commands';
import type { ContainerView } from '../model/container-view';
import { findRunningSoftware } from '../model/software';

const FLAGS = ['-c', '-config', '--config', '--config-yaml', '-config.file', '--config.file'];
/** Options that bring in more than the files that are named: directories, single values. */
const MORE = /^(-C|--config-dir|--config-toml|--config-json|--set|--?path\.(config|home))(=|$)|^-E(=|filebeat)/;

/** The configuration files that the command line of a container names. */
export interface ConfigPaths {
  /** The files that it names. */
  readonly paths: readonly string[];
  /** Whether it names one that is not known here: of another scheme, by a variable, or through a shell. */
  readonly isUnclear: boolean;
}

/** The places of the settings that name the configuration files of some software. */
export interface ConfigNaming {
  /** The environment variable that names a file. */
  readonly variable?: string;
  /** The directory that what it says is relative to. */
  readonly variableDirectory?: string;
  /** The directory that the flags are relative to. */
  readonly directory?: string;
}

/** The configuration files that a command line names with `-c` or `--config`, or an environment variable. */
export function readConfigPaths(container: ContainerView, naming: ConfigNaming = {}): ConfigPaths {
  const { variable, variableDirectory, directory } = naming;
  const { words } = findRunningSoftware(container);
  if (isShell(words)) {
    return { paths: [], isUnclear: true };
  }
  const stated = words.flatMap((word, index) => readFlagValue(word, words[index + 1]));
  // Flags come before variables, and a script may do more than start a program.
  const fromEnv = stated.length > 0 || variable === undefined ? undefined : container.findVariable(variable);
  const isScripted = stated.length === 0 && isShell(container.commandLine);
  const paths = [
    ...stated.map((value) => resolvePath(value.replace(/^file:/, ''), directory)),
    ...(fromEnv ? [resolvePath(fromEnv.at('value').text ?? '', variableDirectory)] : []),
  ];
  return {
    paths,
    isUnclear: isScripted || words.some((word) => MORE.test(word)) || paths.some((path) => !/^\/[^$]*$/.test(path)),
  };
}

/** The name of a file without its directory. */
export function toFileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function resolvePath(value: string, directory: string | undefined): string {
  return directory === undefined || value.startsWith('$') ? value : posix.resolve(directory, value);
}

function readFlagValue(word: string, next: string | undefined): string[] {
  const equals = word.indexOf('=');
  const flag = equals < 0 ? word : word.slice(0, equals);
  return FLAGS.includes(flag) ? [equals < 0 ? (next ?? '') : word.slice(equals + 1)] : [];
}
