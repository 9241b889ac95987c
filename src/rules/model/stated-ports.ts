import { isPort } from '../../private/ports';
import { isLoopbackHost } from '../../private/shell-waits';
import { toProgramName } from './commands';
import type { ContainerView } from './container-view';
import type { Field } from './field';
import { listGivenVariables } from './given-variables';
import type { ManifestSet } from './manifest-set';
import type { PodView } from './pod-view';
import { findProgram } from './programs';
import { isClientProgram, listProgramFlags, listVariables, listWords, type Setting } from './settings';

/** The reach of a port that a container opens: every interface, the loopback alone, or one other address. */
export type Reach = 'all' | 'loopback' | 'address';

/** A port that a flag, a variable or a word of the command line tells a container to open. */
export interface StatedPort {
  readonly number: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly reach: Reach;
  readonly at: Field;
}

/** Names of settings that say where others listen, or how others reach this one. */
const ELSEWHERE =
  /upstream|backend|target|remote|peer|join|advertis|announce|cluster|forward|redirect|external|public|origin|issuer|callback|scrape|connect|proxy.?(pass|to|url)|server.?(url|addr)|client|dest|broker|sink|push|report|otlp/;
const LISTENS = /listen|bind/;
/** Names that mean an own address where nothing else is said. */
const OWN_ADDRESS = /listen|bind|^http-address$/;
/** Names whose value is the number of the own port. */
const OWN_NUMBER = /^(port|listen|listen[-_.]?port|bind[-_.]?port|https?[-_.]?port|d?server\.port)$/;
/** Variables of which the same is sure: the usual one of all, and those that frameworks and servers read by their own name. */
const OWN_VARIABLE =
  /^(port|(quarkus|kc)_https?_port|(micronaut|management)_server_port|gf_server_http_port|uvicorn_port|aspnetcore_https?_ports)$/;
/** Names whose value is the host that goes with it. */
const OWN_HOST = /^(host|bind|address|(bind|listen)[-_.]?(address|addr|host|ip)?)$/;
const ADDRESS = /^(?:[a-z][a-z0-9+]*:\/\/)?(|\*|\+|[\w.-]+|\$\(\w+\)|\[[^\]]*\]):(\d+)\/?$/;
const ANY_HOST = /^(|\*|\+|0\.0\.0\.0|\[::\]|::)$/;
const SOCAT = /^(tcp|udp)[46]?-l(?:isten)?:(\d+)/i;
const NOTHING: StatedPort[] = [];

/** The ports that the command line and the variables of a container tell it to open, as far as they leave no doubt. */
export function listStatedPorts(container: ContainerView, pod: PodView, set: ManifestSet): StatedPort[] {
  const isClient = isClientProgram(toProgramName(findProgram(container.commandLine)));
  const flags = isClient ? [] : listProgramFlags(container);
  const variables = listGivenVariables(container, pod, set).filter(({ at }) => !isForSeveral(at, container, pod));
  if (flags.length + variables.length === 0) {
    return NOTHING;
  }
  const isSpring = variables.some(({ name }) => name.startsWith('spring_'));
  return [
    ...flags.flatMap((flag) => (flag.name === '' ? readPlainWord(flag) : readAddresses(flag))),
    ...variables.flatMap(readAddresses),
    ...readHttpServer(flags),
    ...readNumber(flags, container, (name) => OWN_NUMBER.test(name)),
    ...readNumber(variables, container, (name) => OWN_VARIABLE.test(name) || (isSpring && name === 'server_port')),
    ...readRunserver(flags),
  ];
}

/** Whether a ConfigMap is the list of variables of several containers, so that one of them may be meant. */
function isForSeveral(at: Field, container: ContainerView, { running }: PodView): boolean {
  const hasList = ({ field }: ContainerView) =>
    field.at('envFrom').items.some((list) => list.at('configMapRef', 'name').text === at.at('name').text);
  return at.name === 'configMapRef' && running.some((other) => other !== container && hasList(other));
}

/** The value that a container gives to a setting by one of these names, of a flag or of a variable, where it has one; a flag may have none. */
export function findStatedSetting(
  container: ContainerView,
  names: readonly string[],
): { readonly at: Field; readonly number?: number; readonly reach?: Reach } | undefined {
  const found = [...listProgramFlags(container), ...listVariables(container)].find(({ name }) => names.includes(name));
  if (!found) {
    const at = listWords(container).find(
      ({ text = '' }) => /^-/.test(text) && names.includes(text.replace(/^--?/, '')),
    );
    return at && { at };
  }
  const { value, at } = found;
  const [, host, port = value] = ADDRESS.exec(value) ?? [];
  const number = /^\d+$/.test(port) && isPort(Number(port)) ? Number(port) : undefined;
  return { at, number, reach: host === undefined ? undefined : toReach(host) };
}

