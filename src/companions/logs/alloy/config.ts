import type { LogFormat, Multiline } from '../../../pod/logs/log-files';
import { memoize } from '../../../private/memo';
import { GO, translateExpression } from '../../../software/expressions';
import { toGoTimeLayout } from '../../../software/go-time';
import {
  type AlloyValue,
  type Attribute,
  type Block,
  renderBlocks,
  toEnvironmentExpression,
  toReference,
} from './syntax';

/** Files of one pattern. */
export interface Source {
  readonly container: string;
  readonly path: string;
  readonly id: string;
  readonly rotatedPaths: readonly string[];
  readonly format?: LogFormat;
  readonly multiline?: Multiline;
}

/** A Loki. Its credentials are the names of variables that hold them. */
export interface LokiEndpoint {
  readonly endpoint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly tenant_id?: string;
  readonly username?: string;
  readonly password?: string;
  readonly bearer_token?: string;
}

/** A whole agent. */
export interface Agent {
  readonly sources: readonly Source[];
  readonly endpoints: readonly LokiEndpoint[];
}

/** The labels that each stream has; a user cannot give them another value. */
export const OWN_LABELS: readonly string[] = ['namespace', 'pod', 'node', 'container', 'filename'];

/**
 * The configuration of Alloy. Lines are sent as they are.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/
 */
export const renderAlloy = memoize(({ sources, endpoints }: Agent): string => {
  const receivers = endpoints.map((_, index) => toReference('loki', 'write', toEndpointLabel(index), 'receiver'));
  return renderBlocks([
    ...sources.flatMap((source) => toPipelineBlocks(source, receivers)),
    ...endpoints.map((endpoint, index) => toLokiWriteBlock(endpoint, toEndpointLabel(index))),
  ]);
});

function toEndpointLabel(index: number): string {
  return `loki_${index + 1}`;
}

/** The interval at which a file is looked at: what was written later than that before the end is not read. */
const FILE_WATCH: Block = {
  name: 'file_watch',
  body: [
    ['min_poll_frequency', '100ms'],
    ['max_poll_frequency', '100ms'],
  ],
};

/** An id as a label of components, which also names the directory of their positions. */
function toComponentLabel(id: string): string {
  return id
    .replace('.', '__')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
}

function toPipelineBlocks(source: Source, receivers: readonly AlloyValue[]): Block[] {
  const label = toComponentLabel(source.id);
  const stages = toStages(source);
  const target = {
    __path__: source.path,
    ...(source.rotatedPaths.length > 0 ? { __path_exclude__: joinPatterns(source.rotatedPaths) } : {}),
    container: source.container,
  };
  const forward = stages.length > 0 ? [toReference('loki', 'process', label, 'receiver')] : receivers;
  return [
    buildBlock('local.file_match', label, [
      ['path_targets', [target]],
      ['sync_period', '1s'],
    ]),
    buildBlock('loki.source.file', label, [
      ['targets', toReference('local', 'file_match', label, 'targets')],
      ['forward_to', forward],
      FILE_WATCH,
    ]),
    ...(stages.length > 0 ? [buildBlock('loki.process', label, [['forward_to', receivers], ...stages])] : []),
  ];
}

function buildBlock(name: string, label: string | undefined, body: readonly (Attribute | Block)[]): Block {
  return { name, label, body };
}

/** One pattern for several, as Alloy takes it. */
function joinPatterns(patterns: readonly string[]): string {
  return patterns.length === 1 ? patterns[0]! : `{${patterns.join()}}`;
}

/** Lines are joined first; then the time of the record is looked for. */
function toStages({ format, multiline }: Source): Block[] {
  const joined: Attribute[] = [
    ['firstline', multiline?.firstLine ?? ''],
    ['max_wait_time', '1s'],
    ['max_lines', 1000],
  ];
  return [
    ...(multiline ? [buildBlock('stage.multiline', undefined, joined)] : []),
    ...(format?.timeKey === undefined ? [] : toTimeStages(format, format.timeKey, multiline !== undefined)),
  ];
}

function toTimeStages({ expression, timeFormat }: LogFormat, timeKey: string, isMultiline: boolean): Block[] {
  const found =
    expression === undefined
      ? buildBlock('stage.json', undefined, [['expressions', { [timeKey]: JSON.stringify(timeKey) }]])
      : buildBlock('stage.regex', undefined, [['expression', toGoRegex(expression, isMultiline)]]);
  const time: Attribute[] = [
    ['source', timeKey],
    ['format', toAlloyTimeLayout(timeFormat!)!],
    ['action_on_failure', 'skip'],
  ];
  return [found, buildBlock('stage.timestamp', undefined, time)];
}

/** In the dialect of a format, `^` and `$` stand for the ends of a line. */
function toGoRegex(expression: string, isMultiline: boolean): string {
  const translation = translateExpression(expression, GO);
  const text = typeof translation === 'string' ? expression : translation.text;
  return isMultiline ? `(?m)${text}` : text;
}

function toAlloyTimeLayout(format: string): string | undefined {
  return format === '%s' ? 'Unix' : toGoTimeLayout(format);
}

/** The queue in memory is drained when Alloy stops; a request is tried until it succeeds, or is refused for good. */
function toLokiWriteBlock(
  { endpoint, labels, tenant_id, username, password, bearer_token }: LokiEndpoint,
  label: string,
): Block {
  const variable = (name: string, value?: string): Attribute[] =>
    value === undefined ? [] : [[name, toEnvironmentExpression(value)]];
  const basic = [...variable('username', username), ...variable('password', password)];
  const identity = {
    namespace: toEnvironmentExpression('POD_NAMESPACE'),
    pod: toEnvironmentExpression('POD_NAME'),
    node: toEnvironmentExpression('NODE_NAME'),
  };
  return buildBlock('loki.write', label, [
    ['external_labels', { ...labels, ...identity }],
    buildBlock('endpoint', undefined, [
      ['url', `${endpoint.replace(/\/$/, '')}/loki/api/v1/push`],
      ...(tenant_id === undefined ? [] : [['tenant_id', tenant_id] as const]),
      ...variable('bearer_token', bearer_token),
      ['max_backoff_period', '30s'],
      ['max_backoff_retries', 0],
      ...(basic.length > 0 ? [buildBlock('basic_auth', undefined, basic)] : []),
    ]),
  ]);
}

/** The part of a format, or of the joining of lines, that Alloy cannot express, in the words of the user. */
export function validateAlloyLogs(format?: LogFormat, multiline?: Multiline): string | undefined {
  if (multiline && multiline.firstLine === undefined) {
    return 'lines of a stack trace cannot be joined by how they go on, because Alloy knows a record by its first line alone; use `Multiline.startingWith`';
  }
  const first = multiline?.firstLine === undefined ? undefined : translateExpression(multiline.firstLine, GO);
  if (typeof first === 'string') {
    return `expression "${multiline!.firstLine}" of a first line has "${first}", which Alloy does not know; write it without`;
  }
  if (format?.timeKey === undefined) {
    return undefined;
  }
  const expression = format.expression === undefined ? undefined : translateExpression(format.expression, GO);
  if (typeof expression === 'string') {
    return `expression "${format.expression}" has "${expression}", which Alloy does not know; write it without`;
  }
  return toAlloyTimeLayout(format.timeFormat!) === undefined
    ? `\`timeFormat\` "${format.timeFormat}" cannot be told to Alloy; use "%s", or conversions of date and time with signs between them`
    : undefined;
}
