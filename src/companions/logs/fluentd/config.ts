import type { LogFormat, Multiline } from '../../../pod/logs/log-files';
import { CONTINUED_LINES } from '../../../software/expressions';
import { type AgentConfig, type LogSource, POD_FIELDS, toRenamedPaths } from '../../kit/log-source';
import { type Item, renderSections, type Section, Variable } from './syntax';

/** An output plugin: its parameters and sections. */
export interface Output {
  readonly type: string;
  readonly items: readonly Item[];
}

/** The parts of the configuration. */
export interface FluentdConfig extends AgentConfig {
  readonly outputs: readonly Output[];
}

/** The size of a chunk, which is held in memory while it is sent. */
const CHUNK_MEBIBYTES = 4;

/** Seconds after which a file that was deleted, or renamed to what no path matches, is closed: minutes, for a burst. */
const ROTATE_WAIT_SECONDS = 300;

/**
 * The configuration of Fluentd. Its own messages stay in its standard error, so that none of them is shipped.
 *
 * @see https://docs.fluentd.org/configuration/config-file
 */
export function renderFluentd(agent: FluentdConfig): string {
  const { sources } = agent;
  return renderSections([
    toMonitorSource(agent),
    ...sources.map((source) => toTailSource(agent, source)),
    buildSection('label', '@LOGS', [...sources.flatMap(toFilters), toMatchSection(agent)]),
    buildSection('label', '@FLUENT_LOG', [buildSection('match', '**', [['@type', 'null']])]),
  ]);
}

function buildSection(name: string, argument: string, items: readonly Item[]): Section {
  return { name, argument, items };
}

/** Its answer holds no configuration, because that shows the credentials in it. */
function toMonitorSource({ port }: FluentdConfig): Section {
  const items: Item[] = [
    ['@type', 'monitor_agent'],
    ['bind', '0.0.0.0'],
    ['port', port],
    ['include_config', false],
  ];
  return buildSection('source', '', items);
}

function toTailSource({ stateDirectory }: FluentdConfig, source: LogSource): Section {
  const { id, multiline } = source;
  const { include, exclude } = toRenamedPaths(source);
  return buildSection('source', '', [
    ['@type', 'tail'],
    ['@id', id],
    ['@label', '@LOGS'],
    ['tag', id],
    // Without it only "*" is a wildcard.
    ['glob_policy', 'extended'],
    ['path', include.join()],
    ...(exclude.length > 0 ? [['exclude_path', exclude] as const] : []),
    ['path_key', 'file'],
    ['pos_file', `${stateDirectory}/${id}.pos`],
    ['read_from_head', true],
    ['follow_inodes', true],
    ['refresh_interval', 1],
    ['rotate_wait', ROTATE_WAIT_SECONDS],
    ...(multiline
      ? toMultilineItems(multiline)
      : [
          buildSection('parse', '', [
            ['@type', 'none'],
            ['message_key', 'log'],
          ]),
        ]),
  ]);
}

/** Lines before the first record are shipped by themselves. */
function toMultilineItems({ type, firstLine }: Multiline): Item[] {
  const first = firstLine ?? `^(?!${CONTINUED_LINES[type]})`;
  const parse: Item[] = [
    ['@type', 'multiline'],
    ['format_firstline', `/${first}/`],
    ['format1', '/^(?<log>.*)/'],
    ['time_key', ''],
  ];
  return [['multiline_flush_interval', '1s'], ['emit_unmatched_lines', true], buildSection('parse', '', parse)];
}

/** A line is parsed before the record gets the identity of the pod, so that the identity wins. */
function toFilters({ id, container, format }: LogSource): Section[] {
  const fields = POD_FIELDS.map(([field, variable]) => [field, new Variable(variable)] as const);
  const identity = buildSection('record', '', [...fields, ['container_name', container]]);
  return [
    ...(format ? [toParserFilter(id, format)] : []),
    buildSection('filter', id, [['@type', 'record_transformer'], identity]),
  ];
}

/**
 * A line that does not parse stays whole. Without a time of its own no field is taken for one; a time that cannot be read
 * takes its record out of the stream, which is reported.
 */
function toParserFilter(tag: string, { type, expression, timeKey, timeFormat }: LogFormat): Section {
  const time: Item[] =
    timeFormat === '%s'
      ? [['time_type', 'float']]
      : [
          ['time_type', 'string'],
          ['time_format', timeFormat ?? ''],
          ['localtime', false],
        ];
  const parse: Item[] = [
    ['@type', expression === undefined ? 'json' : 'regexp'],
    ...(expression === undefined ? [] : [['expression', `/${expression}/`] as const]),
    ['time_key', timeKey ?? ''],
    ...(timeKey === undefined ? [] : time),
    ...(type === 'nginx' ? [['types', 'code:integer,size:integer'] as const] : []),
  ];
  return buildSection('filter', tag, [
    ['@type', 'parser'],
    ['key_name', 'log'],
    ['reserve_data', true],
    ['reserve_time', timeKey === undefined],
    ['remove_key_name_field', true],
    ['emit_invalid_record_to_error', timeKey !== undefined],
    buildSection('parse', '', parse),
  ]);
}

/** All outputs get every record. */
function toMatchSection(agent: FluentdConfig): Section {
  const plugins = agent.outputs.map((output, index) => toPluginItems(agent, output, index));
  return plugins.length === 1
    ? buildSection('match', '**', plugins[0]!)
    : buildSection('match', '**', [['@type', 'copy'], ...plugins.map((items) => buildSection('store', '', items))]);
}

function toPluginItems(agent: FluentdConfig, { type, items }: Output, index: number): Item[] {
  const id = `output-${index + 1}`;
  const others = items.filter((item) => !isBuffer(item));
  const buffer = items.filter(isBuffer).flatMap((each) => [...each.items]);
  return [['@type', type], ['@id', id], ...others, ...(type === 'null' ? [] : [toBufferSection(agent, id, buffer)])];
}

function isBuffer(item: Item): item is Section {
  return 'items' in item && item.name === 'buffer';
}

/** A full buffer holds back the input, whose place in the files is kept: nothing is dropped here. */
function toBufferSection(
  { stateDirectory, bufferMebibytes }: FluentdConfig,
  id: string,
  more: readonly Item[],
): Section {
  return buildSection('buffer', '', [
    ['@type', 'file'],
    ['path', `${stateDirectory}/buffer/${id}`],
    ['chunk_limit_size', `${Math.min(CHUNK_MEBIBYTES, bufferMebibytes)}m`],
    ['total_limit_size', `${bufferMebibytes}m`],
    ['flush_mode', 'interval'],
    ['flush_interval', '1s'],
    ['flush_at_shutdown', true],
    ['retry_forever', true],
    ['retry_max_interval', '30s'],
    ['overflow_action', 'block'],
    ['disable_chunk_backup', true],
    ...more,
  ]);
}

/** The parameters of the buffer that are the agent's own. */
export const OWN_BUFFER_PARAMETERS: readonly string[] = toBufferSection(
  { port: 0, stateDirectory: '', bufferMebibytes: 1, sources: [], outputs: [] },
  '',
  [],
).items.map((item) => ('items' in item ? item.name : item[0]));
