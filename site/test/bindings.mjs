// Holds what the pages of the API say against the bindings that jsii-pacmak generates: `node test/bindings.mjs <folder>`, after
// `jsii-pacmak --code-only -o <folder>`. Every name, parameter and type of every member has to stand there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly } from '../build/api/assembly.mjs';
import { CSharp, Go, Java, Python } from '../build/api/languages.mjs';

const [folder] = process.argv.slice(2);
const assembly = Assembly.read();
const findFile = (language, name) => {
  const root = join(folder, language);
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).find((file) => file.split('/').at(-1) === name) ?? '';
};

/** Without what no reader needs: blanks, packages, annotations. */
const squeeze = (text) =>
  text
    .replace(/@org\.jetbrains\.annotations\.\w+|\bfinal\b|\? extends |\b(?:[\w]+\.)+(?=[A-Z])/g, '')
    .replace(/\/\/ required/g, '')
    .replace(/,(?=\s*\))/g, '')
    .replace(/\s+/g, '');

const sources = new Map();
function readSource(language, name) {
  const key = `${language}/${name}`;
  if (!sources.has(key)) {
    const file = join(folder, language, findFile(language, name));
    sources.set(key, existsSync(file) && file !== join(folder, language) ? squeeze(readFileSync(file, 'utf8')) : '');
  }
  return sources.get(key);
}

const checks = [checkGo, checkCSharp, checkJava, checkPython];
const problems = checks.flatMap((check) => assembly.own.flatMap((type) => check(type)));
console.log(problems.slice(0, 40).join('\n') || 'all names and types are those of the bindings');
console.log(`${assembly.own.length} types, ${problems.length} differences`);
process.exitCode = problems.length > 0 ? 1 : 0;

function listParts(type) {
  return {
    type,
    initializer: type.kind === 'class' && !type.abstract ? assembly.findInitializer(type) : undefined,
    methods: (type.methods ?? []).filter((one) => !one.protected),
    properties: type.datatype
      ? assembly.listMembers(type, 'properties')
      : (type.properties ?? []).filter((one) => !one.protected),
  };
}

function expectIn(language, type, source, lines) {
  return lines
    .filter((line) => !source.includes(squeeze(line)))
    .map((line) => `${language} ${type.name}: ${line.replace(/\s+/g, ' ')}`);
}

function checkGo(type) {
  const go = new Go(assembly);
  const { methods, properties, initializer } = listParts(type);
  const toName = (name) => go.toMember(name);
  const lines = [
    ...(type.members ?? []).map(({ name }) => `${type.name}_${name} ${type.name}`),
    ...properties
      .filter((one) => !one.static)
      .map((one) =>
        type.datatype ? `${toName(one.name)} ${go.toType(one.type)}` : `${toName(one.name)}() ${go.toType(one.type)}`,
      ),
    ...methods.map((one) => go.renderMethod(one, type)),
    ...(initializer
      ? [
          `func New${type.name}(${(initializer.parameters ?? []).map((one) => go.renderParameter(one)).join(', ')}) ${type.name}`,
        ]
      : []),
  ];
  return expectIn('Go', type, readSource('go', `${type.name}.go`), lines);
}

function checkCSharp(type) {
  const csharp = new CSharp(assembly);
  const { methods, properties, initializer } = listParts(type);
  const lines = [
    ...(type.members ?? []).map(({ name }) => `${name}`),
    ...properties.map((one) => `${csharp.toType(one.type, one.optional)} ${csharp.toMember(one.name)}`),
    ...methods.map((one) => csharp.renderMethod(one).replace(/;$/, '')),
    ...(initializer
      ? [`${type.name}(${(initializer.parameters ?? []).map((one) => csharp.renderParameter(one)).join(', ')})`]
      : []),
  ];
  return expectIn(
    'C#',
    type,
    readSource('dotnet', `${type.name}.cs`),
    lines.map((line) => line.replace(/^static /, 'static ')),
  );
}

function checkJava(type) {
  const java = new Java(assembly);
  const { methods, properties, initializer } = listParts(type);
  const last = initializer?.parameters?.at(-1)?.type.fqn;
  const hasBuilder = last !== undefined && assembly.isOwn(last);
  const setters = hasBuilder ? java.splitProps(initializer.parameters)[2] : type.datatype ? properties : [];
  const toGetter = (name) => `get${name[0].toUpperCase()}${name.slice(1)}`;
  const lines = [
    ...(type.members ?? []).map(({ name }) => name),
    ...properties.map((one) => `${java.toType(one.type)} ${toGetter(one.name)}()`),
    ...methods.map((one) =>
      java
        .renderMethod(one)
        .replace(/;$/, '')
        .replace(/^static /, ''),
    ),
    ...setters.map((one) => `Builder ${one.name}(${java.toType(one.type)} ${one.name})`),
  ];
  return expectIn('Java', type, readSource('java', `${type.name}.java`), lines);
}

/** All types of Python stand in one file, class after class. */
function checkPython(type) {
  const python = new Python(assembly);
  const source = readSource('python', '__init__.py');
  const start = source.search(new RegExp(`class${type.name}[:(]`));
  const end = source.indexOf('@jsii.', start);
  const body = toModern(readClass(type.name));
  const { methods, properties, initializer } = listParts(type);
  const calls = [...methods, ...(initializer ? [{ name: '__init__', ...initializer }] : [])];
  const names = [
    ...(type.members ?? []).map(({ name }) => `${name}=`),
    ...properties.map((one) =>
      type.datatype
        ? `${python.toMember(one.name)}:${python.toType(one.type, one.optional)}`
        : `def${python.toMember(one.name)}(self)->${python.toGiven(one.type, one.optional)}`,
    ),
    ...calls.map(({ name }) => `def${name === '__init__' ? name : python.toMember(name)}(`),
    ...calls.flatMap((one) => python.listParameters(one.parameters).filter((text) => text !== '*')),
  ];
  const wrong = names.filter((name) => !body.includes(name.replace(/\s+/g, '').replace(/\b(?:\w+\.)+(?=[A-Z])/g, '')));
  return start === -1 || end === 0
    ? [`Python has no ${type.name}`]
    : wrong.map((name) => `Python ${type.name}: ${name}`);
}

function readClass(name) {
  const file = join(
    folder,
    'python',
    findFile('python', 'setup.py').replace('setup.py', ''),
    'src/cdk8s_pod_patterns/__init__.py',
  );
  const text = readFileSync(file, 'utf8');
  const start = text.search(new RegExp(`^class ${name}[:(]`, 'm'));
  const next = text.slice(start + 1).search(/^(?:@jsii|class |__all__)/m);
  return text.slice(start, next === -1 ? undefined : start + 1 + next);
}

function toModern(text) {
  let modern = text
    .replace(/"_\w+?\.(\w+)"/g, '$1')
    .replace(/"(\w+)"/g, '$1')
    .replace(/\b(?:typing|builtins|datetime)\.|_\w+_[0-9a-f]{8}\./g, '')
    .replace(/jsii\.Number/g, 'int|float')
    .replace(/\s+/g, '');
  for (let before = ''; before !== modern; ) {
    before = modern;
    modern = modern
      .replace(/Union\[([\w.]+),Dict\[str,Any\]\]/g, '$1')
      .replace(/Optional\[((?:[^[\]]|\[(?:[^[\]]|\[[^[\]]*\])*\])*)\]/g, '$1|None');
  }
  return modern.replace(/\b(?:\w+\.)+(?=[A-Z])/g, '');
}
