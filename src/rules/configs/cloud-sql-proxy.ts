import type { ContainerView } from '../model/container-view';
import { findRunningSoftware } from '../model/software';
import { type ConfiguredListener, NOTHING_READ, type Reading, toLiteralValue } from './config';
import { toListeners } from './endpoints';

/** Flags that take the next word as value where none is in the same word, by what they are called here. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  '-p': 'port',
  '-a': 'address',
  '-u': 'unix-socket',
  '--port': 'port',
  '--address': 'address',
  '--unix-socket': 'unix-socket',
  '--http-address': 'http-address',
  '--http-port': 'http-port',
  '--admin-port': 'admin-port',
};

/** Flags without a value that open a port, or keep one from being opened. */
const SWITCHES = ['health-check', 'prometheus', 'debug', 'quitquitquit'];

/** Settings that may open ports which the arguments do not name. */
const ELSEWHERE = /^--config-file\b|^--?(fuse|instances_metadata|projects)\b/;
const VARIABLE = /^(CSQL_PROXY_|INSTANCES$)/;
/** The port of the health checks of version 1, which names its flags with underscores. */
const OLD_HEALTH_PORT = '8090';

/** `project:region:instance`, with parameters. */
const INSTANCE = /^[\w.:-]+:[\w-]+:[\w-]+(\?|$)/;

type Flags = Readonly<Record<string, string | undefined>>;

/** The ports that the arguments of a Cloud SQL Auth Proxy open; nothing where anything else may say them, too. */
export function readCloudSqlProxy(container: ContainerView): Reading | undefined {
  const { field } = container;
  const { words } = findRunningSoftware(container);
  const variables = field.at('env').items.map((item) => item.at('name').text ?? '');
  const isElsewhere = words.some((word) => ELSEWHERE.test(word)) || variables.some((name) => VARIABLE.test(name));
  if (isElsewhere || field.at('envFrom').exists) {
    return undefined;
  }
  const flags = parseProxyFlags(words);
  const instances = words.filter((word, index) => INSTANCE.test(word) && !WITH_VALUE[words[index - 1] ?? '']);
  return (
    readOldInstances(words) ?? {
      ...NOTHING_READ,
      listeners: [...toInstanceListeners(instances, flags), ...toAdminListeners(flags)],
    }
  );
}

/** The ports of version 1, as in `-instances=project:region:instance=tcp:5432`; nothing where the arguments are those of version 2. */
function readOldInstances(words: readonly string[]): Reading | undefined {
  const instances = findOldValues(words, 'instances').flatMap((value) => value.split(','));
  if (instances.length === 0) {
    return undefined;
  }
  const sockets = instances.map((instance) => /=tcp:(?:(.+):)?(\d+)$/.exec(instance));
  const [health = 'false'] = findOldValues(words, 'use_http_health_check');
  const [healthPort = OLD_HEALTH_PORT] = findOldValues(words, 'health_check_port');
  return {
    ...NOTHING_READ,
    listeners: [
      ...sockets.flatMap((found) => toListeners(found?.[1] ?? '127.0.0.1', found?.[2], 'connections to Cloud SQL')),
      ...(health === 'false' ? [] : toListeners('', healthPort, 'health checks')),
    ],
    isPartial: instances.some((instance, index) => !sockets[index] && toLiteralValue(instance) === undefined),
  };
}

/** The values of a flag of version 1, with one dash or two, in its word or the next. */
function findOldValues(words: readonly string[], name: string): string[] {
  return words.flatMap((word, index) => {
    const [, flag, value] = /^--?(\w+)(?:=(.*))?$/.exec(word) ?? [];
    return flag === name ? [value ?? words[index + 1] ?? ''] : [];
  });
}

/** Each instance has a port of its own or the next one after that of the flag; the port of its engine is not known. */
function toInstanceListeners(instances: readonly string[], flags: Flags): ConfiguredListener[] {
  let next = Number(toLiteralValue(flags.port) ?? Number.NaN);
  return instances.flatMap((instance) => {
    const parameters = new URLSearchParams(/\?(.*)/.exec(instance)?.[1]);
    if (flags['unix-socket'] !== undefined || parameters.has('unix-socket') || parameters.has('unix-socket-path')) {
      return [];
    }
    const port = parameters.get('port') ?? String(next++);
    return [
      ...toListeners(parameters.get('address') ?? flags.address ?? '127.0.0.1', port, 'connections to Cloud SQL'),
    ];
  });
}

function toAdminListeners(flags: Flags): ConfiguredListener[] {
  const isOn = (...names: string[]) => names.some((name) => flags[name] !== undefined && flags[name] !== 'false');
  return [
    ...(isOn('health-check', 'prometheus')
      ? toListeners(flags['http-address'] ?? 'localhost', flags['http-port'] ?? '9090', 'health checks')
      : []),
    ...(isOn('debug', 'quitquitquit')
      ? toListeners('localhost', flags['admin-port'] ?? '9091', 'its admin server')
      : []),
  ];
}

function parseProxyFlags(words: readonly string[]): Flags {
  const flags: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const [flag = '', ...rest] = word.split('=');
    const name = WITH_VALUE[flag];
    if (name !== undefined) {
      flags[name] = rest.length > 0 ? rest.join('=') : (words[index + 1] ?? '');
    } else if (SWITCHES.includes(flag.slice(2))) {
      flags[flag.slice(2)] = rest.join('=');
    }
  }
  return flags;
}
