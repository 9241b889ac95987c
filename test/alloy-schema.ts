import type { Container } from '../src/pod/manifest/pod-template';
import { containsPath } from '../src/private/paths';

const DOCS = 'https://grafana.com/docs/alloy/latest/reference/components';

/** An expression that is not looked into, such as `sys.env("X")` or `loki.write.a.receiver`. */
export interface AlloyExpression {
  readonly evaluated: string;
}
export interface AlloyBlock {
  readonly name: string;
  readonly label?: string;
  readonly attributes: Readonly<Record<string, any>>;
  readonly blocks: readonly AlloyBlock[];
}

/** Attributes of each block, by its path, and those that it must have. */
const SCHEMA: Readonly<Record<string, { source: string; attributes: string; required?: string }>> = {
  'local.file_match': {
    source: `${DOCS}/local/local.file_match/`,
    attributes: 'path_targets sync_period ignore_older_than',
    required: 'path_targets',
  },
  'loki.source.file': {
    source: `${DOCS}/loki/loki.source.file/`,
    attributes: 'targets forward_to encoding tail_from_end',
    required: 'targets forward_to',
  },
  'loki.source.file file_watch': {
    source: `${DOCS}/loki/loki.source.file/#file_watch`,
    attributes: 'min_poll_frequency max_poll_frequency',
  },
  'loki.process': { source: `${DOCS}/loki/loki.process/`, attributes: 'forward_to', required: 'forward_to' },
  'loki.process stage.multiline': {
    source: `${DOCS}/loki/loki.process/#stagemultiline`,
    attributes: 'firstline max_lines max_wait_time',
    required: 'firstline',
  },
  'loki.process stage.json': {
    source: `${DOCS}/loki/loki.process/#stagejson`,
    attributes: 'expressions drop_malformed source',
    required: 'expressions',
  },
  'loki.process stage.regex': {
    source: `${DOCS}/loki/loki.process/#stageregex`,
    attributes: 'expression source',
    required: 'expression',
  },
  'loki.process stage.timestamp': {
    source: `${DOCS}/loki/loki.process/#stagetimestamp`,
    attributes: 'source format action_on_failure location',
    required: 'source format',
  },
  'loki.write': { source: `${DOCS}/loki/loki.write/`, attributes: 'external_labels max_streams' },
  'loki.write endpoint': {
    source: `${DOCS}/loki/loki.write/#endpoint`,
    attributes: 'url tenant_id bearer_token max_backoff_period max_backoff_retries',
    required: 'url',
  },
  'loki.write endpoint basic_auth': { source: `${DOCS}/loki/loki.write/#basic_auth`, attributes: 'username password' },
};

