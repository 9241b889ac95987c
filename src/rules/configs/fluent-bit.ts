import { posix } from 'node:path';
import type { ContainerView } from '../model/container-view';
import { type ConfiguredListener, literal, NOTHING_READ, type Reading, type StatePath, type Tail } from './config';
import type { ConfigFile, ConfigFiles } from './config-file';
import { baseName } from './config-path';
import { listenerOn } from './endpoints';
import { type FluentBitFile, readClassicFile, readYamlFile, type Section } from './fluent-bit-file';
import { matchesText } from './glob';

/** Plugins that open a port, with their defaults. */
const SERVERS: Readonly<Record<string, { readonly port: string; readonly protocol?: 'UDP' }>> = {
  'input forward': { port: '24224' },
  'input http': { port: '9880' },
  'input opentelemetry': { port: '4318' },
  'input tcp': { port: '5170' },
  'input udp': { port: '5170', protocol: 'UDP' },
  'input mqtt': { port: '1883' },
  'input splunk': { port: '8088' },
  'input elasticsearch': { port: '9200' },
  'input statsd': { port: '8125', protocol: 'UDP' },
  'output prometheus_exporter': { port: '2021' },
};

/** Inputs whose records carry the tag of the input and no other. */
const PLAIN_INPUTS = [
  'tail',
  'cpu',
  'mem',
  'dummy',
  'disk',
  'netif',
  'tcp',
  'udp',
  'syslog',
  'random',
  'proc',
  'health',
];
/** Filters that give records other tags, or make other records. */
const TAGGING_FILTERS = ['rewrite_tag', 'log_to_metrics', 'multiline', 'wasm'];

/** Parts of a configuration that do the same. */
const TAGGING_PARTS = ['stream_task', 'stream_processor', 'custom'];

/** Included files are followed this far. */
const MAX_INCLUDES = 16;

/** All parts of a configuration. */
export interface FluentBitParts {
  readonly sections: readonly Section[];
  /** Whether some of it lies where nobody can read it. */
  readonly isPartial: boolean;
  readonly problem?: string;
}

/** A configuration file with those that it includes. */
export function fluentBitParts(main: ConfigFile, files: ConfigFiles): FluentBitParts {
  const sections: Section[] = [];
  const queue = [main];
  const seen = new Set<string>();
  let isPartial = false;
  for (let file = queue.shift(); file; file = queue.shift()) {
    const read = readFile(file);
    if (read.problem !== undefined) {
      return { sections: [], isPartial: true, problem: read.problem };
    }
    seen.add(file.path);
    sections.push(...read.sections);
    for (const path of read.includes) {
      const next = files.at(posix.resolve(posix.dirname(file.path), path));
      isPartial ||= !next || seen.has(next.path) || seen.size > MAX_INCLUDES;
      queue.push(...(next && !isPartial ? [next] : []));
    }
  }
  return { sections, isPartial };
}

/** Whether a text has the form that Fluent Bit reads. */
export function looksLikeFluentBit(file: ConfigFile): boolean {
  const { sections } = readFile(file);
  return sections.some(({ kind, values }) => (kind === 'input' || kind === 'output') && values.has('name'));
}

/** What plugins the flags `-i`, `-F` and `-o` add. */
export function flagSections({ commandLine }: ContainerView): Section[] {
  const kinds: Readonly<Record<string, string>> = { '-i': 'input', '-F': 'filter', '-o': 'output' };
  const keys: Readonly<Record<string, string>> = { '-t': 'tag', '-m': 'match' };
  const sections: { kind: string; values: Map<string, string> }[] = [];
  commandLine.forEach((word, index) => {
    const value = commandLine[index + 1] ?? '';
    const current = sections[sections.length - 1];
    if (kinds[word]) {
      sections.push({ kind: kinds[word], values: new Map([['name', value]]) });
    } else if (keys[word]) {
      current?.values.set(keys[word], value);
    } else if (word === '-p' && value.includes('=')) {
      const equals = value.indexOf('=');
      current?.values.set(value.slice(0, equals).toLowerCase(), value.slice(equals + 1));
    }
  });
  return sections;
}

/** What the parts say. */
export function readFluentBit({ sections, isPartial, problem }: FluentBitParts): Reading {
  if (problem !== undefined) {
    return { ...NOTHING_READ, problem };
  }
  const tails = sections.filter((section) => isPlugin(section, 'input', 'tail'));
  const services = sections.filter(({ kind }) => kind === 'service');
  const grace = services.map((service) => Number(known(service, 'grace') ?? Number.NaN)).find((seconds) => seconds > 0);
  return {
    tails: tails.flatMap(tailsOf),
    states: [
      ...tails.flatMap((tail) => statePath(tail, 'db', false)),
      ...services.flatMap((service) => statePath(service, 'storage.path', true)),
    ],
    listeners: sections.flatMap(listenersOf),
    writes: sections.flatMap(fileOf),
    dangling: isPartial ? [] : unmatchedOutputs(sections),
    graceSeconds: grace,
  };
}