/** The reach of what a container opens, where it names the hosts in a setting by one of these names, or in the words after it. */
export function findStatedReach(container: ContainerView, names: readonly string[]): Reach | undefined {
  const settings = [...listProgramFlags(container), ...listVariables(container)];
  const index = settings.findIndex(({ name }) => names.includes(name));
  if (index < 0) {
    return undefined;
  }
  const rest = settings.slice(index + 1);
  const end = rest.findIndex(({ name }) => name !== '');
  const values = [settings[index]!, ...rest.slice(0, end < 0 ? undefined : end)].map(({ value }) => value);
  // Redis takes a host behind a dash for one that may be missing.
  const reaches = values.flatMap((value) => value.split(',').map((host) => toReach(host.trim().replace(/^-/, ''))));
  return reaches.find((reach) => reach === 'all') ?? reaches.find((reach) => reach === 'address') ?? 'loopback';
}

/** The addresses in a value, such as `:8080`: a host that stands for all is no address of anybody else. */
function readAddresses({ name, value, at }: Setting): StatedPort[] {
  if (!value.includes(':') || (ELSEWHERE.test(name) && !LISTENS.test(name)) || /advertis/.test(name)) {
    return [];
  }
  return value.split(/[,;]/).flatMap((address) => toStatedPort(address, OWN_ADDRESS.test(name), toProtocol(name), at));
}

function toStatedPort(address: string, isOwn: boolean, protocol: 'TCP' | 'UDP', at: Field): StatedPort[] {
  const [, host, port] = ADDRESS.exec(address) ?? [];
  const number = Number(port);
  if (host === undefined || !isPort(number) || !(isOwn || ANY_HOST.test(host))) {
    return [];
  }
  return [{ number, protocol, reach: toReach(host), at }];
}

function toReach(host: string): Reach {
  return ANY_HOST.test(host) ? 'all' : isLoopbackHost(host) ? 'loopback' : 'address';
}

function toProtocol(name: string): 'TCP' | 'UDP' {
  return /udp|quic|http3/.test(name) ? 'UDP' : 'TCP';
}

/** Words that need no flag: `0.0.0.0:8000` of a server, `TCP-LISTEN:8080,fork` of socat. */
function readPlainWord({ value: word, at }: Setting): StatedPort[] {
  const [, protocol, port] = SOCAT.exec(word) ?? [];
  if (protocol !== undefined && isPort(Number(port))) {
    const isLocal = /,bind=(127\.|localhost)/i.test(word);
    return [
      {
        number: Number(port),
        protocol: protocol.toLowerCase() === 'udp' ? 'UDP' : 'TCP',
        reach: isLocal ? 'loopback' : 'all',
        at,
      },
    ];
  }
  return /^(0\.0\.0\.0|\[::\]):\d+$/.test(word) ? toStatedPort(word, false, 'TCP', at) : [];
}

/** The port of `python -m http.server 8080`. */
function readHttpServer(flags: readonly Setting[]): StatedPort[] {
  const server = flags.find(({ name, value }) => name === 'm' && value === 'http.server');
  const port = flags.find(({ name, value }) => name === '' && /^\d+$/.test(value));
  const host = flags.find(({ name }) => name === 'bind' || name === 'b')?.value ?? '';
  const number = Number(port?.value ?? 8000);
  return server && isPort(number)
    ? [{ number, protocol: 'TCP', reach: toReach(host), at: (port ?? server).at }]
    : NOTHING;
}

/** The port of the development server of Django: `runserver`, `runserver 8080` or `runserver 0.0.0.0:8000`. */
function readRunserver(flags: readonly Setting[]): StatedPort[] {
  const start = flags.findIndex(({ name, value }) => name === '' && value === 'runserver');
  if (start < 0) {
    return NOTHING;
  }
  const words = flags.slice(start).map(({ value, at }) => ({ at, match: /^(?:(.+):)?(\d+)$/.exec(value) }));
  const { at, match } = words.find((word) => word.match) ?? words[0]!;
  const number = Number(match?.[2] ?? 8000);
  return isPort(number) ? [{ number, protocol: 'TCP', reach: toReach(match?.[1] ?? '127.0.0.1'), at }] : NOTHING;
}

/**
 * A port that stands as a number of its own. It may be that of another where a host stands beside it, and another one than that
 * which is opened where the container lists other ports.
 */
function readNumber(
  settings: readonly Setting[],
  { ports }: ContainerView,
  isOwn: (name: string) => boolean,
): StatedPort[] {
  const numbers = settings.filter(({ name, value }) => /^\d+(;\d+)*$/.test(value) && isOwn(name));
  if (numbers.length === 0) {
    return NOTHING;
  }
  const host = settings.find(({ name, value }) => OWN_HOST.test(name) && !value.includes(':'));
  const isPlain =
    host === undefined || ANY_HOST.test(host.value) || (host.name !== 'host' && isLoopbackHost(host.value));
  const stated = numbers.flatMap(({ value, at }) => value.split(';').map((port) => ({ number: Number(port), at })));
  return stated.flatMap(({ number, at }) => {
    const isListed = ports.some((port) => port.number === number);
    // A loopback host is that of the container itself where it lists the port.
    const isOwnHost = isPlain || (isListed && isLoopbackHost(host.value));
    return isOwnHost && (isListed || ports.length === 0) && isPort(number)
      ? [{ number, protocol: 'TCP' as const, reach: toReach(host?.value ?? ''), at }]
      : [];
  });
}
