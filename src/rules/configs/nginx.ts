import { memoizeByText } from '../../private/memo';
import { containsPath } from '../../private/paths';
import type { ContainerView } from '../model/container-view';
import { type ConfiguredListener, mergeReadings, NOTHING_READ, type Reading, toLiteralValue } from './config';
import type { ConfigFiles } from './config-file';
import { toFileName } from './config-path';
import { toListeners } from './endpoints';
import type { ServerConfig } from './server-config';

const MAIN_FILE = '/etc/nginx/nginx.conf';
const DIRECTORY = '/etc/nginx/conf.d';
/** The directory of templates from which the entry point of the image writes its own version of the files above. */
const TEMPLATES = '/etc/nginx/templates';
/** The log files that the main file of the image names. */
const DEFAULT_LOGS = ['/var/log/nginx/access.log', '/var/log/nginx/error.log'];
/** Files that the image brings along and that name no log, or that are read here. */
const KNOWN_INCLUDE = /(mime\.types|_params|conf\.d\/\*\.conf)$/;
const STARTERS = ['nginx', 'nginx-debug', 'docker-entrypoint.sh'];

/** One directive of nginx, wherever it stands, with its words. */
export interface Directive {
  readonly name: string;
  readonly words: readonly string[];
}

/** The configuration that nginx reads at its places, if a ConfigMap brings any of it. */
export function readNginxConfig(container: ContainerView, files: ConfigFiles): ServerConfig | undefined {
  const [program = 'nginx'] = container.commandLine;
  if (
    !STARTERS.includes(toFileName(program)) ||
    container.commandLine.some((word) => word === '-c' || word.includes('_log'))
  ) {
    return undefined;
  }
  const main = files.findFile(MAIN_FILE);
  const parts = files.listDirectory(DIRECTORY).filter(({ path }) => path.endsWith('.conf'));
  const file = main ?? parts[0];
  if (
    !file ||
    (!main && files.findMount(MAIN_FILE)) ||
    container.mounts.some(({ path }) => containsPath(TEMPLATES, path ?? ''))
  ) {
    return undefined;
  }
  const isIncluding =
    !main ||
    parseDirectives(main.text).some(({ name, words }) => name === 'include' && words[0]?.startsWith(`${DIRECTORY}/`));
  const first = main ? readNginxText(main.text) : { ...NOTHING_READ, writes: DEFAULT_LOGS };
  return {
    file,
    reading: mergeReadings([first, ...(isIncluding ? parts.map(({ text }) => readNginxText(text)) : [])]),
  };
}

/** The files that nginx writes as its image comes; nothing where something may say otherwise. */
export function findDefaultNginxLogs(container: ContainerView): readonly string[] | undefined {
  const { commandLine, mounts } = container;
  const isPlain = commandLine.length === 0 || STARTERS.includes(toFileName(commandLine[0]!));
  const isOverlaid = mounts.some(
    ({ path }) => path && (containsPath('/etc/nginx', path) || containsPath(path, '/etc/nginx')),
  );
  return isPlain && !isOverlaid && !commandLine.some((word) => word === '-c' || word.includes('_log'))
    ? DEFAULT_LOGS
    : undefined;
}

/** The directives of a configuration text in their order, those in blocks included. */
export const parseDirectives = memoizeByText((text: string): readonly Directive[] => {
  const directives: Directive[] = [];
  let words: string[] = [];
  for (const [token] of text.matchAll(
    /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[;{}]|(?:\$\{[^}]*\}|[^\s;{}])+/g,
  )) {
    if (token[0] === '#') {
      continue;
    }
    if (token.length > 1 || !/[;{}]/.test(token)) {
      words.push(token.replace(/^(["'])([\s\S]*)\1$/, '$2'));
      continue;
    }
    if (words.length > 0) {
      directives.push({ name: words[0]!, words: words.slice(1) });
      words = [];
    }
  }
  return directives;
});

const readNginxText = memoizeByText((text: string) => readDirectives(parseDirectives(text)));

function readDirectives(directives: readonly Directive[]): Reading {
  const logs = directives.filter(({ name }) => name === 'access_log' || name === 'error_log');
  return {
    ...NOTHING_READ,
    listeners: directives.filter(({ name }) => name === 'listen').flatMap(({ words }) => toNginxListeners(words)),
    // Without a word of its own, it writes the same files as that of the image.
    writes: [...new Set([...DEFAULT_LOGS, ...logs.flatMap(({ words }) => toLogFiles(words[0]))])],
    isPartial:
      logs.some(({ words }) => toLiteralValue(words[0] ?? '') === undefined) ||
      directives.some(({ name, words }) => name === 'include' && !KNOWN_INCLUDE.test(words[0] ?? '')),
  };
}

function toNginxListeners([address = '', ...options]: readonly string[]): readonly ConfiguredListener[] {
  const [, host, port] = /^(?:(.*):)?(\d+)$/.exec(toLiteralValue(address) ?? '') ?? [];
  const isHostAlone = port === undefined && /^(\*|\[.*\]|[\w.-]+)$/.test(address);
  const protocol = options.includes('udp') || options.includes('quic') ? 'UDP' : 'TCP';
  return toListeners(isHostAlone ? address : host, isHostAlone ? '80' : port, 'its `listen`', protocol);
}

function toLogFiles(path: string | undefined): string[] {
  return toLiteralValue(path)?.startsWith('/') && !containsPath('/dev', path!) ? [path!] : [];
}
