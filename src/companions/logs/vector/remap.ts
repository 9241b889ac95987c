import type { LogFormat } from '../../../pod/logs/log-files';

/** The variables from which each record gets the identity of its pod. */
const POD_FIELDS = [
  ['pod_name', 'POD_NAME'],
  ['namespace_name', 'POD_NAMESPACE'],
  ['node_name', 'NODE_NAME'],
] as const;

/**
 * The program that makes a record of a line: it finds the fields of the line and adds the identity of the pod, which wins
 * over fields of the same name. A line that has not the format is kept whole in `message`.
 *
 * @see https://vector.dev/docs/reference/vrl/
 */
export function renderRecordProgram(container: string, format?: LogFormat): string {
  return [...(format ? toParsingLines(format) : []), ...toIdentityLines(container)].join('\n');
}

function toIdentityLines(container: string): string[] {
  return [
    ...POD_FIELDS.map(([field, variable]) => `.${field} = get_env_var!("${variable}")`),
    `.container_name = "${container}"`,
  ];
}

function toParsingLines(format: LogFormat): string[] {
  return [
    'line = to_string(.message) ?? ""',
    ...(format.expression === undefined ? listJsonFieldLines() : toExpressionFieldLines(format.expression)),
    'if fields != {} {',
    '  del(.message)',
    '  . = merge(., fields)',
    ...(format.type === 'nginx' ? ['code', 'size'].map((field) => `  .${field} = to_int(.${field}) ?? .${field}`) : []),
    ...toTimeLines(format).map((step) => `  ${step}`),
    '}',
  ];
}

function listJsonFieldLines(): string[] {
  return ['fields = object(parse_json(line) ?? {}) ?? {}'];
}

/** A group that takes no part in a match gives no field. */
function toExpressionFieldLines(expression: string): string[] {
  const literal = expression.replace(/\\.|'/g, (part) => (part === "'" ? "\\'" : part));
  return [
    `fields = parse_regex(line, r'${literal}') ?? {}`,
    'fields = filter(fields) -> |_name, value| { value != null }',
  ];
}

/** A time that reads becomes the time of the record, and leaves its field. */
function toTimeLines({ timeKey, timeFormat }: LogFormat): string[] {
  if (timeKey === undefined) {
    return [];
  }
  const field = /^[A-Za-z_]\w*$/.test(timeKey) ? `.${timeKey}` : `.${JSON.stringify(timeKey)}`;
  return [
    `time, unread = parse_timestamp(to_string(${field}) ?? "", ${JSON.stringify(toChronoFormat(timeFormat!))})`,
    'if unread == null {',
    `  del(${field})`,
    '  .timestamp = time',
    '}',
  ];
}

/** `%L`, the fraction of a second, has another name in VRL, which takes the "." before it as its part. */
function toChronoFormat(timeFormat: string): string {
  return timeFormat.replace(/\.%L/g, '%.f').replace(/%L/g, '%3f');
}
