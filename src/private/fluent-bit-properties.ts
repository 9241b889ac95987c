import { failure } from './errors';

/** Properties of a Fluent Bit plugin. */
export type Properties = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const CREDENTIAL = /(passw(or)?d|secret|token|api_?key|license_key|shared_key|cloud_auth|private_key|account_key)$/i;
const CREDENTIAL_HEADER = /^((proxy-)?authorization|cookie|x-\S*(key|token)) /i;
const REFERENCE = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/g;

/** Whether this property would show a credential in a ConfigMap, rather than refer to a variable that holds it. */
export function showsCredential(name: string, value: unknown): boolean {
  const texts = (Array.isArray(value) ? value : [value]).map(String);
  const secret = CREDENTIAL.test(name)
    ? texts
    : texts.filter((text) => name === 'header' && CREDENTIAL_HEADER.test(text));
  return secret.some((text) => !text.includes('${'));
}

/**
 * Fails where a value is none that Fluent Bit takes, or holds braces that its substitution of `${VARIABLE}` would
 * swallow: it looks for the next `}`, wherever that stands.
 */
export function assertProperties(where: string, properties: { readonly [name: string]: unknown }): void {
  for (const [name, value] of Object.entries(properties)) {
    const texts = Array.isArray(value) ? value : [value];
    if (!texts.every((text) => ['string', 'number', 'boolean'].includes(typeof text))) {
      throw failure(
        where,
        `property "${name}" is neither text, number, boolean nor a list of texts; pass one of these`,
      );
    }
    const broken = texts.map(String).find(hasStrayBrace);
    if (broken !== undefined) {
      throw failure(
        where,
        `property "${name}" is "${broken}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
      );
    }
  }
}

function hasStrayBrace(text: string): boolean {
  const rest = text.replace(REFERENCE, '');
  return rest.includes('${') || (rest !== text && rest.includes('}'));
}
