import type { Field } from '../model/field';
import { type ConfiguredListener, literal, NOTHING_READ, type Reading, type StatePath, type Tail } from './config';
import { listenerOn, listenersAt } from './endpoints';
import { remembered } from './remember';
import { readYaml } from './yaml-text';

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
export function looksLikeOpenTelemetry(root: Field): boolean {
  return root.at('receivers').isObject && root.at('service', 'pipelines').isObject;
}

/** Reads the configuration; what no pipeline uses is not started and does not count. */
export const readOpenTelemetry = remembered((text: string): Reading => {
  const { root, problem } = readYaml(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  if (!root.isObject) {
    return NOTHING_READ;
  }
  const receivers = used(root, 'receivers');
  const extensions = used(root, 'extensions');
  const components = [...receivers, ...used(root, 'exporters'), ...extensions];
  return {
    tails: receivers.filter((field) => /^file_?log$/.test(typeOf(field))).flatMap(tailsOf),
    states: extensions.filter((field) => typeOf(field) === 'file_storage').flatMap(stateOf),
    listeners: [...components.flatMap(listenersOf), ...telemetryListeners(root.at('service', 'telemetry', 'metrics'))],
    writes: used(root, 'exporters')
      .filter((field) => typeOf(field) === 'file')
      .flatMap((field) => literal(field.at('path').text) ?? []),
    dangling: dangling(root),
  };
});

/** The components of a kind that the service names. */
function used(root: Field, kind: string): Field[] {
  const service = root.at('service');
  const lists =
    kind === 'extensions' ? [service.at(kind)] : service.at('pipelines').fields.map((pipeline) => pipeline.at(kind));
  const names = new Set(lists.flatMap((list) => list.texts));
  return root.at(kind).fields.filter(({ name }) => names.has(name));
}

/** `file_log/shop` is one of several `file_log`. */
function typeOf({ name }: Field): string {
  return name.split('/')[0]!;
}

function tailsOf(receiver: Field): Tail[] {
  const start = receiver.at('start_at');
  const isLiteral = literal(start.text ?? '') !== undefined;
  return receiver
    .at('include')
    .texts.filter((pattern) => literal(pattern)?.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: receiver.at('exclude').texts,
      fromHead: isLiteral ? start.text === 'beginning' : undefined,
      keepsPosition: receiver.at('storage').exists,
    }));
}

function stateOf(extension: Field): StatePath[] {
  const directory = extension.at('directory');
  const path = directory.exists ? literal(directory.text) : STORAGE_DIRECTORY;
  return path?.startsWith('/') ? [{ path, isDirectory: true }] : [];
}

function listenersOf(component: Field): readonly ConfiguredListener[] {
  const kind = component.path.split('.')[0]!;
  const type = typeOf(component);
  const purpose = `its ${kind.slice(0, -1)} "${component.name}"`;
  if (kind === 'receivers' && type === 'otlp') {
    const protocols = component.at('protocols');
    return Object.keys(OTLP)
      .filter((name) => protocols.names.includes(name))
      .flatMap((name) => addressAt(protocols.at(name, 'endpoint'), OTLP[name], purpose));
  }
  const server = SERVERS[`${kind} ${type}`];
  return server ? addressAt(component.at(...server.at), server.address, purpose, server.isUdp) : [];
}

function addressAt(
  field: Field,
  address: string | undefined,
  purpose: string,
  isUdp = false,
): readonly ConfiguredListener[] {
  return listenersAt(field.exists ? field.text : address, purpose, isUdp ? 'UDP' : 'TCP');
}

/** The collector's own metrics, which it offers unless told otherwise. */
function telemetryListeners(metrics: Field): readonly ConfiguredListener[] {
  const purpose = 'its own metrics';
  if (metrics.at('readers').exists) {
    return metrics.at('readers').items.flatMap((reader) => {
      const exporter = reader.at('pull', 'exporter', 'prometheus');
      return listenerOn(literal(exporter.at('host').text), literal(exporter.at('port').scalar), purpose);
    });
  }
  return metrics.at('level').text === 'none' ? [] : addressAt(metrics.at('address'), 'localhost:8888', purpose);
}

function dangling(root: Field): string[] {
  const isDefined = (kinds: readonly string[], name: string) =>
    literal(name) === undefined || kinds.some((kind) => root.at(kind).names.includes(name));
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
