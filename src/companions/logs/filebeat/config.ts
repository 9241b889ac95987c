import { Yaml } from 'cdk8s';
import type { LogFormat, Multiline } from '../../../pod/logs/log-files';
import { LogRotationMethod } from '../../../pod/logs/log-rotation';
import { memoize } from '../../../private/memo';
import { CONTINUED_LINES, GO, translateExpression } from '../../../software/expressions';
import { toGoTimeLayout } from '../../../software/go-time';
import type { AgentConfig, LogSource } from '../../kit/log-source';
import { buildParsingScript, escapeVariables } from './script';

/** The parts of the configuration. */
export interface FilebeatConfig extends AgentConfig {
  readonly flushSeconds: number;
  /** Whether it has a queue on disk; the files alone are its buffer where it has not. */
  readonly diskQueue: boolean;
  /** Field below which the fields of a format are put, or '' for the root of the event. */
  readonly formatField: string;
  readonly processors: readonly object[];
  readonly output: { readonly type: string; readonly settings: object };
}

/** Files that are compressed, which Filebeat would read as text. */
const ARCHIVE = /\.(gz|zip|zst|bz2|xz)$/;

/**
 * The configuration of Filebeat 9. Files are known by their inodes, not by how they begin: those of a pod begin alike and
 * may be short. A deleted file is held open until it is read, so that no other file gets its inode meanwhile: of that one
 * Filebeat would skip the beginning.
 *
 * @see https://www.elastic.co/docs/reference/beats/filebeat/filebeat-input-filestream
 * @see https://www.elastic.co/docs/reference/beats/filebeat/inode-reuse-issue
 */
export const renderFilebeat = memoize((agent: FilebeatConfig): string => {
  const { port, flushSeconds, stateDirectory, sources, processors, output } = agent;
  return Yaml.stringify({
    'filebeat.inputs': sources.map((source) => toFilestreamInput(agent, source)),
    'filebeat.shutdown_timeout': `${flushSeconds}s`,
    ...(processors.length > 0 ? { processors: structuredClone(processors) } : {}),
    ...toQueue(agent),
    [`output.${output.type}`]: structuredClone(output.settings),
    ...(output.type === 'elasticsearch' ? { 'setup.ilm.enabled': false, 'setup.template.enabled': false } : {}),
    'path.data': `${stateDirectory}/data`,
    'path.logs': `${stateDirectory}/logs`,
    'logging.to_stderr': true,
    'logging.metrics.enabled': false,
    'http.enabled': true,
    'http.host': '0.0.0.0',
    'http.port': port,
  });
});

/** The queue of events. Filebeat delivers one in memory when it stops, and not one on disk. */
function toQueue({ diskQueue, bufferMebibytes }: FilebeatConfig): object {
  return diskQueue
    ? { 'queue.disk': { max_size: `${bufferMebibytes}MiB` } }
    : { 'queue.mem': { 'flush.timeout': '1s' } };
}

/**
 * Renamed files are read on, so that none of their lines is lost where Filebeat was behind; but a copy of a file would be
 * shipped twice.
 */
function listPaths({ path, rotation }: LogSource): string[] {
  const copies = rotation?.method === LogRotationMethod.COPY_TRUNCATE;
  return copies ? [path] : [path, `${path}.[0-9]`, `${path}.[0-9][0-9]`];
}

function toFilestreamInput(agent: FilebeatConfig, source: LogSource): object {
  const { container, id, rotatedPaths, format, multiline } = source;
  const excludedPaths = rotatedPaths.filter((path) => ARCHIVE.test(path));
  const parsers = [
    ...(multiline ? [toMultilineParser(multiline)] : []),
    ...(format?.type === 'json' ? [toJsonParser(agent)] : []),
  ];
  return {
    type: 'filestream',
    id,
    paths: listPaths(source).map(escapeVariables),
    'file_identity.native': null,
    'prospector.scanner': {
      'fingerprint.enabled': false,
      check_interval: '1s',
      ...(excludedPaths.length > 0
        ? { exclude_files: excludedPaths.map((path) => escapeVariables(toGlobExpression(path))) }
        : {}),
    },
    'close.on_state_change.removed': false,
    clean_removed: false,
    backoff: { init: '1s', max: '1s' },
    read_until_eof: { enabled: true, timeout: `${agent.flushSeconds}s` },
    ...(parsers.length > 0 ? { parsers } : {}),
    processors: [...(format ? toFieldProcessors(agent, format) : []), toIdentityProcessor(container)],
  };
}

