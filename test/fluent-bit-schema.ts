import { type Chart, Testing } from 'cdk8s';
import { parseDocument, visit } from 'yaml';
import { type Container, findPodTemplate, listContainers, type PodSpec } from '../src/pod/manifest/pod-template';
import { containsPath } from '../src/private/paths';
import { WORKLOADS } from './support';

const DOCS = 'https://docs.fluentbit.io/manual';
const YAML_DOCS = `${DOCS}/administration/configuring-fluent-bit/yaml`;

/** Properties by name, and those of them that may be given several times: as a list. */
interface Schema {
  readonly source: string;
  readonly properties: readonly string[];
  readonly lists?: readonly string[];
}

const TOP_LEVEL = ['env', 'service', 'includes', 'parsers', 'multiline_parsers', 'pipeline'];

const SERVICE: Schema = {
  source: `${YAML_DOCS}/service-section`,
  properties:
    `flush grace log_level hot_reload http_server http_listen http_port scheduler.base scheduler.cap storage.path
    storage.sync storage.max_chunks_up storage.backlog.mem_limit storage.backlog.flush_on_shutdown`.split(/\s+/),
};
const PARSER: Schema = {
  source: `${YAML_DOCS}/parsers-section`,
  properties: 'name format regex time_key time_format time_keep types skip_empty_values'.split(' '),
};
const MULTILINE_PARSER: Schema = {
  source: `${YAML_DOCS}/multiline-parsers-section`,
  properties: 'name type flush_timeout rules'.split(' '),
  lists: ['rules'],
};
const BUILT_IN_MULTILINE = ['docker', 'cri', 'go', 'java', 'python', 'ruby'];

const INPUTS: Record<string, Schema> = {
  tail: {
    source: `${DOCS}/pipeline/inputs/tail`,
    properties:
      `tag tag_regex path exclude_path path_key offset_key db db.sync db.locking read_from_head refresh_interval
      rotate_wait buffer_chunk_size buffer_max_size skip_long_lines mem_buf_limit storage.type parser
      multiline.parser`.split(/\s+/),
  },
};
const FILTERS: Record<string, Schema> = {
  parser: {
    source: `${DOCS}/pipeline/filters/parser`,
    properties: 'match key_name parser preserve_key reserve_data'.split(' '),
  },
  record_modifier: {
    source: `${DOCS}/pipeline/filters/record-modifier`,
    properties: 'match record remove_key allowlist_key'.split(' '),
    lists: ['record', 'remove_key'],
  },
  grep: {
    source: `${DOCS}/pipeline/filters/grep`,
    properties: 'match regex exclude logical_op'.split(' '),
    lists: ['regex', 'exclude'],
  },
};

/** @see https://docs.fluentbit.io/manual/administration/transport-security and administration/scheduling-and-retries */
const ANY_OUTPUT = 'match retry_limit workers storage.total_limit_size'.split(' ');
const NETWORK = 'host port tls tls.verify tls.verify_hostname tls.ca_file'.split(' ');
const HTTP_CLIENT = [...NETWORK, 'http_user', 'http_passwd'];
const SEARCH = `index path suppress_type_name replace_dots logstash_format logstash_prefix generate_id compress`.split(
  ' ',
);

const OUTPUTS: Record<string, Schema> = {
  stdout: {
    source: `${DOCS}/pipeline/outputs/standard-output`,
    properties: 'format json_date_key json_date_format'.split(' '),
  },
  forward: {
    source: `${DOCS}/pipeline/outputs/forward`,
    properties: [...NETWORK, ...'require_ack_response compress username password shared_key self_hostname'.split(' ')],
  },
  http: {
    source: `${DOCS}/pipeline/outputs/http`,
    properties: [...HTTP_CLIENT, ...'uri format json_date_key json_date_format header compress'.split(' ')],
    lists: ['header'],
  },
  loki: {
    source: `${DOCS}/pipeline/outputs/loki`,
    properties: [...HTTP_CLIENT, ...'uri tenant_id labels label_keys line_format bearer_token header'.split(' ')],
    lists: ['header'],
  },
  es: { source: `${DOCS}/pipeline/outputs/elasticsearch`, properties: [...HTTP_CLIENT, ...SEARCH, 'http_api_key'] },
  opensearch: { source: `${DOCS}/pipeline/outputs/opensearch`, properties: [...HTTP_CLIENT, ...SEARCH] },
  opentelemetry: {
    source: `${DOCS}/pipeline/outputs/opentelemetry`,
    properties: [...HTTP_CLIENT, ...'logs_uri logs_body_key logs_body_key_attributes header compress'.split(' ')],
    lists: ['header'],
  },
  s3: {
    source: `${DOCS}/pipeline/outputs/s3`,
    properties: `bucket region endpoint s3_key_format total_file_size upload_timeout store_dir store_dir_limit_size
      compression use_put_object`.split(/\s+/),
  },
  splunk: {
    source: `${DOCS}/pipeline/outputs/splunk`,
    properties: [...HTTP_CLIENT, 'splunk_token', 'splunk_send_raw'],
  },
};

