import { Field } from '../../model/field';
import { splitDocuments } from '../../text/document-cutter';
import { LineError } from '../../text/line-error';
import { assertYaml } from '../../text/yaml-check';
import { AS_TEXTS, YamlDocument } from '../../text/yaml-document';
import { SETTINGS_SCHEMA } from './schema';
import { checkSchema } from './schema-check';
import { Settings } from './settings';
import { SettingsError } from './settings-error';

/**
 * Reads the text of a `pod-rules.yaml`.
 *
 * @param folder what its paths are seen from
 * @throws a `SettingsError`
 */
export function readSettings(text: string, file: string, folder: string): Settings {
  const yaml = parseSettings(text, file);
  const root = Field.root(yaml.document.toJS() || {});
  const problems = checkSchema(root, SETTINGS_SCHEMA)
    .map(({ at, message }) => ({ line: yaml.findLine(at.keys), message }))
    .sort((a, b) => a.line - b.line);
  if (problems.length > 0) {
    throw new SettingsError(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join('\n'));
  }
  return new Settings(file, folder, root, (at) => yaml.findLine(at.keys));
}

function parseSettings(text: string, file: string): YamlDocument {
  const [, second] = splitDocuments(text);
  if (second) {
    throw new SettingsError(`${file}:${second.line}: a second document begins; settings are one`);
  }
  try {
    const yaml = YamlDocument.parse(text, AS_TEXTS);
    assertYaml(yaml);
    return yaml;
  } catch (error) {
    const line = error instanceof LineError ? error.line : 1;
    throw new SettingsError(`${file}:${line}: ${(error as Error).message.split('\n')[0]}`);
  }
}
