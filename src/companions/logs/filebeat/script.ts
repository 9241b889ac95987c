import { JAVASCRIPT, translateExpression } from '../../../software/expressions';

/** Fields of an access log that are numbers. */
const NUMBERS = ['code', 'size'];

/**
 * The program with which Filebeat takes a line apart by an expression: it has no processor that does.
 *
 * @param field field below which the groups are put, or '' for the root of the event
 * @returns the part of the expression that JavaScript does not have, where there is one
 * @see https://www.elastic.co/docs/reference/beats/filebeat/processor-script
 */
export function buildParsingScript(
  expression: string,
  type: string,
  field: string,
): { readonly source: string } | { readonly foreign: string } {
  const translation = translateExpression(expression, JAVASCRIPT);
  if (typeof translation === 'string') {
    return { foreign: translation };
  }
  const names = translation.names.map((name) => (field === '' ? name : `${field}.${name}`));
  const numbers = type === 'nginx' ? translation.names.map((name) => NUMBERS.includes(name)) : [];
  return {
    source: `var expression = new RegExp(${formatScriptLiteral(translation.text)}, "m");
var fields = ${formatScriptLiteral(names)};
var numbers = ${formatScriptLiteral(numbers)};
function process(event) {
  var found = expression.exec(event.Get("message"));
  for (var i = 0; found !== null && i < fields.length; i++) {
    var value = found[i + 1];
    if (value !== undefined) {
      event.Put(fields[i], numbers[i] && /^\\d+$/.test(value) ? parseInt(value, 10) : value);
    }
  }
}
`,
  };
}

/** ECMAScript 5 ends a line at two signs more than JSON does. */
function formatScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (sign) => (sign === '\u2028' ? '\\u2028' : '\\u2029'));
}

/** A text in which Filebeat replaces no variable. */
export function escapeVariables(text: string): string {
  return text.replace(/\$/g, '$$$$');
}
