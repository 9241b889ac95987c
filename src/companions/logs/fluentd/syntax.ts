/** A value that Fluentd reads from its environment, by the only Ruby code that is ever written. */
export class Variable {
  public constructor(public readonly name: string) {}
}

export type FluentdValue = string | number | boolean | readonly unknown[] | Variable;

/** A section, such as `<match **>`. */
export interface Section {
  readonly name: string;
  readonly argument?: string;
  readonly items: readonly Item[];
}

/** A parameter of a section, or a section in it. */
export type Item = readonly [name: string, value: FluentdValue] | Section;

/** What means itself without quotes. */
const PLAIN = /^[\w.:/*@-]+$/;

/** What ends a line cannot stand in single quotes. */
const CONTROL = /[\n\r\t\f\b]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

/**
 * A text as Fluentd reads it back, whatever stands in it. Nothing is evaluated in single quotes; in double quotes, which a
 * line break takes, the "#" of Ruby code is escaped.
 *
 * @see https://docs.fluentd.org/configuration/config-file#double-quoted-string-literal
 */
export function quoted(text: string): string {
  return text.search(CONTROL) < 0
    ? `'${text.replace(/[\\']/g, '\\$&')}'`
    : `"${text.replace(/[\\"#]/g, '\\$&').replace(CONTROL, (sign) => ESCAPES[sign]!)}"`;
}

/** Sections as the text of a configuration file. */
export function writeSections(sections: readonly Section[]): string {
  return sections.map((section) => `${lines(section).join('\n')}\n`).join('\n');
}

function lines({ name, argument, items }: Section): string[] {
  const body = items.flatMap((item) => (isSection(item) ? lines(item) : [`${item[0]} ${literal(item[1])}`]));
  return [`<${name}${argument ? ` ${argument}` : ''}>`, ...body.map((line) => `  ${line}`), `</${name}>`];
}

function isSection(item: Item): item is Section {
  return 'items' in item;
}

function literal(value: FluentdValue): string {
  if (value instanceof Variable) {
    return `"#{ENV['${value.name}']}"`;
  }
  if (typeof value === 'string') {
    return PLAIN.test(value) ? value : quoted(value);
  }
  return typeof value === 'object' ? quoted(JSON.stringify(value)) : String(value);
}
