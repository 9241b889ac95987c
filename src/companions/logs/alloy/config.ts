import type { LogFormat, Multiline } from '../../../pod/logs/log-files';
import { memoize } from '../../../private/memo';
import { GO, translateExpression } from '../../../software/expressions';
import { toGoTimeLayout } from '../../../software/go-time';
import { type AlloyValue, type Attribute, type Block, environmentVariable, reference, writeBlocks } from './syntax';

/** Files of one pattern. */
export interface Source {
  readonly container: string;
  readonly path: string;
  readonly id: string;
  readonly rotatedPaths: readonly string[];
  readonly format?: LogFormat;
  readonly multiline?: Multiline;
}

/** A Loki, with what its plain settings and its credentials are called in the configuration. */
export interface LokiEndpoint {
  readonly url: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly tenantId?: string;
  readonly username?: string;
  readonly password?: string;
  readonly bearerToken?: string;
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
  const receivers = endpoints.map((_, index) => reference('loki', 'write', endpointLabel(index), 'receiver'));
  return writeBlocks([
    ...sources.flatMap((source) => pipeline(source, receivers)),
    ...endpoints.map((endpoint, index) => write(endpoint, endpointLabel(index))),
  ]);
});

function endpointLabel(index: number): string {
  return `loki_${index + 1}`;
}

/** How often a file is looked at: what was written later than that before the end is not read. */
const FILE_WATCH: Block = {
  name: 'file_watch',
  body: [
    ['min_poll_frequency', '100ms'],
    ['max_poll_frequency', '100ms'],
  ],
};

/** An id as a label of components, which also names the directory of their positions. */
function labelOf(id: string): string {
  return id
    .replace('.', '__')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
}

function pipeline(source: Source, receivers: readonly AlloyValue[]): Block[] {
  const label = labelOf(source.id);
  const stages = stagesOf(source);
  const target = {
    __path__: source.path,
    ...(source.rotatedPaths.length > 0 ? { __path_exclude__: anyOf(source.rotatedPaths) } : {}),
    container: source.container,
  };
  const forward = stages.length > 0 ? [reference('loki', 'process', label, 'receiver')] : receivers;
  return [
    block('local.file_match', label, [
      ['path_targets', [target]],
      ['sync_period', '1s'],
    ]),
    block('loki.source.file', label, [
      ['targets', reference('local', 'file_match', label, 'targets')],
      ['forward_to', forward],
      FILE_WATCH,
    ]),
    ...(stages.length > 0 ? [block('loki.process', label, [['forward_to', receivers], ...stages])] : []),
  ];
}

function block(name: string, label: string | undefined, body: readonly (Attribute | Block)[]): Block {
  return { name, label, body };
}

/** One pattern for several, as Alloy takes it. */
function anyOf(patterns: readonly string[]): string {
  return patterns.length === 1 ? patterns[0]! : `{${patterns.join()}}`;
}

/** Lines are joined first; then the time of the record is looked for. */
function stagesOf({ format, multiline }: Source): Block[] {
  const joined: Attribute[] = [
    ['firstline', multiline?.firstLine ?? ''],
    ['max_wait_time', '1s'],
    ['max_lines', 1000],
  ];
  return [
    ...(multiline ? [block('stage.multiline', undefined, joined)] : []),
    ...(format?.timeKey === undefined ? [] : timeOf(format, format.timeKey, multiline !== undefined)),
  ];
}

function timeOf({ expression, timeFormat }: LogFormat, timeKey: string, isMultiline: boolean): Block[] {
  const found =
    expression === undefined
      ? block('stage.json', undefined, [['expressions', { [timeKey]: JSON.stringify(timeKey) }]])
      : block('stage.regex', undefined, [['expression', regexOf(expression, isMultiline)]]);
  const time: Attribute[] = [
    ['source', timeKey],
    ['format', layoutOf(timeFormat!)!],
    ['action_on_failure', 'skip'],
  ];
  return [found, block('stage.timestamp', undefined, time)];
}

/** In the dialect of a format, `^` and `$` stand for the ends of a line. */
function regexOf(expression: string, isMultiline: boolean): string {
  const translation = translateExpression(expression, GO);
  const text = typeof translation === 'string' ? expression : translation.text;
  return isMultiline ? `(?m)${text}` : text;
}

function layoutOf(format: string): string | undefined {
  return format === '%s' ? 'Unix' : toGoTimeLayout(format);
}

/** The queue in memory is drained when Alloy stops; a request is tried until it succeeds, or is refused for good. */
function write({ url, labels, tenantId, username, password, bearerToken }: LokiEndpoint, label: string): Block {
  const variable = (name: string, value?: string): Attribute[] =>
    value === undefined ? [] : [[name, environmentVariable(value)]];
  const basic = [...variable('username', username), ...variable('password', password)];
  const identity = {
    namespace: environmentVariable('POD_NAMESPACE'),
    pod: environmentVariable('POD_NAME'),
    node: environmentVariable('NODE_NAME'),
  };
  return block('loki.write', label, [
    ['external_labels', { ...labels, ...identity }],
    block('endpoint', undefined, [
      ['url', url],
      ...(tenantId === undefined ? [] : [['tenant_id', tenantId] as const]),
      ...variable('bearer_token', bearerToken),
      ['max_backoff_period', '30s'],
      ['max_backoff_retries', 0],
      ...(basic.length > 0 ? [block('basic_auth', undefined, basic)] : []),
    ]),
  ]);
}

/** What of a format or of how lines are joined Alloy cannot express, in the words of the user. */
export function alloyProblem(format?: LogFormat, multiline?: Multiline): string | undefined {
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
  return layoutOf(format.timeFormat!) === undefined
    ? `\`timeFormat\` "${format.timeFormat}" cannot be told to Alloy; use "%s", or conversions of date and time with signs between them`
    : undefined;
}
