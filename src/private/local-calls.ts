import { hasOwn } from './own';
import { isPort } from './ports';

/** A setting of a program by its name, in lower case and without the dashes of a flag. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** A port of the pod itself that a setting tells a container to call. */
export interface LocalCall<S extends NamedValue = NamedValue> {
  readonly port: number;
  /** The name of the flag or variable; empty for a word that stands alone. */
  readonly name: string;
  /** The scheme of the address, where it has one. */
  readonly scheme?: string;
  /** The setting that says the port. */
  readonly setting: S;
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

/**
 * The ports of the pod itself that settings tell a container to call.
 *
 * @param isClient whether they are those of a program that only asks others
 */
export function readLocalCalls<S extends NamedValue>(settings: readonly S[], isClient: boolean): LocalCall<S>[] {
  return [...settings.flatMap((setting) => readCalls(setting, isClient)), ...joinHosts(settings, isClient)];
}

function readCalls<S extends NamedValue>(setting: S, isClient: boolean): LocalCall<S>[] {
  const { name, value } = setting;
  const isOwn = OWN.test(name) && !isClient;
  if (!MAY_BE_LOCAL.test(value) || value.length > MAX_LENGTH || (isOwn && name !== 'url') || isProgram(setting)) {
    return [];
  }
  return [...value.matchAll(LOCAL)].flatMap((match) => {
    const scheme = SCHEME.exec(value.slice(0, match.index))?.[1]?.toLowerCase();
    const port = Number(match[1] ?? PORTS[scheme?.replace(/\+.*$/, '') ?? ''] ?? DSN_PORT.exec(value)?.[1]);
    // Without a scheme, the address may be that at which the container listens.
    // `url` alone may be the address of the container itself, but not one of a database.
    const isCall = isOwn ? isOfDatabase(scheme) : scheme !== undefined || isClient || CALLED.test(name);
    return isCall && isPort(port) ? [{ port, name, scheme, setting }] : [];
  });
}

/** Whether a value is a program in itself, as behind `python -c`, in which an address is a text like others. */
function isProgram({ name, value }: NamedValue): boolean {
  return /^[ce]$/.test(name) && /[\s(]/.test(value);
}

function isOfDatabase(scheme = ''): boolean {
  return !scheme.startsWith('http') && hasOwn(PORTS, scheme.replace(/\+.*$/, ''));
}

/** Hosts and ports that stand in two settings of one prefix: `DB_HOST` and `DB_PORT`, `-h` and `-p`. */
function joinHosts<S extends NamedValue>(settings: readonly S[], isClient: boolean): LocalCall<S>[] {
  return settings.flatMap((host) => {
    const { name, value } = host;
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
    return number !== undefined && isPort(number) ? [{ port: number, name, setting: stated ?? host }] : [];
  });
}
