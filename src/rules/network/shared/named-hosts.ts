import { findContainerScript } from '../../configs/container-script';
import { listUpstreams } from '../../configs/upstreams';
import { findShellScript, isShell, toProgramName } from '../../model/commands';
import type { ContainerView } from '../../model/container-view';
import type { Field } from '../../model/field';
import { listGivenVariables } from '../../model/given-variables';
import type { ManifestSet } from '../../model/manifest-set';
import type { PodView } from '../../model/pod-view';
import { parseScript } from '../../model/scripts';
import { isClientProgram, listFlags, listWords, type Setting } from '../../model/settings';

/** A host that is named somewhere, by a name without dots. */
export interface NamedHost {
  readonly host: string;
  readonly port?: number;
}

/** A named host, and the field that names it. */
export interface PlacedHost extends NamedHost {
  readonly at: Field;
  /** The name of the flag or variable in lower case; empty where no setting names it. */
  readonly name: string;
}

const NAME = '([a-z0-9][a-z0-9-]*)';
/** The host of an address with a scheme, or in the brackets of a Go driver: `tcp(db:3306)`. */
const ADDRESS = new RegExp(`(?:\\/\\/(?:[^\\s/@]*@)?|\\b(?:tcp|udp)\\()${NAME}(?::(\\d{1,5}))?(?=[/?"'\\s,)]|$)`, 'g');
const PLAIN = new RegExp(`^${NAME}:(\\d{1,5})(?:/\\S*)?$`);
/** The host in a text such as `host=db port=5432 user=shop`. */
const DSN = new RegExp(`(?:^|[\\s;])host=${NAME}(?=[\\s;]|$)`, 'i');
const DSN_PORT = /\bport=(\d{1,5})\b/i;
/** Settings whose whole value is a host. */
const HOST_SETTING = /(^|[-_.])(host|hostname|addr|address)$|^pghost$/;
const HOST = new RegExp(`^${NAME}$`);
/** A word of a client that is a host, with the one before it: `-h db`, `-hdb`, `--host=db`. */
const HOST_FLAG = new RegExp(`(?:^|\\s)(?:-h ?|--host[= ])${NAME}$`);
/** Longer texts are no addresses. */
const MAX_LENGTH = 4_096;

/** The hosts that a container names: in flags and variables, in its scripts, probes and hooks, and in its configuration. */
export function listNamedHosts(container: ContainerView, pod: PodView, set: ManifestSet): PlacedHost[] {
  const flags = isShell(container.commandLine) ? [] : listFlags(container);
  const settings = [...flags, ...listGivenVariables(container, pod, set)];
  const handlers = [...container.probes, ...container.hooks].map((handler) => handler.at('exec', 'command'));
  return [
    ...settings.flatMap((setting) =>
      listSettingHosts(setting).map((host) => ({ ...host, at: setting.at, name: setting.name })),
    ),
    ...listScriptHosts(container, pod, set),
    ...handlers.flatMap(listExecHosts),
    ...listUpstreams(container, pod, set).map((upstream) => ({ ...upstream, name: '' })),
  ];
}

/** The hosts in the script that a container runs, or in the words of its command. */
function listScriptHosts(container: ContainerView, pod: PodView, set: ManifestSet): PlacedHost[] {
  const script = findContainerScript(container, pod, set);
  const words = listWords(container);
  return script
    ? listTextCommands(script.text).flatMap((command) => listCommandHosts(command, () => script.at))
    : listCommandHosts(
        words.map(({ text = '' }) => text),
        (place) => words[place]!,
      );
}

function listExecHosts(at: Field): PlacedHost[] {
  const script = findShellScript(at.texts);
  const commands = script === undefined ? [at.texts] : listTextCommands(script);
  return commands.flatMap((command) => listCommandHosts(command, () => at));
}

/** The commands of a script, each with its words; what is not read is one word. */
function listTextCommands(script: string): (readonly string[])[] {
  return parseScript(script)?.map(({ words }) => words) ?? [[script]];
}

/** The hosts that the value of a setting names. */
function listSettingHosts({ name, value }: Setting): NamedHost[] {
  if (value.length > MAX_LENGTH) {
    return [];
  }
  if (HOST_SETTING.test(name) && !value.includes(':')) {
    return [{ host: value }];
  }
  const dsn = DSN.exec(value)?.[1];
  return dsn === undefined ? listTextHosts(value) : [toNamedHost(dsn, DSN_PORT.exec(value)?.[1])];
}

/** The hosts that a command asks: in its words, after the flag of a client, or before the number of a port. */
function listCommandHosts(words: readonly string[], toField: (place: number) => Field): PlacedHost[] {
  const isClient = () => words.some((word) => isClientProgram(toProgramName([word])));
  return words.flatMap((word, place) => {
    const before = words[place - 1] ?? '';
    const [, flag = '', value = word] = /^--?([\w.-]+)=(.*)$/s.exec(word) ?? /^--?([\w.-]+)$/.exec(before) ?? [];
    const [, named] = HOST_FLAG.exec(place > 0 ? `${before} ${word}` : word) ?? [];
    const flagged = named !== undefined && isClient() ? named : undefined;
    const port = place > 0 && HOST.test(word) ? /^\d{1,5}$/.exec(words[place + 1] ?? '')?.[0] : undefined;
    const plain = flagged ?? (port === undefined ? undefined : word);
    const hosts = plain === undefined ? listTextHosts(value) : [toNamedHost(plain, port)];
    return hosts.map((host) => ({ ...host, at: toField(place), name: flag.toLowerCase() }));
  });
}

function listTextHosts(text: string): NamedHost[] {
  const found = /\/\/|\(/.test(text) ? [...text.matchAll(ADDRESS)] : text.split(',').map((part) => PLAIN.exec(part));
  return found.flatMap((match) => (match ? [toNamedHost(match[1]!, match[2])] : []));
}

function toNamedHost(host: string, port: string | undefined): NamedHost {
  return { host, port: port === undefined ? undefined : Number(port) };
}
