import type { YAMLParseError } from 'yaml';
import { yamlLibrary } from '../../private/yaml';
import { Field } from '../model/field';

/** What stands in a text of YAML or JSON. */
export interface YamlText {
  readonly root: Field;
  /** Why nobody can read it. */
  readonly problem?: string;
}

/** Several documents, or aliases beyond measure: odd, but who knows what the software does with them. */
const UNKNOWN: YamlText = { root: Field.root(undefined) };

/** Reads a text as tolerantly as the software may; what looks like a template is never called broken. */
export function readYaml(text: string): YamlText {
  try {
    const options = { strict: false, uniqueKeys: false, prettyErrors: false, merge: true, logLevel: 'silent' } as const;
    const document = yamlLibrary().parseDocument(text, options);
    const error = document.errors.find(isCertain);
    if (document.errors.length === 0) {
      return { root: Field.root(document.toJS()) };
    }
    return error && !text.includes('{{') ? { ...UNKNOWN, problem: `is no YAML: ${firstLine(error.message)}` } : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** Other readers allow a closing bracket at any column. */
function isCertain({ code, message }: YAMLParseError): boolean {
  return code !== 'MULTIPLE_DOCS' && (code !== 'BAD_INDENT' || message.includes('same column'));
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]$/, '');
}
