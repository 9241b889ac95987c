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
    /\{[A-Za-z_]\w{0,100}(?:\.\w{1,100})+\}/, // Python
    /\((?:\$\w{1,100}|\w{1,100}\([^()\n]{0,100}\))\)/, // expressions of Chainsaw
  ]
    .map(({ source }) => source)
    .join('|'),
  's',
);

/** Words that people write in place of names, as in `PROJECT_ID`: no name has capital letters, nor a line below. */
const CAPITALS = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/;

/** Parts of the name of an image that are yet to be named: no image has braces or brackets. */
const IMAGE_PART = /\{[^{}]*\}|\[[^[\]]*\]/;

/** Fields whose keys are any names, so that one without a value may be meant. */
const MAPS = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector', 'selector']);

/** The marks of a template at the beginning of a line or of a value, where they are no YAML. */
const TEMPLATE_LINE = /(?:^[^\S\n]*(?:-[^\S\n]+)?(?:[\w./-]+:[^\S\n]*)?["']?|[,[][^\S\n]*)(?:\{\{|\{%|<%)/m;
const RESERVED = /[\s,[][@%][A-Za-z_]\w*[@%]/;
/** Values in braces as Python fills in, and in flow collections as envsubst does, which are no YAML there. */
const BRACES = /:[^\S\n]*\{[A-Za-z_][\w.]*(?:\[[\w.-]+\])?\}|[,[{][^\S\n]*\$\{/;

/** A comment of ytt, which makes a value. */
const YTT = /(?:^|\s)#@(?:[ \t]|(?:data|library|overlay|schema|yaml|ytt)\/)/;

/** Fields whose text is for a program or for people: what looks like a placeholder there may be meant for them. */
const FREE = new Set([
  ...['annotations', 'args', 'binaryData', 'command', 'data', 'description', 'message', 'mountOptions', 'parameters'],
  ...['stringData', 'subPathExpr', 'value', 'volumeAttributes'],
]);

/** The characters without which no image has a placeholder. */
const SUSPICIOUS = /[{$<(%#[A-Z]|__|@.*@/;

/** The first placeholder in a text. */
export function findPlaceholder(text: string): string | undefined {
  return PLACEHOLDER.exec(text)?.[0];
}

/** The first word of capital letters in a name, which somebody is to replace. */
export function findCapitals(name: string): string | undefined {
  return CAPITALS.exec(name)?.[0];
}

/** Whether the name of an image is filled in later: by ko, or in place of a placeholder. */
export function isUnresolvedImage(image: string): boolean {
  return image.startsWith('ko://') || (SUSPICIOUS.test(image) && hasImagePlaceholder(image));
}

/** A tag may have capital letters. */
function hasImagePlaceholder(image: string): boolean {
  const repository = image.replace(/(?::[^/:]*)?(?:@.*)?$/, '');
  return PLACEHOLDER.test(image) || IMAGE_PART.test(image) || CAPITALS.test(repository);
}

/** Whether a text that is no YAML is a template. */
export function isTemplate(text: string): boolean {
  return [TEMPLATE_LINE, RESERVED, BRACES].some((mark) => mark.test(text));
}

/** Whether a text of YAML is a template of ytt, whose values stand in comments. */
export function isYttTemplate(text: string): boolean {
  return YTT.test(text);
}

/** The first placeholder where no text of a finished manifest has one; names of images are left out. */
export function findPlaceholderIn(data: unknown, isFree = false, outer?: unknown): string | undefined {
  if (typeof data === 'string') {
    return isFree ? undefined : findPlaceholder(data);
  }
  if (typeof data !== 'object' || data === null) {
    return undefined;
  }
  const env = (data as { env?: unknown }).env ?? outer;
  for (const [name, value] of Object.entries(data)) {
    const found = Array.isArray(data) ? findPlaceholderIn(value, isFree, env) : findInField(name, value, isFree, env);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The path of a request of a probe without references to variables of its container: they are wrong there, but meant. */
function omitVariables(path: string, env: readonly unknown[]): string {
  const names = env.map((item) => (item as { name?: unknown } | null)?.name);
  return path.replace(/\$\((\w+)\)/g, (whole, name) => (names.includes(name) ? '' : whole));
}

function findInField(name: string, value: unknown, isFree: boolean, env: unknown): string | undefined {
  if (name === 'path' && typeof value === 'string' && Array.isArray(env)) {
    return findPlaceholder(omitVariables(value, env));
  }
  // `x: {{ y }}` is an object in an object, whose name the reader writes as `{ y }`.
  if (value === null && /^\{.*\}$/s.test(name)) {
    return `{${name}}`;
  }
  const word = MAPS.has(name) ? undefined : findOnlyWord(value);
  if (word !== undefined) {
    return `{${word}}`;
  }
  const isName = !isFree && FREE.has(name) === false;
  const isImage = name === 'image' && typeof value === 'string';
  return (isFree ? undefined : findPlaceholder(name)) ?? (isImage ? undefined : findPlaceholderIn(value, !isName, env));
}

/** The word in `{self.name}`, which the reader takes for an object of one field without a value. */
function findOnlyWord(value: unknown): string | undefined {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const [[name, content] = ['', undefined]] = entries;
  return entries.length === 1 && content === null && /^[A-Za-z_]\w*(?:\.\w+)+$/.test(name) ? name : undefined;
}
