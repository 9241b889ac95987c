import { Yaml } from 'cdk8s';
import { keyText, numberText, stringText } from './yaml-scalars';

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
 * Should another release of cdk8s write YAML in another way, it writes all of it.
 */
export function toYaml(document: unknown): string {
  isTrusted ??= new DocumentWriter().write(SAMPLE) === Yaml.stringify(SAMPLE);
  return (isTrusted ? new DocumentWriter().write(document) : undefined) ?? Yaml.stringify(document);
}

/** Writes one document, or finds that it is not plain. */
class DocumentWriter {
  private readonly seen = new Set<object>();
  private isOdd = false;

  public write(document: unknown): string | undefined {
    if (!isPlain(document) || Array.isArray(document)) {
      return undefined;
    }
    const text = this.value(document, '');
    return this.isOdd ? undefined : `${text}\n`;
  }

  /** Any value, whose further lines have this indent. */
  private value(value: unknown, indent: string): string {
    switch (typeof value) {
      case 'string':
        return stringText(value, indent) ?? this.odd();
      case 'number':
        return numberText(value) ?? this.odd();
      case 'boolean':
        return `${value}`;
      default:
        return isPlain(value) && this.isNew(value) ? this.collection(value, indent) : this.odd();
    }
  }

  private collection(value: object, indent: string): string {
    return Array.isArray(value) ? this.sequence(value, indent) : this.mapping(value as Record<string, unknown>, indent);
  }

  private sequence(items: readonly unknown[], indent: string): string {
    let text = '';
    for (let index = 0; index < items.length && !this.isOdd; index++) {
      text += `${index === 0 ? '' : `\n${indent}`}- ${this.value(items[index], `${indent}  `)}`;
    }
    return text || '[]';
  }

  private mapping(map: Record<string, unknown>, indent: string): string {
    const inner = `${indent}  `;
    let text = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      const written = this.value(value, inner);
      const separator = typeof value !== 'object' || written === '{}' || written === '[]' ? ' ' : `\n${inner}`;
      text += `${text && `\n${indent}`}${keyText(key) ?? this.odd()}:${separator}${written}`;
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

  private odd(): string {
    this.isOdd = true;
    return '';
  }
}

/** How `yaml` marks its own nodes. */
const YAML_NODE = Symbol.for('yaml.node.type');

/** Whether `yaml` takes a value for an ordinary mapping or sequence. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(value);
  const isArray = Array.isArray(value);
  const isOrdinary = isArray ? prototype === Array.prototype : prototype === Object.prototype;
  return isOrdinary && !(YAML_NODE in value) && (isArray || !(Symbol.iterator in value));
}
