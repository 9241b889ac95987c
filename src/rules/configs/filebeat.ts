import { posix } from 'node:path';
import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import {
  type ConfiguredListener,
  NOTHING_READ,
  type Reading,
  type StatePath,
  type Tail,
  toLiteralValue,
} from './config';
import { findDotted } from './dotted-fields';
import { parseListeners, toListeners } from './endpoints';
import { readYamlText } from './yaml-text';

/** The directory of its image, from which it takes paths that are relative. */
export const FILEBEAT_HOME = '/usr/share/filebeat';
export const FILEBEAT_DEFAULTS = [`${FILEBEAT_HOME}/filebeat.yml`];

/** Inputs that read files. */
const FILE_INPUTS = new Set(['log', 'filestream', 'container']);

/** Whether these fields are a configuration of Filebeat. */
export function isFilebeatConfig(root: Field): boolean {
  return root.names.some((name) => name === 'filebeat' || name.startsWith('filebeat.'));
}

/** Reads a configuration, and the flags beside it. */
export function readFilebeat(text: string, { commandLine }: ContainerView): Reading {
  const reading = readFilebeatText(text);
  const data = commandLine.flatMap((word, index) => readDataFlag(word, commandLine[index + 1]))[0];
  return data === undefined ? reading : { ...reading, states: data.startsWith('/') ? [toDataState(data)] : [] };
}

/** The directory that `--path.data` names, or `-E path.data=`. */
function readDataFlag(word: string, next: string | undefined): string[] {
  const value = /^(?:-E=?|--?)?path\.data=(.*)$/.exec(word)?.[1];
  return value === undefined ? (/^--?path\.data$/.test(word) ? [next ?? ''] : []) : [value];
}

const readFilebeatText = memoizeByText((text: string): Reading => {
  const { root, problem } = readYamlText(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  const inputs = [
    ...findDotted(root, 'filebeat.inputs').items,
    ...findDotted(root, 'filebeat.prospectors').items,
  ].filter((input) => !input.at('enabled').isFalse);
  const files = inputs.filter((input) => FILE_INPUTS.has(input.at('type').text ?? 'log'));
  return {
    ...NOTHING_READ,
    tails: files.flatMap(toFilebeatTails),
    states: files.length > 0 ? toFilebeatStates(root) : [],
    listeners: [...toHttpListeners(root), ...inputs.flatMap(toInputListeners)],
    writes: toOutputFiles(root),
  };
});

function toFilebeatTails(input: Field): Tail[] {
  const isFilestream = input.at('type').text === 'filestream';
  const excluded = isFilestream ? findDotted(input, 'prospector.scanner.exclude_files') : input.at('exclude_files');
  const tails = input.at('tail_files');
  const inactive = findDotted(input, 'ignore_inactive');
  return input
    .at('paths')
    .texts.filter((pattern) => toLiteralValue(pattern)?.startsWith('/'))
    .map((pattern) => ({
      pattern,
      // These are expressions, which may exclude any.
      exclude: excluded.exists ? ['*'] : [],
      fromHead: tails.isTrue ? false : tails.exists || inactive.exists ? undefined : true,
      keepsPosition: true,
    }));
}

function toFilebeatStates(root: Field): StatePath[] {
  const data = findDotted(root, 'path.data');
  const registry = findDotted(root, 'filebeat.registry.path');
  const directory = data.exists ? (toLiteralValue(data.text) ?? '') : `${FILEBEAT_HOME}/data`;
  const path = registry.exists ? posix.resolve(directory || '/', toLiteralValue(registry.text) ?? '') : directory;
  return path.startsWith('/') && path !== '/' && !(registry.exists && directory === '') ? [toDataState(path)] : [];
}

function toDataState(path: string): StatePath {
  return { path, isDirectory: true };
}

function toHttpListeners(root: Field): readonly ConfiguredListener[] {
  const port = findDotted(root, 'http.port');
  const host = findDotted(root, 'http.host');
  return findDotted(root, 'http.enabled').isTrue
    ? toListeners(
        host.exists ? toLiteralValue(host.text) : 'localhost',
        port.exists ? port.scalar : '5066',
        'its HTTP endpoint',
      )
    : [];
}

/** The ports of inputs that others send to. */
function toInputListeners(input: Field): readonly ConfiguredListener[] {
  const type = input.at('type').text ?? '';
  const purpose = `its input "${type}"`;
  switch (type) {
    case 'tcp':
      return parseListeners(input.at('host').text, purpose);
    case 'udp':
      return parseListeners(input.at('host').text, purpose, 'UDP');
    case 'syslog':
      return [
        ...parseListeners(findDotted(input, 'protocol.tcp.host').text, purpose),
        ...parseListeners(findDotted(input, 'protocol.udp.host').text, purpose, 'UDP'),
      ];
    case 'http_endpoint':
      return toListeners(
        input.at('listen_address').exists ? toLiteralValue(input.at('listen_address').text) : '127.0.0.1',
        input.at('listen_port').exists ? input.at('listen_port').scalar : '8000',
        purpose,
      );
    default:
      return [];
  }
}

function toOutputFiles(root: Field): string[] {
  const output = findDotted(root, 'output.file');
  const path = output.at('enabled').isFalse ? undefined : toLiteralValue(output.at('path').text);
  const name = toLiteralValue(output.at('filename').text ?? 'filebeat');
  return path?.startsWith('/') && name !== undefined ? [posix.join(path, name)] : [];
}
