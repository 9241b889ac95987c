import { type Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';

/**
 * The fields of the components that the library itself writes, from their documentation in release 0.165.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.165.0
 */
const FIELDS: { readonly [component: string]: string } = {
  'extensions health_check': 'endpoint path tls response_body',
  'extensions file_storage':
    'directory timeout max_size compaction fsync create_directory directory_permissions recreate',
  'receivers file_log': `include exclude start_at on_truncate multiline force_flush_period include_file_name include_file_path
    poll_interval fingerprint_size max_log_size storage resource attributes operators retry_on_failure on_truncate
    preserve_leading_whitespaces compression`,
  'receivers otlp': 'protocols',
  'processors memory_limiter': 'check_interval limit_mib spike_limit_mib limit_percentage spike_limit_percentage',
  'processors resource': 'attributes',
  'exporters debug': 'verbosity sampling_initial sampling_thereafter use_internal_logger output_paths sending_queue',
  'exporters otlp_grpc': 'endpoint tls headers timeout compression retry_on_failure sending_queue auth keepalive',
  'exporters otlp_http':
    'endpoint tls headers timeout compression encoding retry_on_failure sending_queue auth logs_endpoint',
  'exporters elasticsearch': `endpoints endpoint user password api_key logs_index traces_index mapping retry sending_queue
    timeout tls headers pipeline num_workers`,
  'exporters splunk_hec': 'endpoint token index source sourcetype retry_on_failure sending_queue',
};
const KINDS = ['extensions', 'receivers', 'processors', 'exporters'] as const;

/** What the collector would not take, as far as its documentation says. */
export function otelProblems(config: any): string[] {
  const { service } = config;
  const pipelines = Object.values<any>(service.pipelines);
  const used = (kind: string): string[] =>
    kind === 'extensions' ? service.extensions : [...new Set(pipelines.flatMap((pipeline) => pipeline[kind]))];
  return [
    ...Object.keys(config).filter((key) => !['service', ...KINDS].includes(key)),
    ...KINDS.flatMap((kind) => Object.entries<any>(config[kind]).flatMap((entry) => unknownFields(kind, entry))),
    ...KINDS.flatMap((kind) =>
      used(kind)
        .filter((id) => !config[kind][id])
        .map((id) => `no ${kind} "${id}"`),
    ),
    ...KINDS.flatMap((kind) =>
      Object.keys(config[kind])
        .filter((id) => !used(kind).includes(id))
        .map((id) => `unused ${kind} "${id}"`),
    ),
    ...pipelines
      .filter(({ processors }) => processors[0] !== 'memory_limiter')
      .map(() => 'memory_limiter is not first'),
    ...texts(config).filter((text) => /\$(?!\$|\{env:[A-Z_0-9]+\})/.test(text.replaceAll('$$', ''))),
  ];
}

/** The only configuration of a collector in a chart, after the check against its documentation has found nothing. */
export function otelConfig(chart: Chart): any {
  const [config, ...others] = otelConfigs(chart);
  expect(others).toEqual([]);
  return config;
}

/** All configurations of collectors in a chart. */
export function otelConfigs(chart: Chart): any[] {
  return Testing.synth(chart)
    .flatMap(({ kind, data }) => (kind === 'ConfigMap' ? (data['config.yaml'] ?? []) : []))
    .map((text: string) => {
      const config = parse(text);
      expect(otelProblems(config)).toEqual([]);
      return config;
    });
}

function unknownFields(kind: string, [id, fields]: [string, any]): string[] {
  const known = FIELDS[`${kind} ${id.split('/')[0]}`]?.split(/\s+/);
  return known
    ? Object.keys(fields).flatMap((field) => (known.includes(field) ? [] : [`${id}: unknown "${field}"`]))
    : [`unknown ${kind} "${id}"`];
}

/** A dollar sign that is neither doubled nor a variable stands for what nobody meant. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}
