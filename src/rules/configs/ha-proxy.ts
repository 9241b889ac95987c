import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import { findRunningSoftware } from '../model/software';
import { type ConfiguredListener, mergeReadings, NOTHING_READ, type Reading, toLiteralValue } from './config';
import type { ConfigFile, ConfigFiles } from './config-file';
import { toListeners } from './endpoints';
import type { ServerConfig } from './server-config';

const MAIN_FILE = '/usr/local/etc/haproxy/haproxy.cfg';
/** Sections that start programs, or that know the port of their own host by its name. */
const UNKNOWN_SECTION = /^(program|peers)\b/;
/** An address to listen at, also where it stands behind the name of a section, as it once did. */
const BIND = /^(bind|dgram-bind|stats\s+socket|(?:listen|frontend)\s+\S+(?=\s+\S*:\d))\s+(\S+)/;
/** Words before an address that say what it is of, as in `ipv4@127.0.0.1:80`. */
const FAMILY = /^(ipv[46]|tcp[46]?|mptcp[46]?|quic[46]|udp[46]?)@/;
const DATAGRAMS = /^(quic|udp)/;
/** More ports of one range are those of a proxy for whole networks. */
const MAX_RANGE = 100;

/** The configuration that HAProxy reads, if ConfigMaps bring all files that its arguments name. */
export function readHaProxyConfig(container: ContainerView, files: ConfigFiles): ServerConfig | undefined {
  const { words } = findRunningSoftware(container);
  const isPlain = words.length === 0 && !container.field.at('args').exists;
  const paths = isPlain ? [MAIN_FILE] : listConfigPaths(words);
  const found = paths.map((path) => listConfigFiles(path, files));
  const [file] = found.flat();
  return file && found.every((part) => part.length > 0)
    ? { file, reading: mergeReadings(found.flat().map(({ text }) => readHaProxyText(text))) }
    : undefined;
}

/** The words after `-f`, once for each file, and after `--`. */
function listConfigPaths(words: readonly string[]): string[] {
  const rest = words.indexOf('--');
  const named = words.filter((_, index) => words[index - 1] === '-f' && (rest < 0 || index < rest));
  return [...named, ...(rest < 0 ? [] : words.slice(rest + 1))];
}

/** A file, or those of a directory whose names end in `.cfg`. */
function listConfigFiles(path: string, files: ConfigFiles): ConfigFile[] {
  const file = files.findFile(path);
  return file ? [file] : files.listDirectory(path).filter((part) => part.path.endsWith('.cfg'));
}

const readHaProxyText = memoizeByText((text: string): Reading => {
  const lines = text.split('\n').map((line) => line.replace(/(^|\s)#.*$/, '').trim());
  const binds = omitConditional(lines).flatMap((line) => readBind(line));
  return {
    ...NOTHING_READ,
    listeners: binds.flatMap((bind) => bind ?? []),
    isPartial: binds.includes(undefined) || lines.some((line) => line.startsWith('.if') || UNKNOWN_SECTION.test(line)),
  };
});

/** The lines that count whatever a condition says. */
function omitConditional(lines: readonly string[]): string[] {
  let depth = 0;
  return lines.filter((line) => {
    depth += line.startsWith('.if') ? 1 : line.startsWith('.endif') ? -1 : 0;
    return depth === 0;
  });
}

/** The listeners of a line: none where it opens no port, and nothing where its ports are not known. */
function readBind(line: string): (readonly ConfiguredListener[] | undefined)[] {
  const [, directive, addresses] = BIND.exec(line) ?? [];
  return addresses === undefined
    ? []
    : addresses.split(',').map((address) => readAddress(address.replace(/^"(.*)"$/, '$1'), directive!));
}

function readAddress(address: string, directive: string): readonly ConfiguredListener[] | undefined {
  const isSocket = /^(\/|unix@|uxst@|uxdg@|uxdg|abnsz?@|fd@|sockpair@|rhttp@)/.test(address);
  if (isSocket) {
    return [];
  }
  const [, host, first, last = first] =
    /^(.*):(\d+)(?:-(\d+))?$/.exec(toLiteralValue(address.replace(FAMILY, '')) ?? '') ?? [];
  if (first === undefined || Number(last) - Number(first) > MAX_RANGE) {
    return undefined;
  }
  const protocol = DATAGRAMS.test(address) || directive === 'dgram-bind' ? 'UDP' : 'TCP';
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${Number(first) + index}`).flatMap(
    (port) => toListeners(host, port, 'its `bind`', protocol),
  );
}
