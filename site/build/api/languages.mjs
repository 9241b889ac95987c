// How jsii shows one declaration in each language. Every language has the same five questions: the name of a member, the name
// of a type, and how a class, props and an enum are declared. `site/test/bindings.mjs` holds the answers against real bindings.
import { toSnakeCase } from './words.mjs';

const toPascalCase = (name) => name[0].toUpperCase() + name.slice(1);
const indent = (text) => text.replace(/^(?=.)/gm, '    ');

/** One line where it fits, else one parameter a line. */
function formatCall(start, parameters, end, width = 100) {
  const line = `${start}${parameters.join(', ')}${end}`;
  return line.length <= width || parameters.length === 0 ? line : `${start}\n${indent(parameters.join(',\n'))}\n${end}`;
}

class LanguageOfJsii {
  constructor(assembly) {
    this.assembly = assembly;
  }

  /** The type as it is written in a declaration. */
  toType(type, isOptional = false) {
    if (type.collection) {
      return this.toCollection(type.collection, isOptional);
    }
    return type.primitive ? this.toPrimitive(type.primitive, isOptional) : this.toNamed(type.fqn, isOptional);
  }

  targetsOf(fqn) {
    return this.assembly.targets.get(fqn.split('.')[0]);
  }

  nameOf(fqn) {
    return fqn.split('.').at(-1);
  }

  /** The last parameter, where it is props. */
  splitProps(parameters) {
    const last = parameters.at(-1);
    return last?.type.fqn && this.assembly.isStruct(last.type.fqn)
      ? [parameters.slice(0, -1), last, this.assembly.listMembers(this.assembly.find(last.type.fqn), 'properties')]
      : [parameters, undefined, []];
  }
}

export class TypeScript extends LanguageOfJsii {
  id = 'typescript';
  title = 'TypeScript';
  fence = 'ts';

  toMember(name) {
    return name;
  }

  toPrimitive(primitive) {
    return { date: 'Date', json: 'object' }[primitive] ?? primitive;
  }

  toCollection({ kind, elementtype }) {
    const type = this.toType(elementtype);
    return kind === 'array' ? `${type}[]` : `Record<string, ${type}>`;
  }

  toNamed(fqn) {
    const prefix = { 'cdk8s-plus-28': 'kplus.' }[fqn.split('.')[0]] ?? '';
    return prefix + this.nameOf(fqn);
  }

  renderImport({ name }) {
    return `import { ${name} } from 'cdk8s-pod-patterns';`;
  }

  renderMethod({ name, parameters = [], returns, static: isStatic }) {
    const list = parameters.map((one) => this.renderParameter(one));
    return formatCall(
      `${isStatic ? 'static ' : ''}${name}(`,
      list,
      `): ${returns ? this.toType(returns.type) : 'void'}`,
    );
  }

  renderParameter({ name, optional, type }) {
    return `${name}${optional ? '?' : ''}: ${this.toType(type)}`;
  }

  renderClass({ type, initializer, methods, properties }) {
    const parents = [
      type.base ? `extends ${this.nameOf(type.base)}` : '',
      type.interfaces
        ? `${type.kind === 'class' ? 'implements' : 'extends'} ${type.interfaces.map((fqn) => this.nameOf(fqn)).join(', ')}`
        : '',
    ].filter(Boolean);
    const head = [type.abstract ? 'abstract' : '', type.kind, type.name, ...parents].filter(Boolean).join(' ');
    const lines = [
      ...(initializer
        ? [
            formatCall(
              'constructor(',
              (initializer.parameters ?? []).map((one) => this.renderParameter(one)),
              ')',
            ),
          ]
        : []),
      ...properties.map(
        (one) => `${one.static ? 'static ' : ''}${one.immutable ? 'readonly ' : ''}${this.renderParameter(one)};`,
      ),
      ...methods.map((one) => `${this.renderMethod(one)};`),
    ];
    return `${head} {\n${indent(lines.join('\n'))}\n}`;
  }

  renderStruct({ type, properties }) {
    return `interface ${type.name} {\n${indent(properties.map((one) => `readonly ${this.renderParameter(one)};`).join('\n'))}\n}`;
  }

  renderEnum({ name, members }) {
    return `enum ${name} {\n${indent(members.map((one) => `${one.name},`).join('\n'))}\n}`;
  }
}

export class Python extends LanguageOfJsii {
  id = 'python';
  title = 'Python';
  fence = 'python';