/** What Fluent Bit, or the container it runs in, has against a configuration. Knows nothing of how it was generated. */
export function fluentBitProblems(text: string, agent: Container): string[] {
  const document = parseDocument(text);
  const config = document.toJS();
  const aliases: string[] = [];
  visit(document, { Alias: (_, { source }) => void aliases.push(`alias *${source}, which Fluent Bit cannot load`) });
  const { inputs = [], filters = [], outputs = [] } = config.pipeline ?? {};
  return [
    ...document.errors.map(({ code }) => `not YAML: ${code}`),
    ...aliases,
    ...Object.keys(config).flatMap((key) => unless(TOP_LEVEL.includes(key), `unknown top-level key ${key}`)),
    ...Object.keys(config.pipeline ?? {}).flatMap((key) =>
      unless(['inputs', 'filters', 'outputs'].includes(key), `unknown pipeline key ${key}`),
    ),
    ...propertyProblems('service', SERVICE, config.service ?? {}),
    ...(config.parsers ?? []).flatMap((parser: any) => propertyProblems('parsers', PARSER, parser)),
    ...(config.multiline_parsers ?? []).flatMap((parser: any) =>
      propertyProblems('multiline_parsers', MULTILINE_PARSER, parser),
    ),
    ...pluginProblems(INPUTS, inputs, []),
    ...pluginProblems(FILTERS, filters, []),
    ...pluginProblems(OUTPUTS, outputs, ANY_OUTPUT),
    ...referenceProblems(config, inputs, filters, outputs),
    ...variableProblems(config, agent),
    ...storageProblems(config, agent, inputs, outputs),
  ];
}

/** The configuration of each Fluent Bit of a chart, by the name of its workload and container. Fails where one is wrong. */
export function fluentBitConfigs(chart: Chart): Record<string, any> {
  const manifests = Testing.synth(chart);
  const texts = manifests
    .filter(({ kind }) => kind in WORKLOADS)
    .flatMap((workload) => {
      const { spec } = findPodTemplate(workload);
      return listContainers(spec).flatMap((agent) => {
        const text = configMapOf(manifests, spec, agent)?.data['fluent-bit.yaml'];
        return text === undefined ? [] : [{ id: `${workload.metadata.name}/${agent.name}`, text, agent }];
      });
    });
  expect(texts.flatMap(({ text, agent }) => fluentBitProblems(text, agent))).toEqual([]);
  return Object.fromEntries(texts.map(({ id, text }) => [id, parseDocument(text).toJS()]));
}

/** The configuration of the only Fluent Bit of a chart. Fails where it is wrong. */
export function fluentBitConfig(chart: Chart): any {
  const [config, ...others] = Object.values(fluentBitConfigs(chart));
  expect(others).toEqual([]);
  return config;
}

function configMapOf(manifests: any[], spec: PodSpec, { volumeMounts = [], args }: Container): any {
  const mounted = volumeMounts.filter(({ mountPath }) =>
    containsPath(mountPath, (args as string[] | undefined)?.[1] ?? '/'),
  );
  const names = (spec.volumes ?? [])
    .filter(({ name }) => mounted.some((mount) => mount.name === name))
    .map(({ configMap }) => (configMap as any)?.name);
  return manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && names.includes(metadata.name));
}

