import { Yaml } from 'cdk8s';
import { memoize } from '../../../private/memo';
import type { Settings } from '../../kit/settings';

/** A plugin of the pipeline. */
export interface Plugin {
  readonly name: string;
  readonly properties: Settings;
}

/** Files of one pattern. */
export interface Source {
  readonly container: string;
  readonly path: string;
  readonly tag: string;
  readonly excludePath?: string;
  readonly format?: {
    readonly type: string;
    readonly expression?: string;
    readonly timeKey?: string;
    readonly timeFormat?: string;
  };
  readonly multiline?: { readonly type: string; readonly firstLine?: string };
}

/** A whole agent. */
export interface Agent {
  readonly port: number;
  /** Seconds between two looks for new files. */
  readonly refreshSeconds: number;
  readonly graceSeconds: number;
  readonly stateDirectory: string;
  readonly bufferMebibytes: number;
  readonly sources: readonly Source[];
  readonly filters: readonly Plugin[];
  readonly outputs: readonly Plugin[];
}

/** The variables from which each record gets the identity of its pod. */
const POD_FIELDS = [
  { field: 'pod_name', variable: 'POD_NAME' },
  { field: 'namespace_name', variable: 'POD_NAMESPACE' },
  { field: 'node_name', variable: 'NODE_NAME' },
] as const;

/**
 * The configuration of Fluent Bit in its YAML format. It holds no data twice by reference, which would be written as a
 * YAML alias: Fluent Bit reads none.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
 */
export const renderFluentBit = memoize((agent: Agent): string => {
  const parsers = agent.sources.flatMap(toParsers);
  const multilineParsers = agent.sources.flatMap(toMultilineParsers);
  return Yaml.stringify({
    service: toService(agent),
    ...(parsers.length > 0 ? { parsers } : {}),
    ...(multilineParsers.length > 0 ? { multiline_parsers: multilineParsers } : {}),
    pipeline: {
      inputs: agent.sources.map((source) => toTailInput(agent, source)),
      filters: [
        ...agent.sources.flatMap((source) => toSourceFilters(agent, source)),
        ...agent.filters.map(({ name, properties }) => ({ name, match: '*', ...structuredClone(properties) })),
      ],
      outputs: agent.outputs.map(({ name, properties }, index) => ({
        name,
        match: '*',
        retry_limit: 'no_limits',
        ...toBufferSettings(agent, name, index),
        ...structuredClone(properties),
      })),
    },
  });
});

function toService(agent: Agent): object {
  return {
    flush: 1,
    grace: agent.graceSeconds,
    hot_reload: 'off',
    http_server: 'on',
    http_listen: '0.0.0.0',
    http_port: agent.port,
    'scheduler.cap': 30,
    'storage.path': `${agent.stateDirectory}/buffer`,
    'storage.max_chunks_up': 16,
    'storage.backlog.mem_limit': '8M',
    'storage.backlog.flush_on_shutdown': 'on',
  };
}

/** The S3 output keeps files of its own instead of the engine's chunks, each output in a directory of its own. */
function toBufferSettings({ stateDirectory, bufferMebibytes }: Agent, output: string, index: number): object {
  const limit = `${bufferMebibytes}M`;
  return output === 's3'
    ? { store_dir: `${stateDirectory}/s3-${index + 1}`, store_dir_limit_size: limit }
    : { 'storage.total_limit_size': limit };
}

function toTailInput(agent: Agent, { path, tag, excludePath, multiline }: Source): object {
  return {
    name: 'tail',
    tag,
    path,
    ...(excludePath ? { exclude_path: excludePath } : {}),
    path_key: 'file',
    db: `${agent.stateDirectory}/${tag}.db`,
    'db.locking': 'on',
    read_from_head: 'on',
    refresh_interval: agent.refreshSeconds,
    rotate_wait: 30,
    buffer_max_size: '1M',
    skip_long_lines: 'on',
    'storage.type': 'filesystem',
    ...(multiline
      ? { 'multiline.parser': multiline.firstLine === undefined ? multiline.type : `${tag}-multiline` }
      : {}),
  };
}

function toParsers({ tag, format }: Source): object[] {
  if (!format) {
    return [];
  }
  return [
    {
      name: `${tag}-format`,
      format: format.expression === undefined ? 'json' : 'regex',
      ...(format.expression === undefined ? {} : { regex: format.expression }),
      ...(format.timeKey === undefined ? {} : { time_key: format.timeKey, time_format: format.timeFormat }),
      ...(format.type === 'nginx' ? { types: 'code:integer size:integer' } : {}),
    },
  ];
}

/** A record takes its first line and then every line that is not another first line. */
function toMultilineParsers({ tag, multiline }: Source): object[] {
  if (multiline?.firstLine === undefined) {
    return [];
  }
  return [
    {
      name: `${tag}-multiline`,
      type: 'regex',
      flush_timeout: 1000,
      rules: [
        { state: 'start_state', regex: `/${multiline.firstLine}/`, next_state: 'continued' },
        { state: 'continued', regex: `/^(?!.*(?:${multiline.firstLine}))/`, next_state: 'continued' },
      ],
    },
  ];
}

/** The OpenTelemetry output sends the line itself, which the parser would otherwise consume. */
function toSourceFilters({ outputs }: Agent, { tag, container, format }: Source): object[] {
  const keepsLine = outputs.some(({ name }) => name === 'opentelemetry') ? { preserve_key: 'on' } : {};
  const parse = {
    name: 'parser',
    match: tag,
    key_name: 'log',
    parser: `${tag}-format`,
    reserve_data: 'on',
    ...keepsLine,
  };
  return [
    ...(format ? [parse] : []),
    {
      name: 'record_modifier',
      match: tag,
      remove_key: [...POD_FIELDS.map(({ field }) => field), 'container_name'],
      record: [...POD_FIELDS.map(({ field, variable }) => `${field} "\${${variable}}"`), `container_name ${container}`],
    },
  ];
}
