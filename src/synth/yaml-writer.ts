import { Yaml } from 'cdk8s';
import { escapeUnreadable, isReadable } from '../private/texts';
import { loadYaml } from '../private/yaml';
import { formatKey, formatNumber, formatString } from './yaml-scalars';

/** A document with one of each thing that is written here, to be compared with what cdk8s makes of it. */
const SAMPLE = {
  apiVersion: 'v1',
  'key.of/everything': [{ of: 'a value: of it', is: [['nested', 1.5]] }, true, 'on', '8080', '', [], {}],
  text: { 'a.conf': 'first\n  second\n\nthird\n', 'b.conf': 'one\ntwo' },
};

let isTrusted: boolean | undefined;

/**
 * A document of YAML, byte for byte as `Yaml.stringify` of cdk8s writes it.
 *
 * Plain mappings, sequences, strings, numbers and booleans are written here. A string that may need quotes is written by cdk8s,
 * and a document with anything else - `null`, `-0`, an object that occurs twice, an instance of a class - by cdk8s as a whole.
 * Should another release of cdk8s write YAML in another way, it writes all of it. A text that kubectl could not read so stands in
 * quotes, with escapes.
 */
export function toYaml(document: unknown): string {
  isTrusted ??= new DocumentWriter().write(SAMPLE) === Yaml.stringify(SAMPLE);
  const text = isTrusted ? new DocumentWriter().write(document) : undefined;
  return text ?? writeByCdk8s(document);
}

function writeByCdk8s(document: unknown): string {
  const text = Yaml.stringify(document);
  return isReadable(text) ? text : writeEscaped(document);
}

/** A document as cdk8s writes it, but for the texts that kubectl could not read. */
function writeEscaped(document: unknown): string {
  const { Document, visit } = loadYaml();
  const node = new Document(document, { version: '1.1', keepUndefined: true });
  visit(node, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && !isReadable(scalar.value)) {
        scalar.type = 'QUOTE_DOUBLE';
      } else if (scalar.value === 0) {
        scalar.value = 0; // never -0, which cdk8s writes so
      }
    },
  });
  return escapeUnreadable(node.toString({ lineWidth: 0 }));
}

/** Writes one document, or finds that it is not plain, or not readable as it is. */
class DocumentWriter {
  private readonly seen = new Set<object>();
  private isOdd = false;

  public write(document: unknown): string | undefined {
    if (!isPlainCollection(document) || Array.isArray(document)) {
      return undefined;
    }
    const text = this.formatValue(document, '');
    return this.isOdd ? undefined : `${text}\n`;
  }

  /** Any value, whose further lines have this indent. */
  private formatValue(value: unknown, indent: string): string {
    switch (typeof value) {
      case 'string':
        return formatString(value, indent) ?? this.markOdd();
      case 'number':
        return formatNumber(value) ?? this.markOdd();
      case 'boolean':
        return `${value}`;
      default:
        return isPlainCollection(value) && this.isNew(value) ? this.formatCollection(value, indent) : this.markOdd();
    }
  }

  private formatCollection(value: object, indent: string): string {
    return Array.isArray(value)
      ? this.formatSequence(value, indent)
      : this.formatMapping(value as Record<string, unknown>, indent);
  }

  private formatSequence(items: readonly unknown[], indent: string): string {
    let text = '';
    for (let index = 0; index < items.length && !this.isOdd; index++) {
      text += `${index === 0 ? '' : `\n${indent}`}- ${this.formatValue(items[index], `${indent}  `)}`;
    }
    return text || '[]';
  }

  private formatMapping(map: Record<string, unknown>, indent: string): string {
    const inner = `${indent}  `;
    let text = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      const written = this.formatValue(value, inner);
      const separator = typeof value !== 'object' || written === '{}' || written === '[]' ? ' ' : `\n${inner}`;
      text += `${text && `\n${indent}`}${formatKey(key) ?? this.markOdd()}:${separator}${written}`;
      if (this.isOdd) {
        break;
      }
    }
    return text || '{}';
  }

  /** cdk8s writes an object that occurs again as an alias of the first. */
  private isNew(value: object): boolean {
    const count = this.seen.size;
    return this.seen.add(value).size > count;
  }

  private markOdd(): string {
    this.isOdd = true;
    return '';
  }
}

/** The mark of `yaml` on its own nodes. */
const YAML_NODE = Symbol.for('yaml.node.type');

/** Whether `yaml` takes a value for an ordinary mapping or sequence. */
function isPlainCollection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  const isArray = Array.isArray(value);
  const isOrdinary = isArray ? prototype === Array.prototype : prototype === Object.prototype;
  return isOrdinary && !(YAML_NODE in value) && (isArray || !(Symbol.iterator in value));
}
