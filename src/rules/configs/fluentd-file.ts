import { memoizeByText } from '../../private/memo';

/** A section of a configuration of Fluentd, such as `<source>`. */
export interface FluentdSection {
  readonly name: string;
  /** The words after its name, as in `<match app.**>`. */
  readonly argument: string;
  readonly values: ReadonlyMap<string, string>;
  readonly sections: readonly FluentdSection[];
}

interface OpenSection extends FluentdSection {
  readonly values: Map<string, string>;
  readonly sections: OpenSection[];
}

/** Reads the format with sections, as tolerantly as may be. Each `@include` stands among the values under its path. */
export const parseFluentdText = memoizeByText((text: string): FluentdSection => {
  const root = createSection('', '');
  const open = [root];
  for (const line of listLines(text)) {
    const [, name, argument = ''] = /^<([\w@]+)\s*([^>]*)>$/.exec(line) ?? [];
    const current = open[open.length - 1]!;
    if (line.startsWith('</')) {
      open.splice(Math.max(1, open.length - 1));
    } else if (name !== undefined) {
      const section = createSection(name, argument.trim());
      current.sections.push(section);
      open.push(section);
    } else {
      const [, key = '', value = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
      current.values.set(key === '@include' ? `@include ${value}` : key, toPlainText(value));
    }
  }
  return root;
});

/** All sections of this name, however deep they are. */
export function listSections({ sections }: FluentdSection, name: string): FluentdSection[] {
  return sections.flatMap((section) => [...(section.name === name ? [section] : []), ...listSections(section, name)]);
}

function createSection(name: string, argument: string): OpenSection {
  return { name, argument, values: new Map(), sections: [] };
}

/** The lines without comments; a list goes on until its bracket is closed. */
function listLines(text: string): string[] {
  const lines: string[] = [];
  let rest = '';
  for (const line of text.split('\n')) {
    const plain = line.replace(/(^|\s)#(?!\{).*$/, '').trim();
    const whole = rest === '' ? plain : `${rest} ${plain}`;
    const isOpen = /^\S+\s+\[/.test(whole) && !whole.includes(']');
    rest = isOpen ? whole : '';
    lines.push(...(isOpen || whole === '' ? [] : [whole]));
  }
  return lines;
}

function toPlainText(value: string): string {
  return value.replace(/^(["'])([\s\S]*)\1$/, '$2');
}
