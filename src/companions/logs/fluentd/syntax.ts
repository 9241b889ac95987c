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

/** A text that means itself without quotes. */
const PLAIN = /^[\w.:/*@-]+$/;

/** Characters of control, which cannot stand in single quotes. */
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
export function quoteFluentd(text: string): string {
  return text.search(CONTROL) < 0
    ? `'${text.replace(/[\\']/g, '\\$&')}'`
    : `"${text.replace(/[\\"#]/g, '\\$&').replace(CONTROL, (sign) => ESCAPES[sign]!)}"`;
}

/** Sections as the text of a configuration file. */
export function renderSections(sections: readonly Section[]): string {
  return sections.map((section) => `${toSectionLines(section).join('\n')}\n`).join('\n');
}

function toSectionLines({ name, argument, items }: Section): string[] {
  const body = items.flatMap((item) =>
    isSection(item) ? toSectionLines(item) : [`${item[0]} ${formatFluentdValue(item[1])}`],
  );
  return [`<${name}${argument ? ` ${argument}` : ''}>`, ...body.map((line) => `  ${line}`), `</${name}>`];
}

function isSection(item: Item): item is Section {
  return 'items' in item;
}

function formatFluentdValue(value: FluentdValue): string {
  if (value instanceof Variable) {
    return `"#{ENV['${value.name}']}"`;
  }
  if (typeof value === 'string') {
    return PLAIN.test(value) ? value : quoteFluentd(value);
  }
  return typeof value === 'object' ? quoteFluentd(JSON.stringify(value)) : String(value);
}
