import { posix } from 'node:path';
import { matchesPattern } from '../../private/paths';
import type { ContainerView } from '../model/container-view';
import {
  type ConfiguredListener,
  NOTHING_READ,
  type Reading,
  type StatePath,
  type Tail,
  toLiteralValue,
} from './config';
import type { ConfigFile, ConfigFiles } from './config-file';
import { toFileName } from './config-path';
import { toListeners } from './endpoints';
import { type FluentBitFile, readClassicFile, readYamlFile, type Section } from './fluent-bit-file';

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

/** Rotated files are kept for longer than a wait below this. */
const LONG_SECONDS = 24 * 60 * 60;

/** Included files are followed this far. */
const MAX_INCLUDES = 16;

/** All parts of a configuration. */
export interface FluentBitParts {
  readonly sections: readonly Section[];
  /** Whether some of it cannot be read here. */
  readonly isPartial: boolean;
  readonly problem?: string;
}

/** A configuration file with those that it includes. */
export function collectFluentBitParts(main: ConfigFile, files: ConfigFiles): FluentBitParts {
  const sections: Section[] = [];
  const queue = [main];
  const seen = new Set<string>();
  let isPartial = false;
  for (let file = queue.shift(); file; file = queue.shift()) {
    const read = readFluentBitFile(file);
    if (read.problem !== undefined) {
      return { sections: [], isPartial: true, problem: read.problem };
    }
    seen.add(file.path);
    sections.push(...read.sections);
    for (const path of read.includes) {
      const next = files.findFile(posix.resolve(posix.dirname(file.path), path));
      isPartial ||= !next || seen.has(next.path) || seen.size > MAX_INCLUDES;
      queue.push(...(next && !isPartial ? [next] : []));
    }
  }
  return { sections, isPartial };
}

/** Whether a text has the form that Fluent Bit reads. */
export function isFluentBitConfig(file: ConfigFile): boolean {
  const { sections } = readFluentBitFile(file);
  return sections.some(({ type, values }) => (type === 'input' || type === 'output') && values.has('name'));
}

/** The plugins that the flags `-i`, `-F` and `-o` add. */
export function parseFlagSections({ commandLine }: ContainerView): Section[] {
  const types: Readonly<Record<string, string>> = { '-i': 'input', '-F': 'filter', '-o': 'output' };
  const keys: Readonly<Record<string, string>> = { '-t': 'tag', '-m': 'match' };
  const sections: { type: string; values: Map<string, string> }[] = [];
  commandLine.forEach((word, index) => {
    const value = commandLine[index + 1] ?? '';
    const current = sections[sections.length - 1];
    if (types[word]) {
      sections.push({ type: types[word], values: new Map([['name', value]]) });
    } else if (keys[word]) {
      current?.values.set(keys[word], value);
    } else if (word === '-p' && value.includes('=')) {
      const equals = value.indexOf('=');
      current?.values.set(value.slice(0, equals).toLowerCase(), value.slice(equals + 1));
    }
  });
  return sections;
}

/** Reads the parts of a configuration. */
export function readFluentBit({ sections, isPartial, problem }: FluentBitParts): Reading {
  if (problem !== undefined) {
    return { ...NOTHING_READ, problem };
  }
  const tails = sections.filter((section) => isPlugin(section, 'input', 'tail'));
  const services = sections.filter(({ type }) => type === 'service');
  const grace = services
    .map((service) => Number(getLiteralProperty(service, 'grace') ?? Number.NaN))
    .find((seconds) => seconds > 0);
  return {
    tails: tails.flatMap(toFluentBitTails),
    states: [
      ...tails.flatMap((tail) => toStatePaths(tail, 'db', false)),
      ...services.flatMap((service) => toStatePaths(service, 'storage.path', true)),
    ],
    listeners: sections.flatMap(toFluentBitListeners),
    writes: sections.flatMap(toWrittenFiles),
    dangling: isPartial ? [] : listUnmatchedOutputs(sections),
    graceSeconds: grace,
  };
}

function readFluentBitFile({ path, text }: ConfigFile): FluentBitFile {
  return /\.ya?ml$/.test(path) ? readYamlFile(text) : readClassicFile(text);
}

function isPlugin({ type, values }: Section, wanted: string, name: string): boolean {
  return type === wanted && values.get('name')?.toLowerCase() === name;
}

function getLiteralProperty({ values }: Section, key: string): string | undefined {
  return toLiteralValue(values.get(key));
}

function isOn(value: string | undefined): boolean {
  return /^(on|true|yes)$/i.test(value ?? '');
}

