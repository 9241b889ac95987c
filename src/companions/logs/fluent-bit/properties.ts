import type { ComponentRules } from '../../kit/settings';

const REFERENCE = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/g;

/** Rules for the settings of a plugin, which its documentation calls properties: `name` is one of them. */
export const PLUGIN: Omit<ComponentRules, 'source'> = {
  called: 'the name of a plugin',
  names: /^[a-z][a-z0-9_-]*$/,
  reserved: { name: 'pass it as the name of the plugin' },
  validate: validateProperty,
};

/**
 * The reasons for which Fluent Bit would not take a value. It looks for the next `}` after a `${`,
 * wherever that stands, so other braces beside a variable would be swallowed.
 */
function validateProperty(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  if (!values.every((item) => ['string', 'number', 'boolean'].includes(typeof item))) {
    return ['is neither text, number, boolean nor a list of texts; pass one of these'];
  }
  return values
    .map(String)
    .filter(hasStrayBrace)
    .map(
      (text) =>
        `is "${text}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
    );
}

/** A text that Fluent Bit reads as it stands; nothing where it would replace a variable, as it has no sign against that. */
export function toLiteralProperty(text: string): string | undefined {
  return text.includes('${') ? undefined : text;
}

function hasStrayBrace(text: string): boolean {
  const rest = text.replace(REFERENCE, '');
  return rest.includes('${') || (rest !== text && rest.includes('}'));
}
