import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');
const CDK8S = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

const NODE = ['crypto', 'fs', 'net', 'path', 'stream', 'stream/promises', 'url', 'util', 'zlib'].map(
  (name) => `node:${name}`,
);

/** Who may import whom: rooms or files of src, and packages. A room is the longest of these names that a path begins with. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['index.ts', 'cdk8s', 'cdk8s-plus-28'],
  'index.ts': ['patterns', 'web', 'companions', 'companions/kit', 'pod', 'rules', 'picture/faces', 'synth'],
  patterns: ['web', 'companions', 'companions/kit', 'pod', 'private', ...CDK8S],
  web: ['web', 'software', 'pod', 'private', ...CDK8S],
  companions: ['companions/kit', 'software', 'pod', 'private', ...CDK8S],
  'companions/kit': ['companions/kit', 'software', 'pod', 'private', ...CDK8S],
  software: ['software', 'private', 'cdk8s', 'node:net'],
  pod: ['pod', 'picture/faces', 'private', ...CDK8S],
  rules: ['rules', 'private', 'constructs', 'yaml', ...NODE],
  picture: ['picture', 'rules', 'private'],
  'picture/faces': ['picture/faces', 'picture', 'rules', 'private', 'cdk8s', 'constructs', ...NODE],
  'picture/command': ['picture/command', 'picture', 'rules', 'private', ...NODE],
  command: ['rules', 'picture/command', 'private', 'node:fs', 'node:module', 'node:path', 'node:vm'],
  synth: ['synth', 'private', 'cdk8s', 'constructs', 'yaml', ...NODE],
  testing: ['testing', 'rules', 'private', 'cdk8s', 'constructs', 'yaml', ...NODE],
  private: ['private', 'cdk8s', 'constructs', 'yaml', ...NODE],
};

/** Longer than this, a file or function usually holds two ideas. Documentation and embedded texts do not count. */
const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 30;

/** What functions of src begin with; CONTRIBUTING.md says what each family means. Third persons, such as `matches`, ask. */
const VERBS = new Set(
  `add apply assert build can check collect compare complete copy count create cut decode describe ensure escape expand explain
  find fit fold format get group has hash indent is join link list load match measure memoize merge mount move normalize omit pad parse pick place quote read redirect
  render resolve run select set shorten show sort split sum throw to translate try validate wrap write`.split(/\s+/),
);
const PREDICATE = /^(?!is|has|as)[a-z]+s(?=[A-Z]|$)/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split('\\').join('/'))
  .sort();
const sources = new Map(files.map((file) => [file, parse(file)]));
const imports = files.flatMap(importsOf);

