import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '../node_modules');
const MODELS = join(ROOT, 'kubernetes-models');

/** The first line of the generated module. */
export const HEADER =
  '// Generated from the OpenAPI schema of Kubernetes by test/kubernetes-fields.ts; `npm run update` writes it anew.';

/** Groups whose objects stand beside pods; those that extend the API server itself are left out. */
const GROUPS = [
  ...['v1', 'apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy'],
  ...['rbac.authorization.k8s.io', 'scheduling.k8s.io', 'storage.k8s.io', 'coordination.k8s.io', 'node.k8s.io'],
];

/** Fields of Kubernetes 1.34 that the models, which are those of 1.33, do not have: read in k8s.io/api v0.34.4. */
const NEWER: Readonly<Record<string, string>> = {
  'Container.v1': 'restartPolicyRules:*',
  'EphemeralContainer.v1': 'restartPolicyRules:*',
  'EnvVarSource.v1': 'fileKeyRef:*',
  'PodSpec.v1': 'hostnameOverride:s',
  'VolumeProjection.v1': 'podCertificate:*',
};

/**
 * The fields of every type of Kubernetes that an object of these groups can hold, one type a line, as
 * `src/rules/data/kubernetes-fields.ts` reads them. Taken from the declarations that `kubernetes-models` generates from the
 * OpenAPI schema.
 */
export function kubernetesFields(): string {
  const kinds = GROUPS.flatMap((group) => declarations(join(MODELS, group)));
  const program = ts.createProgram(kinds, { lib: ['lib.es5.d.ts'], types: [], skipLibCheck: true });
  const schema = new Schema(program.getTypeChecker());
  for (const file of kinds) {
    schema.addKind(program.getSourceFile(file)!);
  }
  return schema.toString();
}

function declarations(folder: string): string[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const isStable = !/^v\d+(alpha|beta)/.test(entry.name);
    return entry.isDirectory() && isStable ? declarations(path) : /^(?!index).*\.d\.ts$/.test(entry.name) ? [path] : [];
  });
}

class Schema {
  private readonly kinds: string[] = [];
  private readonly types = new Map<string, string>();

  public constructor(private readonly checker: ts.TypeChecker) {}

  /** The kind that a module declares, if it declares one that can be applied. */
  public addKind(source: ts.SourceFile): void {
    const kind = source.statements
      .filter(ts.isInterfaceDeclaration)
      .find((node) => hasField(node, 'apiVersion') && hasField(node, 'kind') && hasField(node, 'metadata'));
    if (!kind || /List$/.test(kind.name.text)) {
      return;
    }
    const type = this.checker.getTypeAtLocation(kind);
    const literal = (name: string) =>
      (this.checker.getTypeOfSymbol(type.getProperty(name)!) as ts.StringLiteralType).value;
    this.kinds.push(`${literal('apiVersion')}/${literal('kind')} ${this.nameOf(type)}`);
  }

  public toString(): string {
    const types = [...this.types].map(([name, fields]) => `${name} ${fields}`);
    return [...this.kinds.sort(), ...types.sort()].join('\n');
  }

  private nameOf(type: ts.Type): string {
    const declaration = type.symbol.declarations![0]!;
    const file = relative(ROOT, declaration.getSourceFile().fileName);
    const name = `${type.symbol.name.slice(1)}.${dirname(file)
      .split('/')
      .slice(1)
      .join('.')
      .replace(/^apis\.|\.k8s\.io|\.authorization/g, '')}`;
    if (!this.types.has(name)) {
      this.types.set(name, '');
      const fields = type.getProperties().map((field) => this.field(field));
      this.types.set(name, [...fields, ...(NEWER[name] ? [NEWER[name]] : [])].sort().join(' '));
    }
    return name;
  }

  private field(symbol: ts.Symbol): string {
    const type = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(symbol));
    const mark = symbol.flags & ts.SymbolFlags.Optional ? '' : '!';
    return `${symbol.name}${mark}:${symbol.name === 'status' ? '*' : this.shape(type)}`;
  }

  private shape(type: ts.Type): string {
    if (type.isUnion()) {
      return this.union(type);
    }
    if (type.flags & (ts.TypeFlags.String | ts.TypeFlags.StringLiteral)) {
      return 's';
    }
    if (type.flags & ts.TypeFlags.Number) {
      return 'n';
    }
    if (this.checker.isArrayType(type)) {
      return `[${this.shape(this.checker.getTypeArguments(type as ts.TypeReference)[0]!)}`;
    }
    const values = type.getStringIndexType();
    if (values) {
      return `{${this.shape(values)}`;
    }
    return type.isClassOrInterface() || type.getProperties().length > 0 ? this.nameOf(type) : '*';
  }

  private union(type: ts.UnionType): string {
    if (type.types.every((part) => part.isStringLiteral())) {
      return `(${type.types
        .map((part) => (part as ts.StringLiteralType).value)
        .sort()
        .join('|')}`;
    }
    if (type.types.every((part) => part.flags & ts.TypeFlags.BooleanLiteral)) {
      return 'b';
    }
    return 'q';
  }
}

function hasField(node: ts.InterfaceDeclaration, name: string): boolean {
  return node.members.some(
    (member) => ts.isPropertySignature(member) && (member.name as ts.StringLiteral).text === name,
  );
}
