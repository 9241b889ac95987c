import { memoizeByText } from '../../private/memo';
import type { ContainerView } from '../model/container-view';
import { NOTHING_READ, type Reading, toLiteralValue } from './config';
import type { ConfigFiles } from './config-file';
import { toListeners } from './endpoints';
import type { ServerConfig } from './server-config';

const MAIN_FILE = '/etc/pgbouncer/pgbouncer.ini';
const DEFAULT_PORT = '6432';

/** A script that makes the file anew, or another one of it. */
const REWRITE = /\bsed\s+-i|\benvsubst\b|>\s*\S*\.ini\b/;

/** The configuration that PgBouncer reads: the file that its arguments, or a script among the files, name. */
export function readPgBouncerConfig(container: ContainerView, files: ConfigFiles): ServerConfig | undefined {
  const { commandLine: words } = container;
  const path = words.find((word) => /^\/\S+\.ini$/.test(word)) ?? MAIN_FILE;
  const file = files.findFile(path);
  const texts = [...words, ...words.flatMap((word) => files.findFile(word)?.text ?? [])];
  const isNamed = words.length === 0 || texts.some((text) => text.includes(path));
  return file && isNamed && !texts.some((text) => REWRITE.test(text))
    ? { file, reading: readPgBouncerText(file.text) }
    : undefined;
}

const readPgBouncerText = memoizeByText((text: string): Reading => {
  const settings = parseSettings(text);
  const address = settings.get('listen_addr');
  const hosts = (address ?? '')
    .split(',')
    .map((host) => host.trim())
    .filter(Boolean);
  const port = settings.get('listen_port') ?? DEFAULT_PORT;
  return {
    ...NOTHING_READ,
    listeners: hosts.flatMap((host) => toListeners(toLiteralValue(host), toLiteralValue(port), 'its `listen_port`')),
    isPartial:
      /^\s*%include\b/m.test(text) ||
      [address, port].some((value) => value !== undefined && toLiteralValue(value) === undefined),
  };
});

/** The settings of its own section, of which the last of a name counts. */
function parseSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, name] = /^\s*\[(.+)\]\s*$/.exec(line) ?? [];
    const [, key, value] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    section = name ?? section;
    if (section === 'pgbouncer' && key !== undefined) {
      settings.set(key, value!);
    }
  }
  return settings;
}