describe('the layers of src', () => {
  test('import only what lies below them', () => {
    const wrong = imports.filter(({ from, to }) => !mayImport(from, to)).map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test('have no import cycles', () => {
    expect(files.filter((file) => reachable(file).has(file))).toEqual([]);
  });

  test('need no cdk8s for rules and tests of manifests, so that they run on any manifests', () => {
    const entries = files.filter((file) => /^(rules|testing)\//.test(file));
    const loaded = entries.map((file) => [file, [...reachable(file)].filter((module) => CDK8S.includes(module))]);
    expect(loaded.filter(([, packages]) => packages!.length > 0)).toEqual([]);
  });

  test('draw pictures without the engine, cdk8s or a part of Node.js beyond paths and hashes, so that a browser can', () => {
    const drawn = files.filter((file) => findLayer(file) === 'picture');
    const loaded = new Set(drawn.flatMap((file) => [...reachable(file)]));
    expect([...loaded].filter((module) => !files.includes(module)).sort()).toEqual(['node:crypto', 'node:path']);
    const rooms = [...loaded].filter((module) => files.includes(module)).map(findFolder);
    expect([...new Set(rooms)].filter((room) => room.startsWith('rules')).sort()).toEqual([
      'rules',
      'rules/configs',
      'rules/data',
      'rules/model',
    ]);
    expect([...loaded].filter((module) => findFolder(module) === 'rules').sort()).toEqual([
      'rules/finding.ts',
      'rules/report.ts',
    ]);
  });

  test('have every exported class, function and prop named in a test', () => {
    const named = new Set(texts(['test', 'examples']).flatMap((code) => code.match(/[\w$]+/g) ?? []));
    const untested = publicDeclarations().flatMap((node) => listPublicNames(node).filter((name) => !named.has(name)));
    expect(untested).toEqual([]);
  });

  test('have nothing but rules among the rules', () => {
    const groups = files.filter((file) =>
      /^rules\/(containers|lifecycle|logs|manifest|network|resources|security|storage)\/[^/]+$/.test(file),
    );
    const others = groups.filter(
      (file) => !file.endsWith('/index.ts') && !/^export .*: Rule\b|^} satisfies Rule;/m.test(text(file)),
    );
    expect(others).toEqual([]);
  });

  test('name images in one file only', () => {
    const naming = files.filter((file) =>
      /['"`](?!registry\.example\.)[a-z0-9-]+(\.[a-z0-9-]+)+\/[\w./-]+:v?\d/.test(text(file)),
    );
    expect(naming).toEqual(['software/images.ts']);
  });
});

describe('the code of src', () => {
  test('keeps files short', () => {
    expect(files.filter((file) => codeLines(text(file)) > MAX_FILE_LINES)).toEqual([]);
  });

  test('keeps functions short', () => {
    const long = files.flatMap((file) =>
      functionsOf(sources.get(file)!).filter((node) => codeLines(node.getText()) > MAX_FUNCTION_LINES),
    );
    expect(long.map((node) => `${node.getSourceFile().fileName}: ${node.getText().split('\n')[0]}`)).toEqual([]);
  });

  test('documents the default of every optional prop', () => {
    const missing = files
      .filter((file) => !file.startsWith('private/'))
      .flatMap((file) =>
        optionalProps(sources.get(file)!).filter((prop) => !/@default (?!-? ?(none|undefined)\n)\S/.test(docOf(prop))),
      );
    expect(missing.map((prop) => `${prop.getSourceFile().fileName}: ${prop.name.getText()}`)).toEqual([]);
  });
});

describe('the names of src', () => {
  const functions = files.flatMap((file) => topLevelFunctions(sources.get(file)!).map((fn) => ({ file, ...fn })));

  test('begin with a verb where they are functions', () => {
    const wrong = functions.filter(({ name, isPredicate }) => {
      const [first] = /^[a-z]+/.exec(name) ?? [''];
      return !VERBS.has(first) && !(isPredicate && PREDICATE.test(name));
    });
    expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  test('tell functions apart, and end in no preposition', () => {
    const names = functions.map(({ name }) => name);
    expect(names.filter((name) => /Of$/.test(name))).toEqual([]);
    expect([...new Set(names)].filter((name) => names.filter((other) => other === name).length > 2)).toEqual([]);
  });

  test('call nothing a kind that is none of Kubernetes', () => {
    const made = files.filter((file) => /^(companions|software|web|patterns)\//.test(file));
    expect(made.filter((file) => identifiersOf(sources.get(file)!).includes('kind'))).toEqual([]);
  });

  test('give docstrings that name a thing, and ask no question', () => {
    const questions = files.flatMap((file) =>
      [...text(file).matchAll(/^ *(?:\/\*\*| \*) (?:Who|What|How|Where|Which|When)\b.*/gm)].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
    expect(questions).toEqual([]);
  });
});

function text(file: string): string {
  return readFileSync(join(ROOT, 'src', file), 'utf8');
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, text(file), ts.ScriptTarget.ES2022, true);
}

/** The texts of all TypeScript in folders of the project. */
function texts(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  );
}

/** The declarations that the entries of the package export. */
function publicDeclarations(): ts.DeclarationStatement[] {
  return ['index.ts', 'testing/index.ts', 'testing/jest.ts'].flatMap((entry) =>
    sources.get(entry)!.statements.flatMap((node) => {
      if (!ts.isExportDeclaration(node) || !node.exportClause || !ts.isNamedExports(node.exportClause)) {
        return [];
      }
      const module = sources.get(resolve(entry, (node.moduleSpecifier as ts.StringLiteral).text))!;
      const names = node.exportClause.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
      return module.statements.filter((declaration) => isDeclared(declaration, names));
    }),
  ) as ts.DeclarationStatement[];
}

/** Whether this statement declares one of these names. */
function isDeclared(node: ts.Statement, names: readonly string[]): boolean {
  const { name } = node as ts.DeclarationStatement;
  return name !== undefined && names.includes(name.text);
}

/** The name of a class or function, and of each prop of an interface. */
function listPublicNames(node: ts.DeclarationStatement): string[] {
  return ts.isInterfaceDeclaration(node)
    ? node.members.flatMap(({ name }) => (name ? [name.getText()] : []))
    : [node.name!.getText()];
}

function importsOf(file: string): Import[] {
  return sources
    .get(file)!
    .statements.filter((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    .filter((node) => node.moduleSpecifier !== undefined)
    .map((node) => ({
      from: file,
      to: resolve(file, (node.moduleSpecifier as ts.StringLiteral).text),
      typeOnly: ts.isImportDeclaration(node) && isTypeOnly(node),
    }));
}

function isTypeOnly({ importClause }: ts.ImportDeclaration): boolean {
  const named = importClause?.namedBindings;
  const allTypes =
    named !== undefined && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
  return importClause?.isTypeOnly === true || allTypes;
}

function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    return specifier;
  }
  const path = posix.join(posix.dirname(file), specifier);
  return files.includes(`${path}/index.ts`) ? `${path}/index.ts` : `${path}.ts`;
}

/** The room of a module, or the module itself where it stands outside of all. */
function findLayer(module: string): string {
  const rooms = Object.keys(LAYERS).filter((room) => module.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? module;
}

function findFolder(module: string): string {
  return posix.dirname(module);
}

function mayImport(from: string, to: string): boolean {
  if (to.startsWith('../imports/')) {
    return from === 'pod/workload/monitoring.ts'; // generated types of the Prometheus operator
  }
  const [room, other] = [findLayer(from), findLayer(to)];
  return LAYERS[room]!.includes(other) || (room === other && isOwnPart(from, to));
}

/** Companions never know each other, but have parts in their own folder. Patterns share bases, which make nothing by themselves. */
function isOwnPart(from: string, to: string): boolean {
  return findLayer(from) === 'patterns'
    ? !/^export class \w+ extends/m.test(text(to))
    : posix.dirname(from) === posix.dirname(to) && posix.dirname(from).split('/').length === 3;
}

function reachable(file: string, seen = new Set<string>()): Set<string> {
  for (const { to } of imports.filter((edge) => edge.from === file && !edge.typeOnly)) {
    if (!seen.has(to)) {
      seen.add(to);
      reachable(to, seen);
    }
  }
  return seen;
}

function functionsOf(source: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      found.push(node);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function identifiersOf(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      found.push(node.text);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** The functions at the top of a module, and whether they answer yes or no. */
function topLevelFunctions({ statements }: ts.SourceFile): { name: string; isPredicate: boolean }[] {
  return statements.flatMap((node) => {
    if (ts.isFunctionDeclaration(node)) {
      return [{ name: node.name!.text, isPredicate: isBoolean(node.type) }];
    }
    const declared = ts.isVariableStatement(node) ? [...node.declarationList.declarations] : [];
    return declared.flatMap(({ name, initializer }) =>
      initializer && ts.isArrowFunction(initializer)
        ? [{ name: name.getText(), isPredicate: isBoolean(initializer.type) }]
        : [],
    );
  });
}

function isBoolean(type: ts.TypeNode | undefined): boolean {
  return type !== undefined && (type.kind === ts.SyntaxKind.BooleanKeyword || ts.isTypePredicateNode(type));
}

function optionalProps(source: ts.SourceFile): ts.PropertySignature[] {
  const exported = source.statements
    .filter(ts.isInterfaceDeclaration)
    .filter((node) => node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword));
  return exported
    .filter((node) => new RegExp(`\\b${node.name.text}\\b`).test(indexText()))
    .flatMap((node) => node.members.filter(ts.isPropertySignature))
    .filter((member) => member.questionToken);
}

function indexText(): string {
  return text('index.ts');
}

function docOf(node: ts.Node): string {
  return node.getFullText().slice(0, node.getLeadingTriviaWidth());
}

function codeLines(code: string): number {
  return code
    .replace(/\/\*[\s\S]*?\*\/|`[^`]*`/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}
