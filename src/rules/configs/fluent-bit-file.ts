import { memoizeByText } from '../../private/memo';
import type { Field } from '../model/field';
import { readYamlText } from './yaml-text';

/** One part of a configuration of Fluent Bit, by its type (`service`, `input`, `filter`, `output`) in lower case. */
export interface Section {
  readonly type: string;
  /** Its properties, by their names in lower case. */
  readonly values: ReadonlyMap<string, string>;
}

/** A configuration file of Fluent Bit. */
export interface FluentBitFile {
  readonly sections: readonly Section[];
  /** Other files that it includes. */
  readonly includes: readonly string[];
  readonly problem?: string;
}

const PLUGINS = ['input', 'filter', 'output'];

/** Reads the YAML format. */
export const readYamlFile = memoizeByText((text: string): FluentBitFile => {
  const { root, problem } = readYamlText(text);
  if (problem !== undefined) {
    return { sections: [], includes: [], problem };
  }
  const plugins = PLUGINS.flatMap((type) =>
    root.at('pipeline', `${type}s`).items.map((plugin) => ({ type, values: readProperties(plugin) })),
  );
  const service = root.at('service').isObject ? [{ type: 'service', values: readProperties(root.at('service')) }] : [];
  const isText = root.text !== undefined;
  const streams = root
    .at('stream_processor')
    .items.map((task) => ({ type: 'stream_task', values: readProperties(task) }));
  const sections = [...service, ...plugins, ...streams];
  return {
    sections,
    includes: root.at('includes').texts,
    problem: isText ? 'is one text, not fields of YAML' : validateSections(sections),
  };
});

/** Reads the classic format, with the complaints of Fluent Bit. */
export const readClassicFile = memoizeByText((text: string): FluentBitFile => new ClassicReader().read(text));

/** Validates that Fluent Bit starts with these parts. */
function validateSections(sections: readonly Section[]): string | undefined {
  const nameless = sections.find(({ type, values }) => PLUGINS.includes(type) && !values.has('name'));
  return nameless && `has an ${nameless.type} without a name`.replace('an filter', 'a filter');
}

function readProperties(plugin: Field): Map<string, string> {
  const values = new Map<string, string>();
  for (const field of plugin.fields) {
    const { value } = field;
    const text = Array.isArray(value) ? field.texts.join(',') : typeof value === 'object' ? undefined : String(value);
    if (text !== undefined) {
      values.set(field.name.toLowerCase(), text);
    } else if (value !== null) {
      values.set(field.name.toLowerCase(), '${}');
    }
  }
  return values;
}

/** Reads line by line, as Fluent Bit does. */
class ClassicReader {
  private readonly sections: { type: string; values: Map<string, string> }[] = [];
  private readonly includes: string[] = [];
  private indent?: string;

  public read(text: string): FluentBitFile {
    const lines = text.split(/\r?\n/);
    for (let index = 0; index < lines.length; index++) {
      const complaint = this.readLine(lines[index]!);
      if (complaint !== undefined && !text.includes('{{')) {
        const problem = `is not in the classic format: line ${index + 1} ${complaint}`;
        return { sections: this.sections, includes: this.includes, problem };
      }
    }
    return { sections: this.sections, includes: this.includes, problem: validateSections(this.sections) };
  }

  private readLine(line: string): string | undefined {
    if (/^\s*(#|$)/.test(line)) {
      return undefined;
    }
    if (line[0] === '@') {
      const include = /^@INCLUDE +(.*)$/i.exec(line)?.[1];
      this.includes.push(...(include === undefined ? [] : [include.trim()]));
      return undefined;
    }
    return line[0] === '[' ? this.readHeader(line) : this.readProperty(line);
  }

  private readHeader(line: string): string | undefined {
    const end = line.indexOf(']');
    this.sections.push({ type: line.slice(1, end).toLowerCase(), values: new Map() });
    return end < 0 ? 'opens a section and does not close it with "]"' : undefined;
  }

  private readProperty(line: string): string | undefined {
    const indent = /^[ \t]*/.exec(line)![0];
    this.indent ??= indent;
    const section = this.sections[this.sections.length - 1];
    const [, key, value] = /^([^ ]*)(?: (.*))?$/.exec(line.slice(indent.length)) ?? [];
    if (!section) {
      return 'stands in no section';
    }
    if (!indent.startsWith(this.indent)) {
      return 'is indented less than the lines before it';
    }
    if (key?.[0] === '[') {
      return undefined;
    }
    if (key !== undefined && !section.values.has(key.toLowerCase())) {
      section.values.set(key.toLowerCase(), value?.trim() ?? '');
    }
    return value ? undefined : `gives "${key ?? line.trim()}" no value`;
  }
}
