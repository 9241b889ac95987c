import { Yaml } from 'cdk8s';
import { LogRotationMethod } from '../../../pod/logs/log-rotation';
import { memoize } from '../../../private/memo';
import { toFollowedPaths } from '../../../software/rotated-names';
import type { AgentConfig, LogSource } from '../../kit/log-source';
import type { Settings } from '../../kit/settings';
import { escapeDollars, toOperators } from './operators';
import { OtelSignal } from './signal';

const STORAGE = 'file_storage';

/** Receivers of OTLP take no request of more than 4 MiB unless told otherwise. */
const BATCH = { flush_timeout: '200ms', sizer: 'bytes', min_size: 2 ** 20, max_size: 3 * 2 ** 20 };

/** An exporter. */
export interface Exporter {
  readonly type: string;
  readonly settings: Settings;
  readonly signals: readonly OtelSignal[];
  /** Whether unsent records are kept on disk. */
  readonly onDisk: boolean;
}

/** The ports at which a collector takes OTLP. */
export interface OtlpPorts {
  readonly grpcPort: number;
  readonly httpPort: number;
}

/** The parts of the configuration. */
export interface OtelConfig extends AgentConfig {
  /** None where it takes no OTLP. */
  readonly otlp?: OtlpPorts;
  readonly exporters: readonly Exporter[];
}

/** The variables from which each record gets the identity of its pod. */
const POD_ATTRIBUTES = [
  { key: 'k8s.pod.name', variable: 'POD_NAME' },
  { key: 'k8s.namespace.name', variable: 'POD_NAMESPACE' },
  { key: 'k8s.node.name', variable: 'NODE_NAME' },
] as const;

/**
 * The configuration of the OpenTelemetry Collector.
 *
 * @see https://opentelemetry.io/docs/collector/configuration/
 */
export const renderOtelCollector = memoize((agent: OtelConfig): string => {
  const exporters = toNamedExporters(agent.exporters);
  return Yaml.stringify({
    extensions: {
      health_check: { endpoint: `0.0.0.0:${agent.port}` },
      [STORAGE]: {
        directory: agent.stateDirectory,
        create_directory: true,
        compaction: { on_rebound: true, directory: agent.stateDirectory },
      },
    },
    receivers: toReceivers(agent),
    processors: {
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      resource: {
        attributes: POD_ATTRIBUTES.map(({ key, variable }) => ({
          key,
          value: `\${env:${variable}}`,
          action: 'upsert',
        })),
      },
    },
    exporters: Object.fromEntries(exporters.map(([id, exporter]) => [id, toExporterSettings(agent, exporter)])),
    service: {
      extensions: ['health_check', STORAGE],
      telemetry: { metrics: { level: 'none' } },
      pipelines: toPipelines(agent, exporters),
    },
  });
});

/** An identifier of each exporter: its type, and a number from the second of a type on. */
function toNamedExporters(exporters: readonly Exporter[]): (readonly [string, Exporter])[] {
  return exporters.map((exporter, index) => {
    const before = exporters.slice(0, index).filter(({ type }) => type === exporter.type).length;
    return [before === 0 ? exporter.type : `${exporter.type}/${before + 1}`, exporter];
  });
}

function toReceivers({ sources, otlp }: OtelConfig): object {
  const protocols = otlp && {
    grpc: { endpoint: `127.0.0.1:${otlp.grpcPort}` },
    http: { endpoint: `127.0.0.1:${otlp.httpPort}` },
  };
  return {
    ...Object.fromEntries(sources.map((source) => [`file_log/${source.id}`, toFileLogReceiver(source)])),
    ...(protocols ? { otlp: { protocols } } : {}),
  };
}

function toFileLogReceiver({ path, rotation, rotatedPaths, container, format, multiline }: LogSource): object {
  const { include, exclude } = toFollowedPaths(path, rotation, rotatedPaths);
  const steps = toOperators(format, multiline);
  return {
    include,
    ...(exclude.length > 0 ? { exclude } : {}),
    start_at: 'beginning',
    ...(rotation?.method === LogRotationMethod.COPY_TRUNCATE ? { on_truncate: 'read_whole_file' } : {}),
    // It reads nothing after its stop signal, so that lines older than this are read when the pod stops.
    poll_interval: '50ms',
    preserve_leading_whitespaces: true,
    include_file_path: true,
    storage: STORAGE,
    resource: { 'k8s.container.name': container },
    retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
    ...(multiline?.firstLine === undefined
      ? {}
      : { multiline: { line_start_pattern: escapeDollars(multiline.firstLine) }, force_flush_period: '1s' }),
    ...(steps.length > 0 ? { operators: steps } : {}),
  };
}

/** The queue holds what it has on disk and blocks where it is full, so that receivers wait and nothing is dropped. */
function toExporterSettings({ bufferMebibytes }: OtelConfig, { settings, onDisk }: Exporter): object {
  const queue = {
    storage: STORAGE,
    sizer: 'bytes',
    queue_size: bufferMebibytes * 2 ** 20,
    block_on_overflow: true,
    batch: { ...BATCH },
  };
  return { ...structuredClone(settings), ...(onDisk ? { sending_queue: queue } : {}) };
}

/** A pipeline of each signal that comes in and that an exporter takes. */
function toPipelines({ sources, otlp }: OtelConfig, exporters: readonly (readonly [string, Exporter])[]): object {
  const signals = Object.values(OtelSignal).map((signal) => {
    const files = signal === OtelSignal.LOGS ? sources.map(({ id }) => `file_log/${id}`) : [];
    const takers = exporters.filter(([, exporter]) => exporter.signals.includes(signal)).map(([id]) => id);
    return { signal, from: [...files, ...(otlp ? ['otlp'] : [])], takers };
  });
  return Object.fromEntries(
    signals
      .filter(({ from, takers }) => from.length > 0 && takers.length > 0)
      .map(({ signal, from, takers }) => [
        signal,
        { receivers: from, processors: ['memory_limiter', 'resource'], exporters: takers },
      ]),
  );
}
