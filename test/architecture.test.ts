import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..');
const CDK8S = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

const NODE = ['crypto', 'fs', 'net', 'path', 'stream', 'stream/promises', 'url', 'util'].map((name) => `node:${name}`);

/** Who may import whom: folders or files of src, and packages. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'main.ts': ['index.ts', 'cdk8s', 'cdk8s-plus-28'],
  'index.ts': ['patterns', 'web', 'companions', 'pod', 'rules', 'synth'],
  patterns: ['web', 'companions', 'pod', 'private', ...CDK8S],
  web: ['pod', 'private', ...CDK8S],
  companions: ['pod', 'private', ...CDK8S],
  pod: ['pod', 'private', ...CDK8S],
  rules: ['rules', 'private', 'constructs', 'yaml', ...NODE],
  synth: ['synth', 'private', 'cdk8s', 'constructs', 'yaml', ...NODE],
  testing: ['testing', 'rules', 'private', 'cdk8s', 'constructs', 'yaml', ...NODE],
  private: ['private', 'cdk8s', 'constructs', 'yaml', ...NODE],
};

/** Longer than this, a file or function usually holds two ideas. Documentation and embedded texts do not count. */
const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 30;

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

  test('have a test for every module', () => {
    const has = (end: string) => (file: string) => existsSync(join(ROOT, 'test', file.replace(/\.ts$/, end)));
    const [hasTest, hasManifests] = [has('.test.ts'), has('.fails.yaml')];
    const tested = (file: string) =>
      [hasTest, hasManifests].some((isTrue) => isTrue(file)) ||
      file.endsWith('/list.ts') ||
      importersBeside(file).some(hasManifests);
    const modules = files.filter((file) => !['index.ts', 'main.ts'].includes(file) && hasCode(sources.get(file)!));
    expect(modules.filter((file) => !tested(file))).toEqual([]);
  });

  test('name images in one file only', () => {
    const naming = files.filter((file) =>
      /['"`](?!registry\.example\.)[a-z0-9-]+(\.[a-z0-9-]+)+\/[\w./-]+:v?\d/.test(text(file)),
    );
    expect(naming).toEqual(['private/images.ts']);
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

function text(file: string): string {
  return readFileSync(join(ROOT, 'src', file), 'utf8');
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, text(file), ts.ScriptTarget.ES2022, true);
}

/** The modules of the same folder that are built on this one: the manifests of rules prove it with them. */
function importersBeside(file: string): string[] {
  return imports
    .filter(({ to }) => to === file)
    .flatMap(({ from }) => (posix.dirname(from) === posix.dirname(file) ? [from] : []));
}

/** Whether anything is left of a module once its types are gone. */
function hasCode({ statements }: ts.SourceFile): boolean {
  return !statements.every(
    (node) => ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
  );
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
  return specifier.startsWith('.') ? `${posix.join(posix.dirname(file), specifier)}.ts` : specifier;
}

/** The layer of a module: its folder, or itself where it stands at the top or outside. */
function layerOf(module: string): string {
  return files.includes(module) && module.includes('/') ? module.split('/')[0]! : module;
}

function mayImport(from: string, to: string): boolean {
  if (to.startsWith('../imports/')) {
    return from === 'pod/monitoring.ts'; // generated types of the Prometheus operator
  }
  return layerOf(from) === layerOf(to) && ['patterns', 'web', 'companions'].includes(layerOf(from))
    ? isOwnPart(from, to)
    : LAYERS[layerOf(from)]!.includes(layerOf(to));
}

/**
 * Patterns and companions never know each other; but a companion may have parts that share its name, and patterns share
 * recipes and bases, which make nothing by themselves.
 */
function isOwnPart(from: string, to: string): boolean {
  return layerOf(from) === 'patterns'
    ? !/^export class \w+ extends/m.test(text(to))
    : ownerOf(from) === ownerOf(to) || layerOf(from) === 'web';
}

/** The module that this one is a part of, as its name says: `logs/vector` of `logs/vector-sink`. */
function ownerOf(module: string): string {
  const name = relative('.', module).replace(/\.ts$/, '');
  const owners = files.map((file) => file.replace(/\.ts$/, '')).filter((file) => name.startsWith(`${file}-`));
  return owners[0] ?? name;
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
