// Writes src/private/props-table.ts: the types of what the public API takes, of which `readProps` tells whether a value is one. They
// come from what `npm run build` knows of this package, and of cdk8s and cdk8s-plus where their types stand in props of ours.
//
//   node tools/props-table.mjs           writes it, and fails where it was stale, as what was built has the old one
//   node tools/props-table.mjs --check   fails where it is stale
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';

const TABLE = new URL('../src/private/props-table.ts', import.meta.url);
const { name: OWN, peerDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const PACKAGES = Object.keys(peerDependencies);

/** Structs that take any further key, which jsii does not tell. */
const OPEN = ['cdk8s.ApiObjectMetadata'];

/**
 * Types that are narrower than what jsii knows: contents of files, which may be any text, keys in a Secret or ConfigMap, ports
 * and amounts that nothing else looks at, and data that goes into a file.
 */
const NARROWER = {
  'ConfigFilesOptions.files': 'file{}',
  'ConfigReloaderProps.files': 'file{}',
  'NginxProps.content': 'file{}',
  'CloudSqlProxyProps.maxConnections': 'whole',
  'EnvoyConfig.bootstrap': 'data{}',
  'EnvoyProps.maxConnections': 'count',
  'FluentBitForwardOptions.port': 'port',
  'FluentBitHttpOptions.port': 'port',
  'FluentBitLokiOptions.port': 'port',
  'FluentBitOpenTelemetryOptions.port': 'port',
  'FluentBitSearchOptions.port': 'port',
  'FluentdForwardOptions.port': 'port',
  'GitPasswordOptions.passwordKey': 'key',
  'GitPasswordOptions.usernameKey': 'key',
  'GitSshOptions.knownHostsKey': 'key',
  'GitSshOptions.privateKeyKey': 'key',
  'HaProxyProps.maxConnections': 'count',
  'PgBouncerDatabase.poolSize': 'count',
  'PgBouncerProps.maxClientConnections': 'count',
  'PgBouncerProps.poolSize': 'count',
  'SecretValue.key': 'key',
  'VaultAppRoleOptions.roleIdKey': 'key',
  'VaultAppRoleOptions.secretIdKey': 'key',
  'VaultAuthOptions.settings': 'data{}',
};

/** Structs whose numbers are told apart as ports and IDs. */
const NUMBERED = ['ContainerPort', 'ContainerSecurityContextProps'];

/** So many members tell a class from others. */
const MAX_MEMBERS = 3;

const require = createRequire(import.meta.url);
const own = readAssembly('..');
const types = new Map(
  [own, ...PACKAGES.map((name) => readAssembly(`../node_modules/${name}`))].flatMap((assembly) =>
    Object.entries(assembly),
  ),
);
const needed = collectNeeded();
const [ours, foreign] = [needed.filter(isOwn), needed.filter((fqn) => !isOwn(fqn))];
const text = formatTable(ours.map(formatType), foreign.map(formatType));
if (process.argv.includes('--check') && readText() !== text) {
  console.error('src/private/props-table.ts is not what the props are; run `npm run update`');
  process.exitCode = 1;
} else if (readText() !== text) {
  writeFileSync(TABLE, text);
  console.error('src/private/props-table.ts was stale, and is written anew: build again');
  process.exitCode = 1;
}

function readAssembly(folder) {
  const file = (name) => readFileSync(new URL(`${folder}/${name}`, import.meta.url));
  const assembly = JSON.parse(file('.jsii'));
  return (assembly.schema === 'jsii/file-redirect' ? JSON.parse(gunzipSync(file(assembly.filename))) : assembly).types;
}

function readText() {
  try {
    return readFileSync(TABLE, 'utf8');
  } catch {
    return '';
  }
}

/** The types of all parameters of the public API, and those that stand in them. */
function collectNeeded() {
  const classes = Object.values(own).filter(({ kind, fqn }) => kind === 'class' && fqn.split('.').length === 2);
  const calls = classes.flatMap(({ initializer, methods = [] }) => [initializer ?? {}, ...methods]);
  const waiting = calls.flatMap(({ parameters = [] }) => parameters.flatMap(({ type }) => listReferences(type)));
  const structs = Object.values(own).filter(({ datatype, fqn }) => datatype && fqn.split('.').length === 2);
  waiting.push(...structs.map(({ fqn }) => fqn));
  const found = new Set();
  for (let fqn = waiting.pop(); fqn !== undefined; fqn = waiting.pop()) {
    const type = types.get(fqn);
    if (!found.has(fqn) && type) {
      found.add(fqn);
      waiting.push(...(type.datatype ? [...(type.interfaces ?? []), ...listOwnReferences(type)] : []));
    }
  }
  const names = [...found].map(toName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) {
    throw new Error(`two packages have a type ${twice}; tell them apart in tools/props-table.mjs`);
  }
  return [...found].sort();
}

function listOwnReferences({ properties = [] }) {
  return properties.flatMap(({ type }) => listReferences(type));
}

function listReferences({ fqn, collection }) {
  return fqn ? [fqn] : collection ? listReferences(collection.elementtype) : [];
}

function formatType(fqn) {
  const type = types.get(fqn);
  const name = toName(fqn);
  if (type.kind === 'enum') {
    const values = Object.values(require(isOwn(fqn) ? '../lib/src/index.js' : fqn.split('.')[0])[name]);
    return `${name} = ${values.join(' ')}`;
  }
  return type.datatype
    ? formatStruct(name, type)
    : `${name} . ${listMembers(type).slice(0, MAX_MEMBERS).join(' ')}`.trim();
}

function formatStruct(name, type) {
  const { fqn, interfaces = [], properties = [] } = type;
  const bases = interfaces.map((base) => ` ${toName(base)}`).join('');
  const props = properties.map((prop) => `${prop.name}${prop.optional ? '?' : ''} ${formatPropType(type, prop)}`);
  return `${name} <${bases}: ${[...props, ...(OPEN.includes(fqn) ? ['*? any'] : [])].join(', ')}`;
}

/** Kubernetes takes whole numbers and seconds alone, and cdk8s-plus passes on what it gets. */
function formatPropType({ fqn }, { name, type }) {
  const text = NARROWER[`${toName(fqn)}.${name}`] ?? formatReference(type);
  const whole = isOwn(fqn) || NUMBERED.includes(toName(fqn)) ? {} : { number: 'whole', Duration: 'seconds' };
  return whole[text] ?? text;
}

function formatReference({ primitive, fqn, collection }) {
  if (collection) {
    return formatReference(collection.elementtype) + (collection.kind === 'array' ? '[]' : '{}');
  }
  return fqn && types.has(fqn) ? toName(fqn) : primitive === 'json' ? 'any' : (primitive ?? 'any');
}

/** The members that every instance has, its own before those that it inherits. */
function listMembers({ methods = [], properties = [], base, interfaces = [] }) {
  const members = [...properties, ...methods].filter(
    (member) => !member.static && !member.protected && !member.optional,
  );
  const inherited = [...(base ? [base] : []), ...interfaces].flatMap((fqn) =>
    types.has(fqn) ? listMembers(types.get(fqn)) : [],
  );
  return [...new Set([...members.map(({ name }) => name), ...inherited])];
}

function isOwn(fqn) {
  return fqn.startsWith(`${OWN}.`);
}

function toName(fqn) {
  return fqn.split('.').pop();
}

function formatTable(ownLines, foreignLines) {
  return `// Generated by \`npm run update\`. Do not edit.

/**
 * The types of this package that the public API takes, one a line: \`Struct < Bases: prop type, optional? type\`,
 * \`Enum = values\`, \`Class . members\`. \`[]\` is a list, \`{}\` a map, \`file\` any
 * text, \`key\` one of a Secret or ConfigMap, \`whole\` a whole number, \`count\` one above 0, \`port\` the number of a port, \`seconds\` a Duration
 * of whole seconds, \`data\` data without classes, and \`*\` stands for all other props.
 */
export const OWN_TYPES = \`
${ownLines.join('\n')}
\`;

/** The types of cdk8s, cdk8s-plus and constructs among them, in the lowest versions that the package allows. */
export const FOREIGN_TYPES = \`
${foreignLines.join('\n')}
\`;
`;
}
