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
import { parseListeners } from './endpoints';
import { readYamlText } from './yaml-text';

/** The directory in which Vector keeps positions and buffers by default. */
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
export function isVectorConfig(root: Field): boolean {
  return root.at('sources').isObject && root.at('sinks').isObject;
}

/** Reads the YAML or JSON format. */
export const readVector = memoizeByText((text: string): Reading => {
  const { root, problem } = readYamlText(text);
  if (problem !== undefined || root.text !== undefined) {
    return { ...NOTHING_READ, problem: problem ?? 'is one text, not fields of YAML' };
  }
  const sources = root.at('sources').fields;
  const sinks = root.at('sinks').fields;
  const files = sources.filter((source) => source.at('type').text === 'file');
  return {
    tails: files.flatMap(toVectorTails),
    states: files.length > 0 ? files.flatMap((file) => toDataStates(file, root)) : toBufferStates(sinks, root),
    listeners: [...toApiListeners(root), ...sources.flatMap(toSourceListeners), ...sinks.flatMap(toSinkListeners)],
    writes: sinks.filter((sink) => sink.at('type').text === 'file').flatMap(toSinkFiles),
    dangling: listDanglingInputs(root),
  };
});

function toVectorTails(source: Field): Tail[] {
  const from = source.at('read_from');
  return source
    .at('include')
    .texts.filter((pattern) => toLiteralValue(pattern)?.startsWith('/'))
    .map((pattern) => ({
      pattern,
      exclude: source.at('exclude').texts,
      fromHead: from.exists ? (from.text === 'end' ? false : undefined) : true,
      keepsPosition: true,
    }));
}

function toDataStates(source: Field, root: Field): StatePath[] {
  const directory = source.at('data_dir').exists ? source.at('data_dir') : root.at('data_dir');
  const path = directory.exists ? toLiteralValue(directory.text) : DATA_DIRECTORY;
  return path?.startsWith('/') ? [{ path, isDirectory: true }] : [];
}

/** Buffers on disk lie in the same directory. */
function toBufferStates(sinks: readonly Field[], root: Field): StatePath[] {
  return sinks.some((sink) => sink.at('buffer', 'type').text === 'disk') ? toDataStates(root, root) : [];
}

function toSinkFiles(sink: Field): string[] {
  const path = toLiteralValue(sink.at('path').text);
  return path?.startsWith('/') && !path.includes('%') ? [path] : [];
}

function toApiListeners(root: Field): readonly ConfiguredListener[] {
  const address = root.at('api', 'address');
  return root.at('api', 'enabled').isTrue ? parseListeners(address.exists ? address.text : API_ADDRESS, 'its API') : [];
}

function toSourceListeners(source: Field): readonly ConfiguredListener[] {
  const type = source.at('type').text ?? '';
  const purpose = `its source "${source.name}"`;
  if (type === 'opentelemetry') {
    return ['grpc', 'http'].flatMap((name) => parseListeners(source.at(name, 'address').text, purpose));
  }
  const isServer = SERVERS.has(type);
  const protocol = source.at('mode').text === 'udp' ? 'UDP' : 'TCP';
  return isServer ? parseListeners(source.at('address').text ?? SERVERS.get(type), purpose, protocol) : [];
}

function toSinkListeners(sink: Field): readonly ConfiguredListener[] {
  const isExporter = sink.at('type').text === 'prometheus_exporter';
  return isExporter ? parseListeners(sink.at('address').text ?? '0.0.0.0:9598', `its sink "${sink.name}"`) : [];
}

function listDanglingInputs(root: Field): string[] {
  const components = new Set(['sources', 'transforms', 'enrichment_tables'].flatMap((kind) => root.at(kind).names));
  // An input may name one of several outputs of a component after a dot.
  const isDefined = (input: string) => components.has(input) || components.has(input.replace(/\.[^.]*$/, ''));
  return ['transform', 'sink'].flatMap((kind) =>
    root.at(`${kind}s`).fields.flatMap((component) =>
      component
        .at('inputs')
        .texts.filter((input) => toLiteralValue(input) !== undefined && !input.includes('*') && !isDefined(input))
        .map((input) => `${kind} "${component.name}" takes its input from "${input}", which is not defined`),
    ),
  );
}