function toJsonParser({ formatField }: FilebeatConfig): object {
  return { ndjson: { target: formatField, add_error_key: true } };
}

function toMultilineParser({ type, firstLine }: Multiline): object {
  return {
    multiline: {
      type: 'pattern',
      pattern: escapeVariables(firstLine ?? `^(?:${CONTINUED_LINES[type]})`),
      negate: firstLine !== undefined,
      match: 'after',
      max_lines: 1000,
      timeout: '1s',
    },
  };
}

/** The processors that make fields and a time of a line; one that does not match stays as it is. */
function toFieldProcessors(
  { formatField }: FilebeatConfig,
  { type, expression, timeKey, timeFormat }: LogFormat,
): object[] {
  const script = expression === undefined ? undefined : buildParsingScript(expression, type, formatField);
  const time = timeKey === undefined ? undefined : (toFilebeatTimeLayout(timeFormat!) as string);
  return [
    ...(script && 'source' in script
      ? [{ script: { lang: 'javascript', source: escapeVariables(script.source) } }]
      : []),
    ...(time === undefined
      ? []
      : [
          {
            timestamp: {
              field: formatField === '' ? timeKey : `${formatField}.${timeKey}`,
              layouts: [time],
              ignore_missing: true,
              ignore_failure: true,
            },
          },
        ]),
  ];
}

/** The fields that Elastic's own integrations have for them. */
function toIdentityProcessor(container: string): object {
  return {
    add_fields: {
      target: 'kubernetes',
      fields: {
        'pod.name': '${POD_NAME}',
        namespace: '${POD_NAMESPACE}',
        'node.name': '${NODE_NAME}',
        'container.name': container,
      },
    },
  };
}

function toFilebeatTimeLayout(format: string): string | undefined {
  return format === '%s' ? 'UNIX' : toGoTimeLayout(format);
}

/** The parts of a format, or of the joining of lines, that Filebeat cannot express, in the words of the user. */
export function validateFilebeatLogs(format?: LogFormat, multiline?: Multiline): string[] {
  const { expression, timeFormat, type = '' } = format ?? {};
  const script = expression === undefined ? undefined : buildParsingScript(expression, type, '');
  const isTimeKnown = timeFormat === undefined || toFilebeatTimeLayout(timeFormat) !== undefined;
  const first = multiline?.firstLine === undefined ? undefined : translateExpression(multiline.firstLine, GO);
  return [
    ...(script && 'foreign' in script
      ? [
          `expression "${expression}" has "${script.foreign}", which Filebeat's JavaScript does not know; write it without`,
        ]
      : []),
    ...(isTimeKnown
      ? []
      : [
          `\`timeFormat\` "${timeFormat}" cannot be told to Filebeat; use "%s", or conversions of date and time with signs between them`,
        ]),
    ...(typeof first === 'string'
      ? [
          `expression "${multiline!.firstLine}" of a first line has "${first}", which Filebeat does not know; write it without`,
        ]
      : []),
  ];
}

/** A shell pattern as the expression that Filebeat excludes files by. */
function toGlobExpression(pattern: string): string {
  return `^${pattern.replace(/\[[^\]]+\]|[^\w/]/g, (token) => {
    const wildcard = token === '*' ? '[^/]*' : token === '?' ? '[^/]' : `\\${token}`;
    return token.length > 1 ? token : wildcard;
  })}$`;
}
