import { Severity } from '../finding';
import type { Rule } from '../rule';
import { NEXT_DOCUMENT } from '../text/yaml-document';

export const YAML_SYNTAX: Rule = {
  id: 'yaml-syntax',
  severity: Severity.ERROR,
  catches: 'A document that is no YAML, or in which a field stands twice.',
  consequence: 'It cannot be applied, or one of two contradicting values is lost.',
  fix: 'correct the text',
  source: 'https://yaml.org/spec/1.2.2/',
  checkObject: ({ root, source: { error } }) =>
    error === undefined
      ? []
      : [{ at: root, message: error, fix: error.includes(NEXT_DOCUMENT) ? 'write `---` before it' : undefined }],
};
