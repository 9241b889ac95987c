import { copyData } from '../../../private/copies';
import { createError } from '../../../private/errors';
import { showsCredential } from '../../kit/credentials';

/** Settings of a Fluent Bit plugin: its documentation calls them properties. */
export type Properties = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const PLUGIN = /^[a-z][a-z0-9_-]*$/;
const REFERENCE = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/g;

/**
 * A copy of what a user gave for a plugin.
 *
 * @throws where Fluent Bit would not take it, or it shows a credential; `remedy` says how to pass one instead
 */
export function copyPluginProperties(
  source: string,
  plugin: string,
  properties: { readonly [name: string]: unknown },
  remedy: string,
): Properties {
  if (!PLUGIN.test(plugin)) {
    throw createError(
      source,
      `"${plugin}" is not the name of a plugin; pass it as its documentation does, in lower case`,
    );
  }
  for (const [name, value] of Object.entries(properties)) {
    const problem = validateProperty(name, value);
    if (problem) {
      throw createError(`${source}.${plugin}`, `setting "${name}" ${problem}`);
    }
    if (showsCredential(name, value)) {
      throw createError(
        `${source}.${plugin}`,
        `setting "${name}" is a credential, which would stand in a ConfigMap for all to read; ${remedy}`,
      );
    }
  }
  return copyData(properties) as Properties;
}

/**
 * The reason for which Fluent Bit would not take a value, or nothing. It looks for the next `}` after a `${`,
 * wherever that stands, so other braces beside a variable would be swallowed.
 */
function validateProperty(name: string, value: unknown): string | undefined {
  if (name.toLowerCase() === 'name') {
    return 'would make it another plugin; leave it out';
  }
  const values = Array.isArray(value) ? value : [value];
  if (!values.every((item) => ['string', 'number', 'boolean'].includes(typeof item))) {
    return 'is neither text, number, boolean nor a list of texts; pass one of these';
  }
  const broken = listTexts(value).find(hasStrayBrace);
  return broken === undefined
    ? undefined
    : `is "${broken}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`;
}

function listTexts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String);
}

function hasStrayBrace(text: string): boolean {
  const rest = text.replace(REFERENCE, '');
  return rest.includes('${') || (rest !== text && rest.includes('}'));
}