  toMember(name) {
    return toSnakeCase(name);
  }

  toPrimitive(primitive, isOptional) {
    const name = {
      string: 'str',
      number: 'int | float',
      boolean: 'bool',
      any: 'Any',
      json: 'Mapping[Any, Any]',
      date: 'datetime',
    }[primitive];
    return isOptional && primitive !== 'any' ? `${name} | None` : name;
  }

  /** What is given is a list; what is taken may be any sequence. */
  toGiven(type, isOptional) {
    return this.toType(type, isOptional).replace(/^Sequence/, 'List');
  }

  toCollection({ kind, elementtype }, isOptional) {
    const type = this.toType(elementtype);
    return `${kind === 'array' ? `Sequence[${type}]` : `Mapping[str, ${type}]`}${isOptional ? ' | None' : ''}`;
  }

  toNamed(fqn, isOptional) {
    const { module } = this.targetsOf(fqn).python;
    const prefix = this.assembly.isOwn(fqn) ? '' : `${module}.`;
    return `${prefix}${this.nameOf(fqn)}${isOptional ? ' | None' : ''}`;
  }

  renderImport({ name }) {
    return `from cdk8s_pod_patterns import ${name}`;
  }

  /** Props are keywords, and what must be given comes first. */
  listParameters(parameters = []) {
    const [plain, props, members] = this.splitProps(parameters);
    const keywords = [...members].sort((a, b) => Number(!!a.optional) - Number(!!b.optional));
    return [
      ...plain.map((one) => this.renderParameter(one)),
      ...(props ? ['*', ...keywords.map((one) => this.renderParameter(one))] : []),
    ];
  }

  renderParameter({ name, optional, type }) {
    return `${this.toMember(name)}: ${this.toType(type, optional)}${optional ? ' = None' : ''}`;
  }

  renderMethod({ name, parameters, returns, static: isStatic }) {
    const first = isStatic ? 'cls' : 'self';
    const end = `) -> ${returns ? this.toGiven(returns.type, returns.optional) : 'None'}: ...`;
    return `${isStatic ? '@classmethod\n' : ''}${formatCall(`def ${this.toMember(name)}(`, [first, ...this.listParameters(parameters)], end)}`;
  }

  renderClass({ type, initializer, methods, properties }) {
    const parents = [type.base, ...(type.interfaces ?? [])].filter(Boolean).map((fqn) => this.toNamed(fqn));
    const parts = [
      ...(initializer
        ? [formatCall('def __init__(', ['self', ...this.listParameters(initializer.parameters)], ') -> None: ...')]
        : []),
      ...properties.map(
        (one) => `@property\ndef ${this.toMember(one.name)}(self) -> ${this.toGiven(one.type, one.optional)}: ...`,
      ),
      ...methods.map((one) => this.renderMethod(one)),
    ];
    return `class ${type.name}${parents.length > 0 ? `(${parents.join(', ')})` : ''}:\n${indent(parts.join('\n'))}`;
  }

  renderStruct({ type, properties }) {
    return formatCall(
      `${type.name}(`,
      this.listParameters([{ name: 'props', type: { fqn: type.fqn } }]),
      ')',
      properties.length > 2 ? 0 : 100,
    );
  }

  renderEnum({ name, members }) {
    return `class ${name}(Enum):\n${indent(members.map((one) => one.name).join('\n'))}`;
  }
}

export class Java extends LanguageOfJsii {
  id = 'java';
  title = 'Java';
  fence = 'java';

  toMember(name) {
    return name;
  }

  toPrimitive(primitive) {
    return {
      string: 'String',
      number: 'Number',
      boolean: 'Boolean',
      any: 'Object',
      json: 'ObjectNode',
      date: 'Instant',
    }[primitive];
  }

  toCollection({ kind, elementtype }) {
    const type = this.toType(elementtype);
    return kind === 'array' ? `List<${type}>` : `Map<String, ${type}>`;
  }

  toNamed(fqn) {
    const prefix =
      this.assembly.isOwn(fqn) || fqn.startsWith('constructs.') ? '' : `${this.targetsOf(fqn).java.package}.`;
    return prefix + this.nameOf(fqn);
  }

  renderImport({ name, fqn }) {
    return `import ${this.targetsOf(fqn).java.package}.${name};`;
  }

  renderParameter({ name, type }) {
    return `${this.toType(type)} ${name}`;
  }

