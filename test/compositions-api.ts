import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as ts from 'typescript';
import * as ours from '../src';

/** A prop of an interface, or a parameter of a call. */
export interface Slot {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly optional: boolean;
  /** The interface, or the call as `Class.method`. */
  readonly owner: string;
}

/** A constructor, or a method. */
export interface Callable {
  readonly name: string;
  readonly slots: readonly Slot[];
  /** The name of the type that it gives; empty where that has none. */
  readonly gives: string;
}

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

/** A public type, as its declaration says it: what can be made of it, without a list that could be forgotten. */
export class PublicType {
  public constructor(
    public readonly name: string,
    /** Where it is exported: by the library, by cdk8s-plus, or by cdk8s. */
    public readonly room: 'ours' | 'kplus' | 'cdk8s',
    private readonly declaration: Declaration,
  ) {}

  /** The type in the code of a user. */
  public get text(): string {
    return this.room === 'kplus' ? `kplus.${this.name}` : this.name;
  }

  /** The class or enum at run time. */
  public get value(): any {
    return (MODULES[this.room] as Record<string, unknown>)[this.name];
  }

  public get isEnum(): boolean {
    return ts.isEnumDeclaration(this.declaration);
  }

  public get isInterface(): boolean {
    return ts.isInterfaceDeclaration(this.declaration);
  }

  /** The props of an interface, with those that it inherits. */
  public get props(): readonly Slot[] {
    const { name: owner, declaration, room } = this;
    if (!ts.isInterfaceDeclaration(declaration)) {
      return [];
    }
    const inherited = listHeritage(declaration).flatMap((name) => findType(name, room).props);
    const own = declaration.members.filter(ts.isPropertySignature).map((member) => toSlot(member, owner));
    return [...inherited.filter((prop) => !own.some(({ name }) => name === prop.name)), ...own];
  }

  /** `new`, where a user can call it. */
  public get construction(): Callable | undefined {
    const made = this.members.find(ts.isConstructorDeclaration);
    const isOpen = made ? isPublic(made) : this.members.length > 0;
    return this.value && isOpen && !this.isAbstract
      ? { name: 'new', slots: made ? this.toSlots(made, 'new') : [], gives: this.name }
      : undefined;
  }

  /** The static factories of this class, or those that it has for another. */
  public listFactories(gives = this.name): readonly Callable[] {
    return this.listCalls((member) => isStatic(member)).filter((call) => [gives, `I${gives}`].includes(call.gives));
  }

  /** The methods, with those of the class that this one extends. */
  public get methods(): readonly Callable[] {
    const own = this.listCalls((member) => !isStatic(member));
    const inherited = listHeritage(this.declaration as ts.ClassDeclaration)
      .filter((name) => TYPES.has(`${this.room}/${name}`))
      .flatMap((name) => findType(name, this.room).methods);
    return [...own, ...inherited.filter(({ name }) => !own.some((method) => method.name === name))];
  }

  /** Whether this class says that it implements an interface, or extends a class. */
  public is(name: string): boolean {
    return (
      this.name === name || (!ts.isEnumDeclaration(this.declaration) && listHeritage(this.declaration).includes(name))
    );
  }

  private get isAbstract(): boolean {
    return (this.declaration.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
  }

  private get members(): readonly ts.ClassElement[] {
    return ts.isClassDeclaration(this.declaration) ? this.declaration.members : [];
  }

  private listCalls(isMeant: (member: ts.MethodDeclaration) => boolean): Callable[] {
    return this.members
      .filter((member) => ts.isMethodDeclaration(member))
      .filter((member) => isPublic(member) && isMeant(member) && !member.name.getText().startsWith('_'))
      .map((member) => {
        const name = member.name.getText();
        return { name, slots: this.toSlots(member, name), gives: member.type ? nameType(member.type) : '' };
      });
  }

  private toSlots({ parameters }: ts.SignatureDeclaration, call: string): Slot[] {
    return parameters.map((parameter) => toSlot(parameter, `${this.name}.${call}`));
  }
}

/** The last name of a type: `Volume` of `kplus.Volume`. */
export function nameType(type: ts.TypeNode): string {
  return ts.isTypeReferenceNode(type)
    ? (type.typeName as ts.Identifier).text || (type.typeName as ts.QualifiedName).right.text
    : '';
}

/** Where a type is looked for first: `kplus.Probe` is that of cdk8s-plus. */
export function findRoom(type: ts.TypeNode, room: PublicType['room']): PublicType['room'] {
  return type.getText().startsWith('kplus.') ? 'kplus' : room;
}

/** The public type of a name, as code of the library or of cdk8s-plus means it. */
export function findType(name: string, from: PublicType['room'] = 'ours'): PublicType {
  const found = [from, 'ours', 'kplus', 'cdk8s'].map((room) => TYPES.get(`${room}/${name}`)).find(Boolean);
  if (!found) {
    throw new Error(`no public type is called "${name}"`);
  }
  return found;
}

/** All types that the library exports. */
export function listOwnTypes(): PublicType[] {
  return [...TYPES.values()].filter(({ room }) => room === 'ours');
}

const EXPORTS = new Set(readFileSync(join(__dirname, '../src/index.ts'), 'utf8').match(/\w+/g));
const MODULES = { ours, kplus, cdk8s };
const TYPES = new Map(
  [
    ...readTypes('ours', listSources(join(__dirname, '../src'), '.ts')).filter(({ name }) => EXPORTS.has(name)),
    ...readTypes('kplus', listSources(dirname(require.resolve('cdk8s-plus-28')), '.d.ts')),
    ...readTypes('cdk8s', listSources(dirname(require.resolve('cdk8s')), '.d.ts')),
  ].map((type) => [`${type.room}/${type.name}`, type]),
);

function listSources(folder: string, extension: string): string[] {
  return readdirSync(folder, { recursive: extension === '.ts', encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !/^rules|^testing/.test(file))
    .map((file) => join(folder, file));
}

function readTypes(room: PublicType['room'], files: readonly string[]): PublicType[] {
  return files
    .flatMap((file) => [
      ...ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true).statements,
    ])
    .filter((node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node))
    .filter((node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map((node) => new PublicType(node.name!.text, room, node));
}

function toSlot(node: ts.PropertySignature | ts.ParameterDeclaration, owner: string): Slot {
  const optional = node.questionToken !== undefined || (ts.isParameter(node) && node.initializer !== undefined);
  return { name: node.name.getText(), type: node.type!, optional, owner };
}

function listHeritage(declaration: ts.InterfaceDeclaration | ts.ClassDeclaration): string[] {
  return (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.map(({ expression }) => expression.getText().split('.').at(-1)!),
  );
}

function isPublic({ modifiers }: { modifiers?: ts.NodeArray<ts.ModifierLike> }): boolean {
  return !modifiers?.some(
    ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
  );
}

function isStatic({ modifiers }: ts.MethodDeclaration): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
}