/** What Alloy, or the container it runs in, has against a configuration. Knows nothing of how it was generated. */
export function alloyProblems(text: string, container: Container): string[] {
  const blocks = readAlloy(text);
  const names = blocks.map(({ name, label }) => `${name}.${label}`);
  const expressions = JSON.stringify(blocks).match(/(?<="evaluated":")(?:[^"\\]|\\.)*/g) ?? [];
  const variables = expressions.flatMap((each) => /^sys\.env\(\\"(\w+)\\"\)$/.exec(each)?.[1] ?? []);
  const references = expressions.flatMap((each) => /^(\w+(?:\.\w+)+)\.(?:receiver|targets)$/.exec(each)?.[1] ?? []);
  const known = (container.env ?? []).map(({ name }) => name);
  const readOnly = (container.volumeMounts ?? []).filter((mount) => mount.readOnly).map((mount) => mount.mountPath);
  const paths = tailedPaths(blocks);
  return [
    ...blocks.flatMap((block) => blockProblems(block, block.name)),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two components ${name}`),
    ...variables.filter((name) => !known.includes(name)).map((name) => `${name} is not in the environment`),
    ...references.filter((name) => !names.includes(name)).map((name) => `no component ${name}`),
    ...names
      .filter((name) => name.startsWith('loki.process') || name.startsWith('loki.write'))
      .filter((name) => !references.includes(name))
      .map((name) => `nothing is sent to ${name}`),
    ...paths
      .filter((path) => !readOnly.some((mount) => containsPath(mount, path)))
      .map((path) => `${path} is on no read-only volume`),
    ...(expressions.length === variables.length + references.length ? [] : ['an expression of another kind']),
  ];
}

/** The files that a configuration reads. */
export function tailedPaths(blocks: readonly AlloyBlock[]): string[] {
  return blocks
    .filter(({ name }) => name === 'local.file_match')
    .flatMap(({ attributes }) => attributes.path_targets.map(({ __path__ }: any) => __path__));
}

function blockProblems({ attributes, blocks }: AlloyBlock, path: string): string[] {
  const schema = SCHEMA[path];
  if (!schema) {
    return [`unknown block ${path}`];
  }
  const unknown = Object.keys(attributes).filter((name) => !schema.attributes.split(' ').includes(name));
  const missing = (schema.required ?? '').split(' ').filter((name) => name !== '' && !(name in attributes));
  return [
    ...unknown.map((name) => `unknown attribute ${name} of ${path}`),
    ...missing.map((name) => `no attribute ${name} of ${path}`),
    ...blocks.flatMap((inner) => blockProblems(inner, `${path} ${inner.name}`)),
  ];
}

const TOKEN = /\s*(?:("(?:[^"\\\n]|\\.)*")|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(-?\d+(?:\.\d+)?)|([{}[\]()=,]))/y;

/**
 * Reads a configuration by the rules of its documentation.
 *
 * @see https://grafana.com/docs/alloy/latest/get-started/syntax/
 */
export function readAlloy(text: string): AlloyBlock[] {
  const tokens = tokensOf(text);
  const blocks = body(tokens, undefined);
  if (Object.keys(blocks.attributes).length > 0) {
    throw new Error('an attribute outside of blocks');
  }
  return [...blocks.blocks];
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token) {
      throw new Error(`not a token: ${text.slice(at, at + 30)}`);
    }
    tokens.push(token[0].trim());
  }
  return tokens;
}

function take(tokens: string[], expected?: string): string {
  const token = tokens.shift();
  if (token === undefined || (expected !== undefined && token !== expected)) {
    throw new Error(`${expected ?? 'a token'} expected, not ${token}`);
  }
  return token;
}

function body(tokens: string[], end: string | undefined): Pick<AlloyBlock, 'attributes' | 'blocks'> {
  const attributes: Record<string, unknown> = {};
  const blocks: AlloyBlock[] = [];
  while (tokens.length > 0 && tokens[0] !== end) {
    const name = take(tokens);
    if (tokens[0] === '=') {
      take(tokens, '=');
      if (name in attributes) {
        throw new Error(`two attributes ${name}`);
      }
      attributes[name] = value(tokens);
    } else {
      const label = tokens[0]!.startsWith('"') ? readString(take(tokens)) : undefined;
      if (label !== undefined && !/^[A-Za-z_]\w*$/.test(label)) {
        throw new Error(`not a label: ${label}`);
      }
      take(tokens, '{');
      blocks.push({ name, ...(label === undefined ? {} : { label }), ...body(tokens, '}') });
      take(tokens, '}');
    }
  }
  return { attributes, blocks };
}

function value(tokens: string[]): unknown {
  const token = take(tokens);
  if (token.startsWith('"')) {
    return readString(token);
  }
  if (token === '[') {
    const items: unknown[] = [];
    while (tokens[0] !== ']') {
      items.push(value(tokens));
      if (tokens[0] !== ']') {
        take(tokens, ',');
      }
    }
    take(tokens, ']');
    return items;
  }
  if (token === '{') {
    const entries: [string, unknown][] = [];
    while (tokens[0] !== '}') {
      const key = take(tokens);
      take(tokens, '=');
      entries.push([key.startsWith('"') ? readString(key) : key, value(tokens)]);
      take(tokens, ',');
    }
    take(tokens, '}');
    return Object.fromEntries(entries);
  }
  if (/^-?\d/.test(token)) {
    return Number(token);
  }
  if (token === 'true' || token === 'false') {
    return token === 'true';
  }
  if (tokens[0] === '(') {
    const call = [token, take(tokens, '('), take(tokens), take(tokens, ')')];
    return { evaluated: call.join('') };
  }
  return { evaluated: token };
}

/** The text of a string: escapes as in Go, and nothing in it that would end it. */
export function readString(token: string): string {
  const inner = /^"((?:[^"\\\n]|\\.)*)"$/su.exec(token)?.[1];
  if (inner === undefined || /\ufeff|\0/.test(inner)) {
    throw new Error(`not a string: ${token}`);
  }
  return inner.replace(/\\(?:u([0-9a-f]{4})|(.))/gsu, (found, code, sign) => {
    const plain = ({ n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' } as Record<string, string>)[sign ?? ''];
    if (code === undefined && plain === undefined) {
      throw new Error(`not an escape: ${found}`);
    }
    return plain ?? String.fromCharCode(Number.parseInt(code, 16));
  });
}
