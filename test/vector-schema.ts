import { type Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';

/**
 * The fields of the components that the library itself writes, from the reference of Vector 0.58.
 *
 * @see https://vector.dev/docs/reference/configuration/
 */
const FIELDS: { readonly [component: string]: string } = {
  'source file': `include exclude read_from max_line_bytes max_read_bytes host_key file_key multiline fingerprint
    glob_minimum_cooldown_ms ignore_older_secs ignore_checkpoints oldest_first remove_after_secs rotate_wait_secs data_dir
    line_delimiter offset_key encoding`,
  'transform remap':
    'inputs source file drop_on_error drop_on_abort reroute_dropped metric_tag_values runtime timezone',
  'transform filter': 'inputs condition',
  'transform throttle': 'inputs threshold window_secs key_field exclude internal_metrics',
  'sink console': 'inputs target encoding framing',
  'sink loki': `inputs endpoint path labels structured_metadata tenant_id encoding compression out_of_order_action
    remove_label_fields remove_timestamp auth batch request tls healthcheck`,
  'sink elasticsearch': `inputs endpoints mode bulk api_version auth aws batch compression data_stream distribution
    doc_type encoding id_key metrics opensearch_service_type pipeline query request request_retry_partial tls healthcheck`,
  'sink http': `inputs uri method auth batch compression encoding framing headers payload_prefix payload_suffix request tls
    healthcheck retry_strategy`,
  'sink vector': 'inputs address batch compression request tls healthcheck version',
  'sink aws_s3': `inputs bucket region endpoint key_prefix auth acl batch compression content_encoding content_type
    encoding framing filename_append_uuid filename_extension filename_time_format force_path_style request
    server_side_encryption ssekms_key_id storage_class tags timezone tls healthcheck assume_role`,
  'sink datadog_logs': 'inputs default_api_key site endpoint compression encoding batch request tls healthcheck',
};
const TOP_LEVEL = ['data_dir', 'api', 'acknowledgements', 'secret', 'sources', 'transforms', 'sinks'];

/** What Vector would not take, as far as its reference says. */
export function vectorProblems(config: any): string[] {
  const { sources, transforms, sinks } = config;
  const inputs = new Set([...Object.keys(sources), ...Object.keys(transforms)]);
  const consumed = new Set([...Object.values<any>(transforms), ...Object.values<any>(sinks)].flatMap((c) => c.inputs));
  return [
    ...Object.keys(config).filter((key) => !TOP_LEVEL.includes(key)),
    ...Object.entries<any>(sources).flatMap((entry) => unknownFields('source', entry)),
    ...Object.entries<any>(transforms).flatMap((entry) => unknownFields('transform', entry)),
    ...Object.entries<any>(sinks).flatMap((entry) => unknownFields('sink', entry)),
    ...[...consumed].filter((input) => !inputs.has(input)).map((input) => `nobody gives "${input}"`),
    ...[...inputs].filter((input) => !consumed.has(input)).map((input) => `nobody takes "${input}"`),
    ...[...inputs, ...Object.keys(sinks)].filter((id) => id.includes('.')).map((id) => `"${id}" has a dot`),
    ...Object.values<any>(sinks).flatMap(bufferProblems),
  ];
}

/** The only configuration of Vector in a chart, after the check against its reference has found nothing. */
export function vectorConfig(chart: Chart): any {
  const [config, ...others] = vectorConfigs(chart);
  expect(others).toEqual([]);
  return config;
}

/** All configurations of Vector in a chart. */
export function vectorConfigs(chart: Chart): any[] {
  const texts = Testing.synth(chart).flatMap(({ kind, data }) =>
    kind === 'ConfigMap' ? (data['vector.yaml'] ?? []) : [],
  );
  return texts.map((text: string) => {
    const config = parse(text);
    expect(vectorProblems(config)).toEqual([]);
    return config;
  });
}

function unknownFields(kind: string, [id, { type, buffer, ...fields }]: [string, any]): string[] {
  const known = FIELDS[`${kind} ${type}`]?.split(/\s+/);
  return known
    ? Object.keys(fields).flatMap((field) => (known.includes(field) ? [] : [`${id}: unknown "${field}"`]))
    : [`${id}: unknown ${kind} "${type}"`];
}

function bufferProblems({ buffer }: any): string[] {
  return buffer && !(buffer.type === 'disk' && buffer.max_size >= 268435488 && buffer.when_full === 'block')
    ? [`buffer ${JSON.stringify(buffer)}`]
    : [];
}