  renderMethod({ name, parameters = [], returns, static: isStatic, abstract }) {
    const start = `${isStatic ? 'static ' : ''}${returns ? this.toType(returns.type) : 'void'} ${name}(`;
    return `${formatCall(
      start,
      parameters.map((one) => this.renderParameter(one)),
      ')',
    )}${abstract ? '' : ''};`;
  }

  renderClass({ type, initializer, methods, properties }) {
    const parents = [
      type.base ? `extends ${this.toNamed(type.base)}` : '',
      type.interfaces
        ? `${type.kind === 'class' ? 'implements' : 'extends'} ${type.interfaces.map((fqn) => this.toNamed(fqn)).join(', ')}`
        : '',
    ].filter(Boolean);
    const head = `${type.abstract ? 'abstract ' : ''}${type.kind} ${[type.name, ...parents].join(' ')}`;
    const lines = [
      ...properties.map(
        (one) => `${one.static ? 'static ' : ''}${this.toType(one.type)} get${toPascalCase(one.name)}();`,
      ),
      ...methods.map((one) => this.renderMethod(one)),
    ];
    return [
      ...(initializer ? this.renderCreation(type, initializer) : []),
      `${head} {\n${indent(lines.join('\n'))}\n}`,
    ].join('\n\n');
  }

  renderCreation(type, { parameters = [] }) {
    const [plain, , members] = this.splitProps(parameters);
    const names = plain.map((one) => this.renderParameter(one)).join(', ');
    return members.length > 0 && this.assembly.isOwn(parameters.at(-1).type.fqn)
      ? [`${type.name}.Builder.create(${names})\n${indent(this.renderSetters(members))}\n    .build();`]
      : [
          formatCall(
            `new ${type.name}(`,
            parameters.map((one) => this.renderParameter(one)),
            ');',
          ),
        ];
  }

  renderSetters(members) {
    const sorted = [...members].sort((a, b) => Number(!!a.optional) - Number(!!b.optional));
    return sorted
      .map((one) => `.${one.name}(${this.toType(one.type)})${one.optional ? '' : ' // required'}`)
      .join('\n');
  }

  renderStruct({ type, properties }) {
    return `${type.name}.builder()\n${indent(this.renderSetters(properties))}\n    .build();`;
  }

  renderEnum({ name, members }) {
    return `enum ${name} {\n${indent(members.map((one) => one.name).join(',\n'))}\n}`;
  }
}

export class Go extends LanguageOfJsii {
  id = 'go';
  title = 'Go';
  fence = 'go';

  toMember(name) {
    return toPascalCase(name);
  }

  toPrimitive(primitive) {
    return {
      string: '*string',
      number: '*float64',
      boolean: '*bool',
      any: 'interface{}',
      json: '*map[string]interface{}',
      date: '*time.Time',
    }[primitive];
  }

  toCollection({ kind, elementtype }) {
    return `*${kind === 'array' ? '[]' : 'map[string]'}${this.toType(elementtype)}`;
  }

  toNamed(fqn) {
    const [name] = fqn.split('.');
    const prefix = this.assembly.isOwn(fqn) ? '' : `${name.replaceAll('-', '')}.`;
    const needsPointer = this.assembly.isStruct(fqn);
    return `${needsPointer ? '*' : ''}${prefix}${this.nameOf(fqn)}`;
  }

  renderImport({ fqn }) {
    const { moduleName, packageName } = this.targetsOf(fqn).go;
    return `import "${moduleName}/${packageName}"`;
  }

  /** A word of Go gets a sign before it. */
  renderParameter({ name, type }) {
    return `${['type', 'range', 'func', 'map', 'import', 'package', 'select', 'default', 'interface'].includes(name) ? `${name}_` : name} ${this.toType(type)}`;
  }

  renderMethod({ name, parameters = [], returns, static: isStatic }, { name: owner }) {
    const start = isStatic ? `func ${owner}_${toPascalCase(name)}(` : `${toPascalCase(name)}(`;
    return formatCall(
      start,
      parameters.map((one) => this.renderParameter(one)),
      returns ? `) ${this.toType(returns.type)}` : ')',
    );
  }