function toFluentBitTails(section: Section): Tail[] {
  const exclude = getLiteralProperty(section, 'exclude_path') ?? '';
  const head = section.values.get('read_from_head');
  return (getLiteralProperty(section, 'path') ?? '')
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: exclude === '' ? [] : exclude.split(',').map((part) => part.trim()),
      fromHead: head?.includes('$') ? undefined : isOn(head),
      keepsPosition: section.values.has('db'),
      takesRenamedForNew: hasShortWait(section),
    }));
}

/** Whether it closes a renamed file before long, and forgets how far it has read it. */
function hasShortWait(section: Section): boolean | undefined {
  const wait = section.values.get('rotate_wait') ?? '';
  return wait.includes('$')
    ? undefined
    : Number.isNaN(Number.parseInt(wait, 10)) || Number.parseInt(wait, 10) < LONG_SECONDS;
}

function toStatePaths(section: Section, key: string, isDirectory: boolean): StatePath[] {
  const path = getLiteralProperty(section, key);
  return path?.startsWith('/') ? [{ path, isDirectory }] : [];
}

function toFluentBitListeners(section: Section): readonly ConfiguredListener[] {
  const { type, values } = section;
  if (type === 'service') {
    const isServing = isOn(values.get('http_server'));
    return isServing ? toSectionListeners(section, 'http_listen', 'http_port', '2020', 'its HTTP server') : [];
  }
  const name = values.get('name')?.toLowerCase() ?? '';
  const server = SERVERS[`${type} ${name}`];
  if (server) {
    const isSocket = values.has('unix_path');
    const purpose = `its ${type} "${name}"`;
    return isSocket
      ? []
      : toSectionListeners(
          section,
          type === 'input' ? 'listen' : 'host',
          'port',
          server.port,
          purpose,
          server.protocol,
        );
  }
  const mode = name === 'syslog' && type === 'input' ? getLiteralProperty(section, 'mode') : undefined;
  return mode === 'tcp' || mode === 'udp'
    ? toSectionListeners(section, 'listen', 'port', '5140', 'its input "syslog"', mode.toUpperCase())
    : [];
}

function toSectionListeners(
  section: Section,
  hostKey: string,
  portKey: string,
  port: string,
  purpose: string,
  protocol?: string,
): readonly ConfiguredListener[] {
  return toListeners(
    getLiteralProperty(section, hostKey),
    section.values.has(portKey) ? getLiteralProperty(section, portKey) : port,
    purpose,
    protocol,
  );
}

/** The file that an output writes (without `file`, the tag names it), or Fluent Bit itself. */
function toWrittenFiles(section: Section): string[] {
  const log = section.type === 'service' ? getLiteralProperty(section, 'log_file') : undefined;
  if (log !== undefined) {
    return [log];
  }
  const file = getLiteralProperty(section, 'file');
  const path = getLiteralProperty(section, 'path');
  return isPlugin(section, 'output', 'file') && file && path?.startsWith('/') ? [posix.join(path, file)] : [];
}

/** Outputs that no record can reach. Only where every tag is known for certain. */
function listUnmatchedOutputs(sections: readonly Section[]): string[] {
  const inputs = sections.filter(({ type }) => type === 'input');
  const isOdd = sections.some(canRetag);
  const tags = inputs.map(findCertainTag);
  if (isOdd || tags.length === 0 || tags.includes(undefined)) {
    return [];
  }
  return sections
    .filter(({ type, values }) => type === 'output' && !values.has('match_regex') && values.has('match'))
    .flatMap((output) => {
      const match = getLiteralProperty(output, 'match');
      const isReached = match === undefined || tags.some((tag) => matchesPattern(match.replace(/[?[]/g, '*'), tag!));
      return isReached ? [] : [`output "${output.values.get('name')}" matches "${match}", but no input has such a tag`];
    });
}

/** Whether this part may give records other tags. */
function canRetag({ type, values }: Section): boolean {
  const isFilter = type === 'filter' && TAGGING_FILTERS.includes(values.get('name')?.toLowerCase() ?? '');
  return isFilter || TAGGING_PARTS.includes(type) || (type === 'service' && values.has('streams_file'));
}

function findCertainTag(section: Section): string | undefined {
  const { values } = section;
  const isPlain = PLAIN_INPUTS.includes(values.get('name')?.toLowerCase() ?? '');
  const isRouted = values.has('routes') || values.has('processors') || values.has('tag_key') || values.has('tag_regex');
  const tag = getLiteralProperty(section, 'tag');
  return isPlain && !isRouted && tag !== undefined && !/[*<]/.test(tag) ? tag : undefined;
}

/** The files that the images read by default. */
export const FLUENT_BIT_DEFAULTS = ['/fluent-bit/etc/fluent-bit.conf', '/fluent-bit/etc/fluent-bit.yaml'];

/** Whether the command is Fluent Bit itself, as far as its name tells. */
export function isFluentBitCommand({ commandLine }: ContainerView): boolean {
  return toFileName(commandLine[0] ?? '') === 'fluent-bit';
}
