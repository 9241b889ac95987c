import type { ParseArgsConfig } from 'node:util';
import { parseChoice, parseOptions, UsageError } from '../../private/command-line';
import { toNanos } from '../../private/quantities';
import { parseVersionOption } from '../../rules/command/version-option';
import type { Amounts } from '../amounts';
import type { BudgetOptions } from '../budget';

export const FORMATS = ['text', 'json', 'markdown'] as const;
export type FormatName = (typeof FORMATS)[number];

/** The content of a call. */
export interface Request {
  readonly inputs: readonly string[];
  readonly format: FormatName;
  /** The file of the settings; `false` for none, and nothing for those that are found. */
  readonly config?: string | false;
  /** The minor version of Kubernetes; nothing for that of the settings, or the newest. */
  readonly kubernetes?: number;
  readonly options: BudgetOptions;
}

/** The size of the agent in the example of a DaemonSet in the documentation of Kubernetes. */
const NODE_AGENT = 'cpu=100m,memory=200Mi';
/** The nodes of a cluster that nobody told of. */
const NODES = 3;

const OPTIONS = {
  format: { type: 'string', default: 'text' },
  nodes: { type: 'string', default: String(NODES) },
  'pods-per-node': { type: 'string' },
  fleet: { type: 'string' },
  namespace: { type: 'string', short: 'n', default: 'default' },
  'node-agent': { type: 'string', default: NODE_AGENT },
  'node-agent-per-pod': { type: 'string' },
  kubernetes: { type: 'string' },
  config: { type: 'string' },
  'no-config': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parseOptions<typeof OPTIONS>>['values'];

/** The most of anything that is counted here. */
const MAX_COUNT = 1_000_000;

/** Reads the arguments of a call; nothing where it asks for help. Throws a `UsageError` for those that mean nothing. */
export function readBudgetRequest(args: readonly string[]): Request | undefined {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (values.help) {
    return undefined;
  }
  if (values['no-config'] && values.config !== undefined) {
    throw new UsageError('`--config` and `--no-config` exclude each other');
  }
  return {
    inputs: positionals,
    format: parseChoice('--format', values.format, FORMATS),
    config: values['no-config'] ? false : values.config,
    ...(values.kubernetes !== undefined && { kubernetes: parseVersionOption('--kubernetes', values.kubernetes) }),
    options: readOptions(values),
  };
}

function readOptions(values: Values): BudgetOptions {
  const podsPerNode = parseCount('--pods-per-node', values['pods-per-node']);
  const fleet = parseCount('--fleet', values.fleet);
  const perPod = values['node-agent-per-pod'];
  return {
    nodes: parseCount('--nodes', values.nodes)!,
    namespace: values.namespace,
    ...(fleet !== undefined && { fleet }),
    nodeAgent: {
      base: parseAmounts('--node-agent', values['node-agent']),
      ...(podsPerNode !== undefined && { podsPerNode }),
      ...(perPod !== undefined && { perPod: parseAmounts('--node-agent-per-pod', perPod) }),
    },
  };
}

function parseCount(option: string, text: string | undefined): number | undefined {
  if (text !== undefined && !(/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= MAX_COUNT)) {
    throw new UsageError(`\`${option}\` is "${text}"; pass a whole number from 1 to ${MAX_COUNT}`);
  }
  return text === undefined ? undefined : Number(text);
}

/** Amounts as in `cpu=100m,memory=200Mi`. */
function parseAmounts(option: string, text: string): Amounts {
  return new Map(
    text.split(',').map((part): [string, bigint] => {
      const [, name, quantity] = /^(cpu|memory)=(.+)$/.exec(part.trim()) ?? [];
      const amount = toNanos(quantity);
      if (name === undefined || amount === undefined || amount < 0n) {
        throw new UsageError(`\`${option}\` takes amounts such as "${NODE_AGENT}", not "${text}"`);
      }
      return [name, amount];
    }),
  );
}
