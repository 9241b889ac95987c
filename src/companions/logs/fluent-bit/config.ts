import { Yaml } from 'cdk8s';
import { memoize } from '../../../private/memo';
import { type AgentConfig, type LogSource, POD_FIELDS } from '../../kit/log-source';
import type { Settings } from '../../kit/settings';
import { listTaggedSources, type TaggedSource, toTailInputs } from './tail';

/** A plugin of the pipeline. */
export interface Plugin {
  readonly name: string;
  readonly properties: Settings;
}

/** The parts of the configuration. */
export interface FluentBitConfig extends AgentConfig {
  readonly graceSeconds: number;
  readonly filters: readonly Plugin[];
  readonly outputs: readonly Plugin[];
}

/**
 * The configuration of Fluent Bit in its YAML format. It holds no data twice by reference, which would be written as a
 * YAML alias: Fluent Bit reads none.
 *
 * @see https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/yaml
 */
export const renderFluentBit = memoize((agent: FluentBitConfig): string => {
  const sources = listTaggedSources(agent.sources);
  const parsers = sources.flatMap(toParsers);
  const multilineParsers = sources.flatMap(toMultilineParsers);
  return Yaml.stringify({
    service: toService(agent),
    ...(parsers.length > 0 ? { parsers } : {}),
    ...(multilineParsers.length > 0 ? { multiline_parsers: multilineParsers } : {}),
    pipeline: {
      inputs: toTailInputs(agent, sources),
      filters: [
        ...sources.flatMap((source) => toSourceFilters(agent, source)),
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

function toService(agent: FluentBitConfig): object {
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
function toBufferSettings({ stateDirectory, bufferMebibytes }: FluentBitConfig, output: string, index: number): object {
  const limit = `${bufferMebibytes}M`;
  return output === 's3'
    ? { store_dir: `${stateDirectory}/s3-${index + 1}`, store_dir_limit_size: limit }
    : { 'storage.total_limit_size': limit };
}

function toParsers({ id, format }: LogSource): object[] {
  if (!format) {
    return [];
  }
  return [
    {
      name: `${id}-format`,
      format: format.expression === undefined ? 'json' : 'regex',
      ...(format.expression === undefined ? {} : { regex: format.expression }),
      ...(format.timeKey === undefined ? {} : { time_key: format.timeKey, time_format: format.timeFormat }),
      ...(format.type === 'nginx' ? { types: 'code:integer size:integer' } : {}),
    },
  ];
}

/** A record takes its first line and then every line that is not another first line. */
function toMultilineParsers({ id, multiline }: LogSource): object[] {
  if (multiline?.firstLine === undefined) {
    return [];
  }
  return [
    {
      name: `${id}-multiline`,
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
function toSourceFilters({ outputs }: FluentBitConfig, { id, tag, container, format }: TaggedSource): object[] {
  const keepsLine = outputs.some(({ name }) => name === 'opentelemetry') ? { preserve_key: 'on' } : {};
  const parse = {
    name: 'parser',
    match: tag,
    key_name: 'log',
    parser: `${id}-format`,
    reserve_data: 'on',
    ...keepsLine,
  };
  return [
    ...(format ? [parse] : []),
    {
      name: 'record_modifier',
      match: tag,
      remove_key: [...POD_FIELDS.map(([field]) => field), 'container_name'],
      record: [...POD_FIELDS.map(([field, variable]) => `${field} "\${${variable}}"`), `container_name ${container}`],
    },
  ];
}
