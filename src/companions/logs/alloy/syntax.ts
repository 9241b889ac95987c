/** Something that Alloy evaluates, such as `sys.env("POD_NAME")`; never made of a user's text. */
export class Expression {
  public constructor(public readonly text: string) {}
}

export type AlloyValue =
  | string
  | number
  | boolean
  | Expression
  | readonly AlloyValue[]
  | { readonly [key: string]: AlloyValue };

/** A block: a component, or a part of one. */
export interface Block {
  readonly name: string;
  readonly label?: string;
  readonly body: readonly (Attribute | Block)[];
}

export type Attribute = readonly [name: string, value: AlloyValue];

const IDENTIFIER = /^(?!(?:true|false|null)$)[A-Za-z_]\w*$/;

/** Characters that a string takes escaped: signs of control, half of a surrogate pair, and the mark of byte order. */
const ESCAPED = /["\\\p{Cc}\p{Cs}\ufeff]/gu;
const ESCAPES: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A variable of the environment. */
export function toEnvironmentExpression(name: string): Expression {
  return new Expression(`sys.env(${quoteAlloyString(name)})`);
}

/** A reference to an export of a component. */
export function toReference(...path: string[]): Expression {
  return new Expression(path.join('.'));
}

/**
 * A text as Alloy reads it back, whatever stands in it.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/expressions/types_and_values/#strings
 */
export function quoteAlloyString(text: string): string {
  return `"${text.replace(ESCAPED, (sign) => ESCAPES[sign] ?? escapeCharacter(sign))}"`;
}

/** Half of a surrogate pair is no character, in Go as in Unicode. */
function escapeCharacter(sign: string): string {
  const code = sign.charCodeAt(0);
  const isHalf = code >= 0xd800 && code < 0xe000;
  return `\\u${(isHalf ? 0xfffd : code).toString(16).padStart(4, '0')}`;
}

/** Blocks as the text of a configuration file. */
export function renderBlocks(blocks: readonly Block[]): string {
  return blocks.map((block) => `${toBlockLines(block).join('\n')}\n`).join('\n');
}

function toBlockLines({ name, label, body }: Block): string[] {
  const width = Math.max(0, ...body.map((item) => (isAttribute(item) ? item[0].length : 0)));
  const inner = body.flatMap((item, index) =>
    isAttribute(item)
      ? indentLines(`${item[0].padEnd(width)} = ${formatAlloyValue(item[1])}`)
      : [...(index > 0 ? [''] : []), ...toBlockLines(item).flatMap(indentLines)],
  );
  return [`${name}${label === undefined ? '' : ` ${quoteAlloyString(label)}`} {`, ...inner, '}'];
}

function indentLines(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '' : `\t${line}`));
}

function isAttribute(item: Attribute | Block): item is Attribute {
  return Array.isArray(item);
}

function formatAlloyValue(value: AlloyValue): string {
  if (value instanceof Expression) {
    return value.text;
  }
  if (typeof value === 'string') {
    return quoteAlloyString(value);
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  return Array.isArray(value)
    ? `[${value.map(formatAlloyValue).join(', ')}]`
    : formatAlloyObject(value as Record<string, AlloyValue>);
}

function formatAlloyObject(entries: Readonly<Record<string, AlloyValue>>): string {
  const keys = Object.keys(entries).map((key) => (IDENTIFIER.test(key) ? key : quoteAlloyString(key)));
  const width = Math.max(0, ...keys.map((key) => key.length));
  const body = Object.values(entries).flatMap((value, index) =>
    indentLines(`${keys[index]!.padEnd(width)} = ${formatAlloyValue(value)},`),
  );
  return ['{', ...body, '}'].join('\n');
}