  renderClass({ type, initializer, methods, properties }) {
    const lines = [
      ...properties.filter((one) => !one.static).map((one) => `${toPascalCase(one.name)}() ${this.toType(one.type)}`),
      ...methods.filter((one) => !one.static).map((one) => this.renderMethod(one, type)),
    ];
    const functions = [
      ...(initializer
        ? [
            formatCall(
              `func New${type.name}(`,
              (initializer.parameters ?? []).map((one) => this.renderParameter(one)),
              `) ${type.name}`,
            ),
          ]
        : []),
      ...methods.filter((one) => one.static).map((one) => this.renderMethod(one, type)),
    ];
    const declaration = `type ${type.name} interface {\n${indent(lines.join('\n'))}\n}`;
    return [...(functions.length > 0 ? [functions.join('\n')] : []), ...(lines.length > 0 ? [declaration] : [])].join(
      '\n\n',
    );
  }

  renderStruct({ type, properties }) {
    return `type ${type.name} struct {\n${indent(properties.map((one) => `${toPascalCase(one.name)} ${this.toType(one.type)}`).join('\n'))}\n}`;
  }

  renderEnum({ name, members }) {
    return `const (\n${indent(members.map((one) => `${name}_${one.name} ${name}`).join('\n'))}\n)`;
  }
}

export class CSharp extends LanguageOfJsii {
  id = 'csharp';
  title = 'C#';
  fence = 'csharp';

  toMember(name) {
    return toPascalCase(name);
  }

  toPrimitive(primitive, isOptional) {
    const name = {
      string: 'string',
      number: 'double',
      boolean: 'bool',
      any: 'object',
      json: 'JObject',
      date: 'DateTime',
    }[primitive];
    return isOptional ? `${name}?` : name;
  }

  toCollection({ kind, elementtype }, isOptional) {
    const type = this.toType(elementtype);
    return `${kind === 'array' ? `${type}[]` : `IDictionary<string, ${type}>`}${isOptional ? '?' : ''}`;
  }

  /** Props are passed as the interface that they implement. */
  toNamed(fqn, isOptional) {
    const prefix =
      this.assembly.isOwn(fqn) || fqn.startsWith('constructs.') ? '' : `${this.targetsOf(fqn).dotnet.namespace}.`;
    return `${prefix}${this.assembly.isStruct(fqn) ? 'I' : ''}${this.nameOf(fqn)}${isOptional ? '?' : ''}`;
  }

  renderImport({ fqn }) {
    return `using ${this.targetsOf(fqn).dotnet.namespace};`;
  }

  renderParameter({ name, optional, type }) {
    const word = ['namespace', 'object', 'params', 'default', 'event', 'value'].includes(name) ? `@${name}` : name;
    return `${this.toType(type, optional)} ${word}${optional ? ' = null' : ''}`;
  }

  renderMethod({ name, parameters = [], returns, static: isStatic }) {
    const start = `${isStatic ? 'static ' : ''}${returns ? this.toType(returns.type, returns.optional) : 'void'} ${toPascalCase(name)}(`;
    return formatCall(
      start,
      parameters.map((one) => this.renderParameter(one)),
      ');',
    );
  }

  renderClass({ type, initializer, methods, properties }) {
    const parents = [type.base, ...(type.interfaces ?? [])].filter(Boolean).map((fqn) => this.toNamed(fqn));
    const head = `${type.abstract ? 'abstract ' : ''}${type.kind} ${type.name}${parents.length > 0 ? ` : ${parents.join(', ')}` : ''}`;
    const lines = [
      ...(initializer
        ? [
            formatCall(
              `${type.name}(`,
              (initializer.parameters ?? []).map((one) => this.renderParameter(one)),
              ');',
            ),
          ]
        : []),
      ...properties.map((one) => `${one.static ? 'static ' : ''}${this.renderProperty(one)}`),
      ...methods.map((one) => this.renderMethod(one)),
    ];
    return `${head}\n{\n${indent(lines.join('\n'))}\n}`;
  }

  renderProperty({ name, type, optional, immutable }) {
    return `${this.toType(type, optional)} ${toPascalCase(name)} { get;${immutable ? '' : ' set;'} }`;
  }

  renderStruct({ type, properties }) {
    const lines = properties.map(
      (one) => `${this.toType(one.type, one.optional)} ${toPascalCase(one.name)} { get; set; }`,
    );
    return `class ${type.name} : I${type.name}\n{\n${indent(lines.join('\n'))}\n}`;
  }

  renderEnum({ name, members }) {
    return `enum ${name}\n{\n${indent(members.map((one) => one.name).join(',\n'))}\n}`;
  }
}

export const LANGUAGES = [TypeScript, Python, Java, Go, CSharp];
