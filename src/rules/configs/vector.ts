import type { Field } from '../model/field';
import { type ConfiguredListener, literal, NOTHING_READ, type Reading, type StatePath, type Tail } from './config';
import { listenersAt } from './endpoints';
import { remembered } from './remember';
import { readYaml } from './yaml-text';

/** Where Vector keeps positions and buffers unless told otherwise. */
const DATA_DIRECTORY = '/var/lib/vector';
const API_ADDRESS = '127.0.0.1:8686';

/** Components that open a port, with the address that they take unless told otherwise. */
const SERVERS: ReadonlyMap<string, string | undefined> = new Map([
  ['datadog_agent', undefined],
  ['fluent', undefined],
  ['heroku_logs', undefined],
  ['http_server', undefined],
  ['logstash', undefined],
  ['prometheus_pushgateway', undefined],
  ['prometheus_remote_write', undefined],
  ['socket', undefined],
  ['splunk_hec', '0.0.0.0:8088'],
  ['statsd', undefined],
  ['syslog', undefined],
  ['vector', undefined],
]);

export const VECTOR_DEFAULTS = ['/etc/vector/vector.yaml', '/etc/vector/vector.yml', '/etc/vector/vector.json'];

/** Whether these fields are a configuration of Vector. */
export function looksLikeVector(root: Field): boolean {
  return root.at('sources').isObject && root.at('sinks').isObject;
}

/** Reads the YAML or JSON format. */
export const readVector = remembered((text: string): Reading => {
  const { root, problem } = readYaml(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  const sources = root.at('sources').fields;
  const sinks = root.at('sinks').fields;
  const files = sources.filter((source) => source.at('type').text === 'file');
  return {
    tails: files.flatMap(tailsOf),
    states: files.length > 0 ? files.flatMap((file) => stateOf(file, root)) : buffers(sinks, root),
    listeners: [...apiListeners(root), ...sources.flatMap(sourceListeners), ...sinks.flatMap(sinkListeners)],
    writes: sinks.filter((sink) => sink.at('type').text === 'file').flatMap(pathOf),
    dangling: danglingInputs(root),
  };
});

function tailsOf(source: Field): Tail[] {
  const from = source.at('read_from');
  return source
    .at('include')
    .texts.filter((pattern) => literal(pattern)?.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: source.at('exclude').texts,
      fromHead: from.exists ? (from.text === 'end' ? false : undefined) : true,
      keepsPosition: true,
    }));
}

function stateOf(source: Field, root: Field): StatePath[] {
  const own = source.at('data_dir').exists ? source.at('data_dir') : root.at('data_dir');
  const path = own.exists ? literal(own.text) : DATA_DIRECTORY;
  return path?.startsWith('/') ? [{ path, isDirectory: true }] : [];
}

/** Buffers on disk lie in the same directory. */
function buffers(sinks: readonly Field[], root: Field): StatePath[] {
  return sinks.some((sink) => sink.at('buffer', 'type').text === 'disk') ? stateOf(root, root) : [];
}

function pathOf(sink: Field): string[] {
  const path = literal(sink.at('path').text);
  return path?.startsWith('/') && !path.includes('%') ? [path] : [];
}

function apiListeners(root: Field): readonly ConfiguredListener[] {
  const address = root.at('api', 'address');
  return root.at('api', 'enabled').isTrue ? listenersAt(address.exists ? address.text : API_ADDRESS, 'its API') : [];
}

function sourceListeners(source: Field): readonly ConfiguredListener[] {
  const type = source.at('type').text ?? '';
  const purpose = `its source "${source.name}"`;
  if (type === 'opentelemetry') {
    return ['grpc', 'http'].flatMap((name) => listenersAt(source.at(name, 'address').text, purpose));
  }
  const isServer = SERVERS.has(type);
  const protocol = source.at('mode').text === 'udp' ? 'UDP' : 'TCP';
  return isServer ? listenersAt(source.at('address').text ?? SERVERS.get(type), purpose, protocol) : [];
}

function sinkListeners(sink: Field): readonly ConfiguredListener[] {
  const isExporter = sink.at('type').text === 'prometheus_exporter';
  return isExporter ? listenersAt(sink.at('address').text ?? '0.0.0.0:9598', `its sink "${sink.name}"`) : [];
}

function danglingInputs(root: Field): string[] {
  const components = new Set(['sources', 'transforms', 'enrichment_tables'].flatMap((kind) => root.at(kind).names));
  // An input may name one of several outputs of a component after a dot.
  const isDefined = (input: string) => components.has(input) || components.has(input.replace(/\.[^.]*$/, ''));
  return ['transform', 'sink'].flatMap((kind) =>
    root.at(`${kind}s`).fields.flatMap((component) =>
      component
        .at('inputs')
        .texts.filter((input) => literal(input) !== undefined && !input.includes('*') && !isDefined(input))
        .map((input) => `${kind} "${component.name}" takes its input from "${input}", which is not defined`),
    ),
  );
}