function readFile({ path, text }: ConfigFile): FluentBitFile {
  return /\.ya?ml$/.test(path) ? readYamlFile(text) : readClassicFile(text);
}

function isPlugin({ kind, values }: Section, wanted: string, name: string): boolean {
  return kind === wanted && values.get('name')?.toLowerCase() === name;
}

function known({ values }: Section, key: string): string | undefined {
  return literal(values.get(key));
}

function isOn(value: string | undefined): boolean {
  return /^(on|true|yes)$/i.test(value ?? '');
}

function tailsOf(section: Section): Tail[] {
  const exclude = known(section, 'exclude_path') ?? '';
  const head = section.values.get('read_from_head');
  return (known(section, 'path') ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: exclude === '' ? [] : exclude.split(',').map((part) => part.trim()),
      fromHead: head?.includes('$') ? undefined : isOn(head),
      keepsPosition: section.values.has('db'),
    }));
}

function statePath(section: Section, key: string, isDirectory: boolean): StatePath[] {
  const path = known(section, key);
  return path?.startsWith('/') ? [{ path, isDirectory }] : [];
}

function listenersOf(section: Section): readonly ConfiguredListener[] {
  const { kind, values } = section;
  if (kind === 'service') {
    const isServing = isOn(values.get('http_server'));
    return isServing ? portOf(section, 'http_listen', 'http_port', '2020', 'its HTTP server') : [];
  }
  const name = values.get('name')?.toLowerCase() ?? '';
  const server = SERVERS[`${kind} ${name}`];
  if (server) {
    const isSocket = values.has('unix_path');
    const purpose = `its ${kind} "${name}"`;
    return isSocket
      ? []
      : portOf(section, kind === 'input' ? 'listen' : 'host', 'port', server.port, purpose, server.protocol);
  }
  const mode = name === 'syslog' && kind === 'input' ? known(section, 'mode') : undefined;
  return mode === 'tcp' || mode === 'udp'
    ? portOf(section, 'listen', 'port', '5140', 'its input "syslog"', mode.toUpperCase())
    : [];
}

function portOf(
  section: Section,
  hostKey: string,
  portKey: string,
  port: string,
  purpose: string,
  protocol?: string,
): readonly ConfiguredListener[] {
  return listenerOn(
    known(section, hostKey),
    section.values.has(portKey) ? known(section, portKey) : port,
    purpose,
    protocol,
  );
}

/** The file that an output writes (without `file`, the tag names it), or Fluent Bit itself. */
function fileOf(section: Section): string[] {
  const log = section.kind === 'service' ? known(section, 'log_file') : undefined;
  if (log !== undefined) {
    return [log];
  }
  const file = known(section, 'file');
  const path = known(section, 'path');
  return isPlugin(section, 'output', 'file') && file && path?.startsWith('/') ? [posix.join(path, file)] : [];
}

/** Outputs that no record can reach. Only where every tag is known for certain. */
function unmatchedOutputs(sections: readonly Section[]): string[] {
  const inputs = sections.filter(({ kind }) => kind === 'input');
  const isOdd = sections.some(mayRetag);
  const tags = inputs.map(tagOf);
  if (isOdd || tags.length === 0 || tags.includes(undefined)) {
    return [];
  }
  return sections
    .filter(({ kind, values }) => kind === 'output' && !values.has('match_regex') && values.has('match'))
    .flatMap((output) => {
      const match = known(output, 'match');
      const isReached = match === undefined || tags.some((tag) => matchesText(match.replace(/[?[]/g, '*'), tag!));
      return isReached ? [] : [`output "${output.values.get('name')}" matches "${match}", but no input has such a tag`];
    });
}

/** Whether this part may give records other tags. */
function mayRetag({ kind, values }: Section): boolean {
  const isFilter = kind === 'filter' && TAGGING_FILTERS.includes(values.get('name')?.toLowerCase() ?? '');
  return isFilter || TAGGING_PARTS.includes(kind) || (kind === 'service' && values.has('streams_file'));
}

function tagOf(section: Section): string | undefined {
  const { values } = section;
  const isPlain = PLAIN_INPUTS.includes(values.get('name')?.toLowerCase() ?? '');
  const isRouted = values.has('routes') || values.has('processors') || values.has('tag_key') || values.has('tag_regex');
  const tag = known(section, 'tag');
  return isPlain && !isRouted && tag !== undefined && !/[*<]/.test(tag) ? tag : undefined;
}

/** The file that the image reads when nobody names another. */
export const FLUENT_BIT_DEFAULTS = ['/fluent-bit/etc/fluent-bit.conf', '/fluent-bit/etc/fluent-bit.yaml'];

/** Whether the command is Fluent Bit itself, as far as its name tells. */
export function isFluentBitCommand({ commandLine }: ContainerView): boolean {
  return baseName(commandLine[0] ?? '') === 'fluent-bit';
}
