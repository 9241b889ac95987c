import { CONTINUED_LINES } from '../../../software/expressions';
import { type Item, renderSections, type Section, Variable } from './syntax';

/** Files of one pattern. */
export interface Source {
  readonly container: string;
  readonly path: string;
  readonly tag: string;
  readonly rotatedPaths: readonly string[];
  readonly format?: {
    readonly type: string;
    readonly expression?: string;
    readonly timeKey?: string;
    readonly timeFormat?: string;
  };
  readonly multiline?: { readonly type: string; readonly firstLine?: string };
}

/** An output plugin: its parameters and sections. */
export interface Output {
  readonly type: string;
  readonly items: readonly Item[];
}

/** A whole agent. */
export interface Agent {
  readonly port: number;
  readonly stateDirectory: string;
  readonly bufferMebibytes: number;
  readonly sources: readonly Source[];
  readonly outputs: readonly Output[];
}

/** The variables from which each record gets the identity of its pod. */
const POD_FIELDS = [
  ['pod_name', new Variable('POD_NAME')],
  ['namespace_name', new Variable('POD_NAMESPACE')],
  ['node_name', new Variable('NODE_NAME')],
] as const;

/** The size of a chunk, which is held in memory while it is sent. */
const CHUNK_MEBIBYTES = 4;

/**
 * The configuration of Fluentd. Its own messages stay in its standard error, so that none of them is shipped.
 *
 * @see https://docs.fluentd.org/configuration/config-file
 */
export function renderFluentd(agent: Agent): string {
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
function toMonitorSource({ port }: Agent): Section {
  const items: Item[] = [
    ['@type', 'monitor_agent'],
    ['bind', '0.0.0.0'],
    ['port', port],
    ['include_config', false],
  ];
  return buildSection('source', '', items);
}

function toTailSource({ stateDirectory }: Agent, { path, tag, rotatedPaths, multiline }: Source): Section {
  return buildSection('source', '', [
    ['@type', 'tail'],
    ['@id', tag],
    ['@label', '@LOGS'],
    ['tag', tag],
    ['path', path],
    ...(rotatedPaths.length > 0 ? [['exclude_path', rotatedPaths] as const] : []),
    ['path_key', 'file'],
    ['pos_file', `${stateDirectory}/${tag}.pos`],
    ['read_from_head', true],
    ['follow_inodes', true],
    ['refresh_interval', 1],
    ['rotate_wait', 30],
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
function toMultilineItems({ type, firstLine }: NonNullable<Source['multiline']>): Item[] {
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
function toFilters({ tag, container, format }: Source): Section[] {
  const identity = buildSection('record', '', [...POD_FIELDS, ['container_name', container]]);
  return [
    ...(format ? [toParserFilter(tag, format)] : []),
    buildSection('filter', tag, [['@type', 'record_transformer'], identity]),
  ];
}

/**
 * A line that does not parse stays whole. Without a time of its own no field is taken for one; a time that cannot be read
 * takes its record out of the stream, which is reported.
 */
function toParserFilter(
  tag: string,
  { type, expression, timeKey, timeFormat }: NonNullable<Source['format']>,
): Section {
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
function toMatchSection(agent: Agent): Section {
  const plugins = agent.outputs.map((output, index) => toPluginItems(agent, output, index));
  return plugins.length === 1
    ? buildSection('match', '**', plugins[0]!)
    : buildSection('match', '**', [['@type', 'copy'], ...plugins.map((items) => buildSection('store', '', items))]);
}

function toPluginItems(agent: Agent, { type, items }: Output, index: number): Item[] {
  const id = `output-${index + 1}`;
  const others = items.filter((item) => !isBuffer(item));
  const buffer = items.filter(isBuffer).flatMap((each) => [...each.items]);
  return [['@type', type], ['@id', id], ...others, ...(type === 'null' ? [] : [toBufferSection(agent, id, buffer)])];
}

function isBuffer(item: Item): item is Section {
  return 'items' in item && item.name === 'buffer';
}

/** A full buffer holds back the input, whose place in the files is kept: nothing is dropped here. */
function toBufferSection({ stateDirectory, bufferMebibytes }: Agent, id: string, more: readonly Item[]): Section {
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
