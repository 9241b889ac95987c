import { memoizeByObject } from '../../private/memo';
import { isPort } from '../../private/ports';
import { isShell, toProgramName } from './commands';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import { findProgram } from './programs';
import { isClientProgram, listFlags, listVariables, type Setting } from './settings';

/** A port of the pod itself that a container is told to call, by a flag, a word or a variable. */
export interface Call {
  readonly port: number;
  readonly at: Field;
  /** The name of the flag or variable in lower case; empty for a word that stands alone. */
  readonly name: string;
  /** The scheme of the address, where it has one. */
  readonly scheme?: string;
  readonly isVariable: boolean;
}

/** Names of settings that say where the container itself listens, or how others name it. */
const OWN =
  /listen|bind|advertis|announce|external|public|redirect|callback|issuer|origin|cors|allow|trusted|no.?proxy|exclu|ignore|white.?list|hostname|(^|[-_.])(root|base|site|web|app)[-_.]?url|front.?end|^url$|(^|[-_.])(self|own)([-_.]|$)|audience|domain|cookie|csrf|log(in|out)|cert|alt.?name|^san$|^http-address$|^(addr|address|host|http|web|serve)$|metrics.?addr|probe.?addr|initial-cluster/;
/** Names of settings that say whom a container calls. */
const CALLED =
  /database|(^|[-_.])db([-_.]|$)|^pg|postgres|sql|maria|mongo|redis|cache|dsn|amqp|rabbit|kafka|broker|queue|nats|data.?(store|source)|upstream|backend|target|scrape|ur[il]|endpoint|remote|peer|connect|server|service|elastic|search|cmd|command/;
const PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mariadb: 3306,
  mongodb: 27017,
  redis: 6379,
  amqp: 5672,
  memcached: 11211,
  nats: 4222,
  pg: 5432,
  mongo: 27017,
};
const MAY_BE_LOCAL = /localhost|127\.|\[::1\]/;
const LOCAL = /(?<![\w.-])(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::(\d{1,5}))?(?![\w:.-])/gi;
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;
const SCHEME = /([a-z][a-z0-9+.]*):\/\/(?:[^\s/@]*@)?$/i;
/** The port of a text such as `host=localhost port=5432`. */
const DSN_PORT = /\bport=(\d+)/;
const HOST_NAME = /^(.*?)([-_.]?)(host|hostname|addr|address|server)$/;
/** Names of hosts whose port is called `port` or `p`. */
const PLAIN_HOSTS = ['h', 'ep', 'endpoint'];
/** Longer texts are no addresses. */
const MAX_LENGTH = 4_096;

/** The ports of the pod itself that the command line and the variables of a container tell it to call. */
export const listLocalCalls = memoizeByObject((container: ContainerView): readonly Call[] => {
  const variables = listVariables(container);
  const isShellCommand = isShell(container.commandLine);
  const flags = isShellCommand ? [] : listFlags(container);
  const isClient = isClientProgram(toProgramName(findProgram(container.commandLine)));
  return [
    ...flags.flatMap((flag) => readCalls(flag, isClient)),
    ...variables.flatMap((variable) => readCalls(variable, false).map((call) => ({ ...call, isVariable: true }))),
    ...joinHosts(flags, isClient),
    ...joinHosts(variables, false).map((call) => ({ ...call, isVariable: true })),
  ];
});

function readCalls({ name, value, at }: Setting, isClient: boolean): Call[] {
  if (!MAY_BE_LOCAL.test(value) || value.length > MAX_LENGTH || (OWN.test(name) && !isClient)) {
    return [];
  }
  return [...value.matchAll(LOCAL)].flatMap((match) => {
    const scheme = SCHEME.exec(value.slice(0, match.index))?.[1]?.toLowerCase();
    const port = Number(match[1] ?? PORTS[scheme?.replace(/\+.*$/, '') ?? ''] ?? DSN_PORT.exec(value)?.[1]);
    // Without a scheme, the address may be that at which the container listens.
    const isCall = scheme !== undefined || isClient || CALLED.test(name);
    return isCall && isPort(port) ? [{ port, at, name, scheme, isVariable: false }] : [];
  });
}

/** Hosts and ports that stand in two settings of one prefix: `DB_HOST` and `DB_PORT`, `-h` and `-p`. */
function joinHosts(settings: readonly Setting[], isClient: boolean): Call[] {
  return settings.flatMap(({ name, value, at: host }) => {
    if (!LOCAL_HOST.test(value)) {
      return [];
    }
    const [, prefix = '', separator = ''] = HOST_NAME.exec(name) ?? [];
    const isPlain = prefix !== '' && !OWN.test(prefix);
    if (!(isPlain || PLAIN_HOSTS.includes(name) || (name === 'host' && isClient))) {
      return [];
    }
    const names = isPlain ? [`${prefix}${separator}port`] : ['p', 'port'];
    const stated = settings.find((other) => names.includes(other.name));
    const number = stated ? Number(stated.value || Number.NaN) : PORTS[prefix];
    return number !== undefined && isPort(number)
      ? [{ port: number, at: stated?.at ?? host, name, isVariable: false }]
      : [];
  });
}
