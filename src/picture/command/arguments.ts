import { type ParseArgsConfig, parseArgs } from 'node:util';
import { parseChoice, toUsageMessage, UsageError } from '../../rules/command/arguments';

export const FORMATS = ['text', 'svg', 'mermaid'] as const;
export type PictureFormat = (typeof FORMATS)[number];

/** A call of `draw`. */
export interface DrawRequest {
  readonly action: 'draw';
  /** Files, folders, globs and `-`. */
  readonly inputs: readonly string[];
  readonly format: PictureFormat;
  /** The folder of the files; nothing for standard output. */
  readonly out?: string;
  /** The pods that are wanted; none for all. */
  readonly pods: readonly string[];
  readonly hasFindings: boolean;
  readonly columns?: number;
  readonly isAscii: boolean;
}

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  pod: { type: 'string', multiple: true, default: [] },
  'no-findings': { type: 'boolean', default: false },
  columns: { type: 'string' },
  ascii: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

const LEAST_COLUMNS = 40;
const MOST_COLUMNS = 1_000;

/** Reads the arguments of a call. Throws a `UsageError` for those that mean nothing. */
export function readDrawRequest(args: readonly string[]): DrawRequest | { readonly action: 'help' } {
  const { values, positionals } = parseDrawOptions(args);
  if (values.help) {
    return { action: 'help' };
  }
  if (values.out === '') {
    throw new UsageError('`--out` needs the name of a folder');
  }
  return {
    action: 'draw',
    inputs: positionals,
    format: parseChoice('--format', values.format, FORMATS),
    out: values.out,
    pods: values.pod,
    hasFindings: !values['no-findings'],
    columns: values.columns === undefined ? undefined : parseColumns(values.columns),
    isAscii: values.ascii,
  };
}

function parseDrawOptions(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(toUsageMessage(error as Error, Object.keys(OPTIONS)));
  }
}

function parseColumns(text: string): number {
  const columns = /^\d+$/.test(text) ? Number(text) : 0;
  if (columns < LEAST_COLUMNS || columns > MOST_COLUMNS) {
    throw new UsageError(
      `\`--columns\` cannot be "${text}"; write a whole number from ${LEAST_COLUMNS} to ${MOST_COLUMNS}`,
    );
  }
  return columns;
}
