/** A part of a text that another tool fills in before it is applied. */
const PLACEHOLDER = new RegExp(
  [
    /\{\{.{0,200}?\}\}/, // Helm, Go templates, Jinja
    /\{%.{0,200}?%\}/, // Jinja
    /<%.{0,200}?%>/, // ERB
    /\$\{[^}]{0,200}\}/, // envsubst, Terraform, Flux
    /\$\([A-Za-z_][\w.-]{0,100}\)/, // variables of kustomize, parameters of Tekton
    /\$[A-Za-z_]\w{0,100}/, // envsubst
    /\(\(\s?[A-Za-z_][\w.-]{0,100}\s?\)\)/, // Concourse, BOSH
    /#\{.{1,200}?\}/, // Azure DevOps, Octopus
    /<[A-Za-z][\w .:/-]{0,100}>/, // instructions for people
    /@[A-Za-z_]\w{0,100}@/, // autoconf, CMake, Maven
    /%[A-Za-z_]\w{0,100}%/, // variables of Windows
    /__[A-Za-z]\w{0,100}__/, // sed
  ]
    .map(({ source }) => source)
    .join('|'),
  's',
);

/** The marks of a template at the beginning of a line or of a value, where they are no YAML. */
const TEMPLATE_LINE = /(?:^[^\S\n]*(?:-[^\S\n]+)?(?:[\w./-]+:[^\S\n]*)?["']?|[,[][^\S\n]*)(?:\{\{|\{%|<%)/m;
const RESERVED = /[\s,[][@%][A-Za-z_]\w*[@%]/;

/** A comment of ytt, which makes a value. */
const YTT = /(?:^|\s)#@(?:[ \t]|(?:data|library|overlay|schema|yaml|ytt)\/)/;

/** Fields whose text is for a program or for people: what looks like a placeholder there may be meant for them. */
const FREE = new Set([
  ...['annotations', 'args', 'binaryData', 'command', 'data', 'description', 'message', 'mountOptions', 'parameters'],
  ...['stringData', 'subPathExpr', 'value', 'volumeAttributes'],
]);

/** The characters without which no image has a placeholder. */
const SUSPICIOUS = /[{$<(%#]|__|@.*@/;

/** The first placeholder in a text. */
export function findPlaceholder(text: string): string | undefined {
  return PLACEHOLDER.exec(text)?.[0];
}

/** Whether the name of an image is filled in later: by ko, or in place of a placeholder. */
export function isUnresolvedImage(image: string): boolean {
  return image.startsWith('ko://') || (SUSPICIOUS.test(image) && PLACEHOLDER.test(image));
}

/** Whether a text that is no YAML is a template. */
export function isTemplate(text: string): boolean {
  return TEMPLATE_LINE.test(text) || RESERVED.test(text);
}

/** Whether a text of YAML is a template of ytt, whose values stand in comments. */
export function isYttTemplate(text: string): boolean {
  return YTT.test(text);
}

/** The first placeholder where no text of a finished manifest has one; names of images are left out. */
export function findPlaceholderIn(data: unknown, isFree = false): string | undefined {
  if (typeof data === 'string') {
    return isFree ? undefined : findPlaceholder(data);
  }
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  for (const [name, value] of Object.entries(data)) {
    const found = Array.isArray(data) ? findPlaceholderIn(value, isFree) : findInField(name, value, isFree);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function findInField(name: string, value: unknown, isFree: boolean): string | undefined {
  // `x: {{ y }}` is an object in an object, whose name the reader writes as `{ y }`.
  if (value === null && /^\{.*\}$/s.test(name)) {
    return `{${name}}`;
  }
  const isName = !isFree && FREE.has(name) === false;
  const isImage = name === 'image' && typeof value === 'string';
  return (isFree ? undefined : findPlaceholder(name)) ?? (isImage ? undefined : findPlaceholderIn(value, !isName));
}
