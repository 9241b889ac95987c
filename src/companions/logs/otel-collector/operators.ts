import type { LogFormat, Multiline } from '../../../pod/logs/log-files';

/** Lines that go on a stack trace, wherever they stand. */
const CONTINUATIONS: { readonly [language: string]: string } = {
  java: String.raw`^(?:\s+(?:at |eval at |\.{3} \d+|Suppressed: |Caused by: )|Caused by: )`,
  ruby: String.raw`^\s+(?:\d+: )?from `,
};

/** Whether the collector can tell by a line alone whether it goes on a stack trace of this language. */
export function canJoinLines({ type, firstLine }: Multiline): boolean {
  return firstLine !== undefined || type in CONTINUATIONS;
}

/**
 * The operators of a `file_log` receiver, which join the lines of a stack trace and make attributes of the fields of a
 * line. The line stays as it is.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/pkg/stanza/docs/operators
 */
export function toOperators(format?: LogFormat, multiline?: Multiline): object[] {
  const continuation = multiline && CONTINUATIONS[multiline.type];
  return [...(continuation ? [toRecombineOperator(continuation)] : []), ...(format ? [toParserOperator(format)] : [])];
}

/** A dollar sign that the collector does not take for the beginning of a variable. */
export function escapeDollars(text: string): string {
  return text.replace(/\$/g, '$$$$');
}

/** The expression stands in a string of the expression language. */
function toRecombineOperator(continuation: string): object {
  return {
    type: 'recombine',
    combine_field: 'body',
    is_first_entry: escapeDollars(`not (body matches ${JSON.stringify(continuation)})`),
    source_identifier: 'attributes["log.file.path"]',
    force_flush_period: '1s',
  };
}

function toParserOperator({ expression, timeKey, timeFormat }: LogFormat): object {
  const type =
    expression === undefined ? { type: 'json_parser' } : { type: 'regex_parser', regex: escapeDollars(expression) };
  const timestamp = timeKey === undefined ? {} : { timestamp: toTimestampParser(timeKey, timeFormat!) };
  return { ...type, on_error: 'send_quiet', ...timestamp };
}

/** Seconds since 1970 are no layout but a type of their own, which has another meaning for `%s`. */
function toTimestampParser(timeKey: string, timeFormat: string): object {
  const field = { parse_from: escapeDollars(`attributes[${JSON.stringify(timeKey)}]`) };
  const epoch = { '%s': 's', '%s.%L': 's.ms' }[timeFormat];
  return epoch === undefined
    ? { ...field, layout_type: 'strptime', layout: escapeDollars(timeFormat), location: 'UTC' }
    : { ...field, layout_type: 'epoch', layout: epoch };
}
