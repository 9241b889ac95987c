import { memoizeByText } from '../../private/memo';
import type { Field } from '../model/field';
import {
  type ConfiguredListener,
  NOTHING_READ,
  type Reading,
  type StatePath,
  type Tail,
  toLiteralValue,
} from './config';
import { parseListeners, toListeners } from './endpoints';
import { readYamlText } from './yaml-text';

const STORAGE_DIRECTORY = '/var/lib/otelcol/file_storage';

/** Components that open a port: the fields that hold the address, and the address that they take unless told otherwise. */
const SERVERS: Readonly<
  Record<string, { readonly at: readonly string[]; readonly address?: string; readonly isUdp?: boolean }>
> = {
  'receivers zipkin': { at: ['endpoint'], address: 'localhost:9411' },
  'receivers statsd': { at: ['endpoint'], address: 'localhost:8125', isUdp: true },
  'receivers fluentforward': { at: ['endpoint'] },
  'receivers fluent_forward': { at: ['endpoint'] },
  'receivers tcplog': { at: ['listen_address'] },
  'receivers udplog': { at: ['listen_address'], isUdp: true },
  'exporters prometheus': { at: ['endpoint'] },
  'extensions health_check': { at: ['endpoint'], address: 'localhost:13133' },
  'extensions zpages': { at: ['endpoint'], address: 'localhost:55679' },
  'extensions pprof': { at: ['endpoint'], address: 'localhost:1777' },
};
const OTLP: Readonly<Record<string, string>> = { grpc: 'localhost:4317', http: 'localhost:4318' };

export const OPEN_TELEMETRY_DEFAULTS = ['/etc/otelcol-contrib/config.yaml', '/etc/otelcol/config.yaml'];

/** Whether these fields are a configuration of the OpenTelemetry Collector. */
export function isOpenTelemetryConfig(root: Field): boolean {
  return root.at('receivers').isObject && root.at('service', 'pipelines').isObject;
}

/** Reads the configuration; what no pipeline uses is not started and does not count. */
export const readOpenTelemetry = memoizeByText((text: string): Reading => {
  const { root, problem } = readYamlText(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  if (!root.isObject) {
    return NOTHING_READ;
  }
  const receivers = listUsedComponents(root, 'receivers');
  const extensions = listUsedComponents(root, 'extensions');
  const components = [...receivers, ...listUsedComponents(root, 'exporters'), ...extensions];
  return {
    tails: receivers.filter((field) => /^file_?log$/.test(toComponentType(field))).flatMap(toFileLogTails),
    states: extensions.filter((field) => toComponentType(field) === 'file_storage').flatMap(toStorageStates),
    listeners: [
      ...components.flatMap(toComponentListeners),
      ...toTelemetryListeners(root.at('service', 'telemetry', 'metrics')),
    ],
    writes: listUsedComponents(root, 'exporters')
      .filter((field) => toComponentType(field) === 'file')
      .flatMap((field) => toLiteralValue(field.at('path').text) ?? []),
    dangling: listDanglingReferences(root),
  };
});

/** The components of a kind that the service names. */
function listUsedComponents(root: Field, section: string): Field[] {
  const service = root.at('service');
  const lists =
    section === 'extensions'
      ? [service.at(section)]
      : service.at('pipelines').fields.map((pipeline) => pipeline.at(section));
  const names = new Set(lists.flatMap((list) => list.texts));
  return root.at(section).fields.filter(({ name }) => names.has(name));
}

/** `file_log/shop` is one of several `file_log`. */
function toComponentType({ name }: Field): string {
  return name.split('/')[0]!;
}

function toFileLogTails(receiver: Field): Tail[] {
  const start = receiver.at('start_at');
  const isLiteral = toLiteralValue(start.text ?? '') !== undefined;
  return receiver
    .at('include')
    .texts.filter((pattern) => toLiteralValue(pattern)?.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: receiver.at('exclude').texts,
      fromHead: isLiteral ? start.text === 'beginning' : undefined,
      keepsPosition: receiver.at('storage').exists,
    }));
}

function toStorageStates(extension: Field): StatePath[] {
  const directory = extension.at('directory');
  const path = directory.exists ? toLiteralValue(directory.text) : STORAGE_DIRECTORY;
  return path?.startsWith('/') ? [{ path, isDirectory: true }] : [];
}

function toComponentListeners(component: Field): readonly ConfiguredListener[] {
  const section = component.path.split('.')[0]!;
  const type = toComponentType(component);
  const purpose = `its ${section.slice(0, -1)} "${component.name}"`;
  if (section === 'receivers' && type === 'otlp') {
    const protocols = component.at('protocols');
    return Object.keys(OTLP)
      .filter((name) => protocols.names.includes(name))
      .flatMap((name) => toAddressListeners(protocols.at(name, 'endpoint'), OTLP[name], purpose));
  }
  const server = SERVERS[`${section} ${type}`];
  return server ? toAddressListeners(component.at(...server.at), server.address, purpose, server.isUdp) : [];
}

function toAddressListeners(
  field: Field,
  address: string | undefined,
  purpose: string,
  isUdp = false,
): readonly ConfiguredListener[] {
  return parseListeners(field.exists ? field.text : address, purpose, isUdp ? 'UDP' : 'TCP');
}

/** The collector's own metrics, which it offers unless told otherwise. */
function toTelemetryListeners(metrics: Field): readonly ConfiguredListener[] {
  const purpose = 'its own metrics';
  if (metrics.at('readers').exists) {
    return metrics.at('readers').items.flatMap((reader) => {
      const exporter = reader.at('pull', 'exporter', 'prometheus');
      return toListeners(toLiteralValue(exporter.at('host').text), toLiteralValue(exporter.at('port').scalar), purpose);
    });
  }
  return metrics.at('level').text === 'none'
    ? []
    : toAddressListeners(metrics.at('address'), 'localhost:8888', purpose);
}

function listDanglingReferences(root: Field): string[] {
  const isDefined = (kinds: readonly string[], name: string) =>
    toLiteralValue(name) === undefined || kinds.some((kind) => root.at(kind).names.includes(name));
  const missing = (list: Field, kinds: readonly string[], who: string) =>
    list.texts
      .filter((name) => !isDefined(kinds, name))
      .map((name) => `${who} names ${kinds[0]!.replace(/s$/, '')} "${name}", which is not defined`);
  const pipelines = root.at('service', 'pipelines').fields.flatMap((pipeline) => {
    const who = `pipeline "${pipeline.name}"`;
    return [
      ...missing(pipeline.at('receivers'), ['receivers', 'connectors'], who),
      ...missing(pipeline.at('processors'), ['processors'], who),
      ...missing(pipeline.at('exporters'), ['exporters', 'connectors'], who),
    ];
  });
  return [...pipelines, ...missing(root.at('service', 'extensions'), ['extensions'], 'the service')];
}