function propertyProblems(where: string, { properties, lists = [] }: Schema, given: Record<string, unknown>): string[] {
  return Object.entries(given).flatMap(([name, value]) => [
    ...unless(properties.includes(name.toLowerCase()), `unknown property ${name} of ${where}`),
    ...unless(!Array.isArray(value) || lists.includes(name), `property ${name} of ${where} takes no list`),
    ...unless(value !== null && value !== undefined, `property ${name} of ${where} has no value`),
  ]);
}

function pluginProblems(known: Record<string, Schema>, plugins: any[], general: readonly string[]): string[] {
  return plugins.flatMap(({ name, ...properties }) => {
    const schema = known[name];
    return schema
      ? propertyProblems(name, { ...schema, properties: [...schema.properties, ...general] }, properties)
      : [`unknown plugin ${name}`];
  });
}

function referenceProblems(config: any, inputs: any[], filters: any[], outputs: any[]): string[] {
  const namesOf = (parsers: any[] = []) => parsers.map(({ name }) => name);
  const parsers = namesOf(config.parsers);
  const multiline = [...BUILT_IN_MULTILINE, ...namesOf(config.multiline_parsers)];
  const tags = inputs.flatMap(listTags);
  return [
    ...twice('parser', parsers),
    ...twice('multiline parser', multiline),
    ...twice('tag', tags),
    ...twice(
      'db',
      inputs.map(({ db }) => db),
    ),
    ...twice(
      'store_dir',
      outputs.flatMap(({ store_dir }) => store_dir ?? []),
    ),
    ...[...inputs, ...filters].flatMap(({ parser }) =>
      unless(!parser || parsers.includes(parser), `no parser ${parser}`),
    ),
    ...inputs.flatMap(({ 'multiline.parser': parser }) =>
      unless(!parser || multiline.includes(parser), `no multiline parser ${parser}`),
    ),
    ...filters.flatMap(({ match }) => unless(match === '*' || tags.includes(match), `no input has the tag ${match}`)),
  ];
}

/** The tags of the records of an input: what its expression finds in each path stands in the place of its name. */
function listTags({ tag, tag_regex, path }: any): string[] {
  const found = String(path)
    .split(',')
    .map((each) => new RegExp(tag_regex).exec(each.replace(/\[0-9\]/g, '1'))?.groups ?? {});
  return tag_regex === undefined
    ? [tag]
    : [...new Set(found.map((groups) => tag.replace(/<(\w+)>/g, (_: string, name: string) => groups[name] ?? '_')))];
}

/** Parsers know no variables, so that what looks like one there is a part of the expression. */
function variableProblems({ service, pipeline }: any, { env = [] }: Container): string[] {
  const text = JSON.stringify([service, pipeline]);
  return [...text.matchAll(/\$\{([^}]*)\}/g)].flatMap(([reference, name]) =>
    unless(
      env.some((variable) => variable.name === name),
      `${reference} is not in the environment`,
    ),
  );
}

function storageProblems({ service }: any, { volumeMounts = [] }: Container, inputs: any[], outputs: any[]): string[] {
  const mountOf = (path: string) => volumeMounts.find(({ mountPath }) => containsPath(mountPath, path));
  const state = mountOf(service?.['storage.path'] ?? '');
  const tailed: string[] = inputs.flatMap(({ path }) => String(path).split(','));
  const kept = [...inputs.map(({ db }) => db), ...outputs.flatMap(({ store_dir }) => store_dir ?? [])];
  return [
    ...unless(state && !state.readOnly, 'storage.path is on no writable volume'),
    ...kept.flatMap((path) =>
      unless(state && containsPath(state.mountPath, String(path)), `${path} is not on the state volume`),
    ),
    ...tailed.flatMap((path) => [
      ...unless(mountOf(path)?.readOnly, `${path} is on no read-only volume`),
      ...unless(mountOf(path)?.name !== state?.name, `${path} is on the state volume`),
    ]),
  ];
}

function twice(what: string, names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two times ${what} ${name}`);
}

function unless(fine: unknown, problem: string): string[] {
  return fine ? [] : [problem];
}

/** The paths of the files that inputs read, but for those of rotated ones. */
export function tailedPaths({ pipeline }: any): string[] {
  const paths: string[] = pipeline.inputs.flatMap(({ path }: any) => path.split(','));
  return paths.filter((path) => !path.endsWith(']'));
}
