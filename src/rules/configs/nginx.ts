import { covers } from '../../private/paths';
import type { ContainerView } from '../model/container-view';
import { type ConfiguredListener, literal, NOTHING_READ, type Reading, together } from './config';
import type { ConfigFile, ConfigFiles } from './config-file';
import { baseName } from './config-path';
import { listenerOn } from './endpoints';
import { type Directive, directivesOf } from './nginx-text';
import { remembered } from './remember';

const MAIN_FILE = '/etc/nginx/nginx.conf';
const DIRECTORY = '/etc/nginx/conf.d';
/** Where the entry point of the image writes its own version of the files above. */
const TEMPLATES = '/etc/nginx/templates';
/** What the main file of the image says. */
const DEFAULT_LOGS = ['/var/log/nginx/access.log', '/var/log/nginx/error.log'];
/** Files that the image brings along and that name no log, or that are read here. */
const KNOWN_INCLUDE = /(mime\.types|_params|conf\.d\/\*\.conf)$/;
const STARTERS = ['nginx', 'nginx-debug', 'docker-entrypoint.sh'];

/** The configuration of an nginx container, and the file that it is known by. */
export interface NginxConfig {
  readonly reading: Reading;
  readonly file: ConfigFile;
}

/** What nginx reads at its places, if a ConfigMap brings any of it. */
export function nginxConfig(container: ContainerView, files: ConfigFiles): NginxConfig | undefined {
  const [program = 'nginx'] = container.commandLine;
  if (
    !STARTERS.includes(baseName(program)) ||
    container.commandLine.some((word) => word === '-c' || word.includes('_log'))
  ) {
    return undefined;
  }
  const main = files.at(MAIN_FILE);
  const parts = files.in(DIRECTORY).filter(({ path }) => path.endsWith('.conf'));
  const file = main ?? parts[0];
  if (
    !file ||
    (!main && files.mountOf(MAIN_FILE)) ||
    container.mounts.some(({ path }) => covers(TEMPLATES, path ?? ''))
  ) {
    return undefined;
  }
  const isIncluding =
    !main ||
    directivesOf(main.text).some(({ name, words }) => name === 'include' && words[0]?.startsWith(`${DIRECTORY}/`));
  const own = main ? readText(main.text) : { ...NOTHING_READ, writes: DEFAULT_LOGS };
  return {
    file,
    reading: together([own, ...(isIncluding ? parts.map(({ text }) => readText(text)) : [])]),
  };
}

/** The files that nginx writes as its image comes; nothing where something may say otherwise. */
export function defaultNginxLogs(container: ContainerView): readonly string[] | undefined {
  const { commandLine, mounts } = container;
  const isPlain = commandLine.length === 0 || STARTERS.includes(baseName(commandLine[0]!));
  const isOverlaid = mounts.some(({ path }) => path && (covers('/etc/nginx', path) || covers(path, '/etc/nginx')));
  return isPlain && !isOverlaid && !commandLine.some((word) => word === '-c' || word.includes('_log'))
    ? DEFAULT_LOGS
    : undefined;
}

const readText = remembered((text: string) => readDirectives(directivesOf(text)));

function readDirectives(directives: readonly Directive[]): Reading {
  const logs = directives.filter(({ name }) => name === 'access_log' || name === 'error_log');
  return {
    ...NOTHING_READ,
    listeners: directives.filter(({ name }) => name === 'listen').flatMap(({ words }) => listenerOf(words)),
    // Without a word of its own, it writes the same files as that of the image.
    writes: [...new Set([...DEFAULT_LOGS, ...logs.flatMap(({ words }) => fileOf(words[0]))])],
    isPartial:
      logs.some(({ words }) => literal(words[0] ?? '') === undefined) ||
      directives.some(({ name, words }) => name === 'include' && !KNOWN_INCLUDE.test(words[0] ?? '')),
  };
}

function listenerOf([address = '', ...options]: readonly string[]): readonly ConfiguredListener[] {
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(literal(address) ?? '') ?? [];
  const isHostAlone = port === undefined && /^(\*|\[.*\]|[\w.-]+)$/.test(address);
  const protocol = options.includes('udp') || options.includes('quic') ? 'UDP' : 'TCP';
  return listenerOn(isHostAlone ? address : host, isHostAlone ? '80' : port, 'its `listen`', protocol);
}

function fileOf(path: string | undefined): string[] {
  return literal(path)?.startsWith('/') && !covers('/dev', path!) ? [path!] : [];
}
