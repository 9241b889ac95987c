import type { Multiline } from '../../../pod/logs/log-files';

/** The setting of Vector that joins lines. */
export interface VectorMultiline {
  readonly start_pattern: string;
  readonly condition_pattern: string;
  readonly mode: 'continue_through' | 'continue_past' | 'halt_before';
  readonly timeout_ms: number;
}

/** The time that Vector waits for the next line of a record. */
const TIMEOUT = { timeout_ms: 1000 };

/**
 * The lines after the first line of a panic: the signal, the goroutines, their calls and where those are, empty
 * lines.
 */
const GO_FRAMES = String.raw`^(?:$|\[signal |goroutine \d+ |\S+\(.*\)$|\t|created by |\.\.\.|exit status )`;

const LANGUAGES: { readonly [language: string]: Omit<VectorMultiline, 'timeout_ms'> } = {
  java: {
    start_pattern: String.raw`^\S`,
    condition_pattern: String.raw`^(?:\s+(?:at |eval at |\.{3} \d+|Suppressed: |Caused by: )|Caused by: )`,
    mode: 'continue_through',
  },
  // The line after the frames names the exception.
  python: {
    start_pattern: String.raw`^Traceback \(most recent call last\):`,
    condition_pattern: String.raw`^\s`,
    mode: 'continue_past',
  },
  go: {
    start_pattern: '^(?:panic: |fatal error: |.*http: panic serving )',
    condition_pattern: GO_FRAMES,
    mode: 'continue_through',
  },
  ruby: {
    start_pattern: String.raw`^\S`,
    condition_pattern: String.raw`^\s+(?:\d+: )?from `,
    mode: 'continue_through',
  },
};

/**
 * The setting that joins the lines of one record.
 *
 * @see https://vector.dev/docs/reference/configuration/sources/file/#multiline
 */
export function toVectorMultiline({ type, firstLine }: Multiline): VectorMultiline {
  return firstLine === undefined
    ? { ...LANGUAGES[type]!, ...TIMEOUT }
    : { start_pattern: firstLine, condition_pattern: firstLine, mode: 'halt_before', ...TIMEOUT };
}
