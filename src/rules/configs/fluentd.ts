import { posix } from 'node:path';
import { matchesPath } from '../../private/paths';
import {
  type ConfiguredListener,
  NOTHING_READ,
  type Reading,
  type StatePath,
  type Tail,
  toLiteralValue,
} from './config';
import type { ConfigFile, ConfigFiles } from './config-file';
import { toListeners } from './endpoints';
import { type FluentdSection, listSections, parseFluentdText } from './fluentd-file';

export const FLUENTD_DEFAULTS = ['/fluentd/etc/fluent.conf', '/etc/fluent/fluent.conf', '/etc/fluent/fluentd.conf'];

/** Inputs that open a port, with their defaults. */
const SERVERS: Readonly<Record<string, { readonly port: string; readonly bind?: string; readonly protocol?: 'UDP' }>> =
  {
    forward: { port: '24224' },
    http: { port: '9880' },
    tcp: { port: '5170' },
    udp: { port: '5160', protocol: 'UDP' },
    syslog: { port: '5140', protocol: 'UDP' },
    monitor_agent: { port: '24220' },
    debug_agent: { port: '24230', bind: '127.0.0.1' },
    prometheus: { port: '24231' },
  };

/** Labels that are always there. */
const OWN_LABELS = ['@ERROR', '@ROOT', '@FLUENT_LOG'];

/** Included files are followed this far. */
const MAX_INCLUDES = 16;

/** Whether a text is a configuration of Fluentd. */
export function isFluentdConfig({ text }: ConfigFile): boolean {
  return /^\s*<(source|match)\b/m.test(text) && /^\s*@?type\s/m.test(text);
}

/** Reads a configuration with the files that it includes. The one in YAML is not read. */
export function readFluentd(main: ConfigFile, files: ConfigFiles): Reading {
  if (/\.ya?ml$/.test(main.path)) {
    return { ...NOTHING_READ, isPartial: true };
  }
  const { roots, isPartial } = collectFluentdFiles(main, files);
  const list = (name: string) => roots.flatMap((root) => listSections(root, name));
  const sources = list('source');
  const outputs = [...list('match'), ...list('store')];
  const tails = sources.filter((source) => getFluentdType(source) === 'tail');
  return {
    tails: tails.flatMap(toFluentdTails),
    states: [
      ...tails.flatMap((tail) => toFluentdStates(tail, 'pos_file', false)),
      ...[...list('buffer'), ...list('storage')].flatMap((section) => toFluentdStates(section, 'path', true)),
    ],
    listeners: sources.flatMap(toFluentdListeners),
    writes: outputs.flatMap(toFluentdFiles),
    dangling: isPartial ? [] : listDanglingLabels(roots),
    isPartial,
    problem: isPartial ? undefined : findUntyped([...sources, ...outputs, ...list('filter')]),
  };
}

function collectFluentdFiles(main: ConfigFile, files: ConfigFiles) {
  const roots: FluentdSection[] = [];
  const queue = [main];
  let isPartial = main.text.includes('{{');
  for (let file = queue.shift(); file && roots.length < MAX_INCLUDES; file = queue.shift()) {
    const root = parseFluentdText(file.text);
    roots.push(root);
    for (const path of listIncludes(root)) {
      const found = findIncluded(posix.resolve(posix.dirname(file.path), path), files);
      isPartial ||= found.length === 0;
      queue.push(...found);
    }
  }
  return { roots, isPartial: isPartial || queue.length > 0 };
}

/** The files of a path, whose name may be a pattern. */
function findIncluded(path: string, files: ConfigFiles): ConfigFile[] {
  const file = files.findFile(path);
  return file ? [file] : files.listDirectory(posix.dirname(path)).filter((one) => matchesPath(path, one.path));
}

function listIncludes({ values, sections }: FluentdSection): string[] {
  const own = [...values.keys()].flatMap((key) => /^@include (.*)$/.exec(key)?.[1] ?? []);
  return [...own, ...sections.flatMap(listIncludes)];
}

function getFluentdType({ values }: FluentdSection): string | undefined {
  return values.get('@type') ?? values.get('type');
}

/** A value that no Ruby code makes. */
function getPlainValue({ values }: FluentdSection, key: string): string | undefined {
  const value = toLiteralValue(values.get(key));
  return value?.includes('#{') ? undefined : value;
}

function isTrue(value: string | undefined): boolean {
  return /^(true|yes|)$/.test(value ?? 'false');
}

function toFluentdTails(section: FluentdSection): Tail[] {
  const { values } = section;
  return splitList(getPlainValue(section, 'path'))
    .filter((pattern) => pattern.startsWith('/'))
    .map((pattern) => ({
      // A part that stands for the time of day matches the time of any day.
      pattern: pattern.replace(/(%[A-Za-z])+/g, '*'),
      exclude: splitList(getPlainValue(section, 'exclude_path')),
      fromHead: values.get('read_from_head')?.includes('#{') ? undefined : isTrue(values.get('read_from_head')),
      keepsPosition: values.has('pos_file'),
      takesRenamedForNew: values.has('follow_inodes') ? !isTrue(values.get('follow_inodes')) : true,
    }));
}

/** The items of `a,b` or of `["a", "b"]`. */
function splitList(value: string | undefined): string[] {
  return (value ?? '')
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((item) => item.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((item) => item !== '');
}

function toFluentdStates(section: FluentdSection, key: string, isDirectory: boolean): StatePath[] {
  const path = getPlainValue(section, key)?.replace(/\/?[^/]*[*%].*$/, '');
  return path?.startsWith('/') && path.length > 1 ? [{ path, isDirectory }] : [];
}

function toFluentdListeners(section: FluentdSection): readonly ConfiguredListener[] {
  const type = getFluentdType(section) ?? '';
  const server = SERVERS[type];
  if (!server) {
    return [];
  }
  const { values } = section;
  const port = values.has('port') ? getPlainValue(section, 'port') : server.port;
  const bind = values.has('bind') ? getPlainValue(section, 'bind') : server.bind;
  const transport = section.sections.find(({ name }) => name === 'transport')?.argument;
  const isTcp = type === 'syslog' && (transport ?? values.get('protocol_type') ?? 'udp') !== 'udp';
  return toListeners(bind, port, `its source "${type}"`, isTcp ? 'TCP' : server.protocol);
}

function toFluentdFiles(section: FluentdSection): string[] {
  const path = getFluentdType(section) === 'file' ? getPlainValue(section, 'path') : undefined;
  return path?.startsWith('/') ? [path.replace(/\$\{.*$|%.*$/, '')] : [];
}

function findUntyped(sections: readonly FluentdSection[]): string | undefined {
  const untyped = sections.find((section) => getFluentdType(section) === undefined);
  return untyped && `has a \`<${untyped.name}>\` without \`@type\``;
}

function listDanglingLabels(roots: readonly FluentdSection[]): string[] {
  const defined = new Set([
    ...OWN_LABELS,
    ...roots.flatMap((root) => listSections(root, 'label')).map(({ argument }) => argument),
  ]);
  const sources = roots.flatMap((root) => listSections(root, 'source'));
  return sources
    .map((source) => ({ type: getFluentdType(source), label: getPlainValue(source, '@label') }))
    .filter(({ label }) => label !== undefined && !defined.has(label))
    .map(({ type, label }) => `source "${type}" sends to label "${label}", which is not defined`);
}
