import type { YAMLParseError } from 'yaml';
import { memoizeByText } from '../../private/memo';
import { loadYaml } from '../../private/yaml';
import { Field } from '../model/field';

/** The data of a text of YAML or JSON. */
export interface YamlText {
  readonly root: Field;
  /** The reason why it cannot be read. */
  readonly problem?: string;
}

/** Several documents, or aliases beyond measure: odd, but the software may accept them. */
const UNKNOWN: YamlText = { root: Field.root(undefined) };

/** Reads a text as tolerantly as the software may; what looks like a template is never called broken. */
export function readYamlText(text: string): YamlText {
  try {
    const options = { strict: false, uniqueKeys: false, prettyErrors: false, merge: true, logLevel: 'silent' } as const;
    const document = loadYaml().parseDocument(text, options);
    const error = document.errors.find(isCertainError);
    if (document.errors.length === 0) {
      return { root: Field.root(document.toJS()) };
    }
    return error && !text.includes('{{')
      ? { ...UNKNOWN, problem: `is no YAML: ${toFirstLine(error.message)}` }
      : UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}

/** The fields of a text, which is read once for all that ask. */
export const readYamlRoot = memoizeByText((text: string): Field => readYamlText(text).root);

/** Other readers allow a closing bracket at any column. */
function isCertainError({ code, message }: YAMLParseError): boolean {
  return code !== 'MULTIPLE_DOCS' && (code !== 'BAD_INDENT' || message.includes('same column'));
}

function toFirstLine(message: string): string {
  return message.split('\n')[0]!.replace(/[.:]$/, '');
}
