// What jsii wrote down of the package and of the packages that it builds on, with inherited members in their place.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../paths.mjs';

const PACKAGE = 'cdk8s-pod-patterns';
const PEERS = ['cdk8s', 'cdk8s-plus-28', 'constructs'];

/** Members that a construct of any package has; a page of this library need not repeat them. */
const OF_ALL_CONSTRUCTS = /^(constructs|cdk8s)\./;

export class Assembly {
  static read() {
    const own = readAssembly(new URL('.jsii', ROOT));
    const peers = PEERS.map((name) => readAssembly(new URL(`node_modules/${name}/.jsii`, ROOT)));
    return new Assembly(own, peers);
  }

  constructor(own, peers) {
    this.types = new Map([own, ...peers].flatMap(({ types }) => Object.values(types).map((type) => [type.fqn, type])));
    this.targets = new Map([own, ...peers].map(({ name, targets }) => [name, targets]));
    this.own = Object.values(own.types).sort((a, b) => a.name.localeCompare(b.name));
  }

  find(fqn) {
    const type = this.types.get(fqn);
    if (!type) {
      throw new Error(`no assembly has the type ${fqn}`);
    }
    return type;
  }

  isOwn(fqn) {
    return fqn.startsWith(`${PACKAGE}.`);
  }

  /** Whether a type is passed as props: by keywords in Python, by a builder in Java. */
  isStruct(fqn) {
    return this.types.get(fqn)?.datatype === true;
  }

  isEnum(fqn) {
    return this.types.get(fqn)?.kind === 'enum';
  }

  /** The properties or methods of a type, those that it inherits included, each with the type that declares it. */
  listMembers(type, kind) {
    const parents = [type.base, ...(type.kind === 'interface' ? (type.interfaces ?? []) : [])];
    const inherited = parents
      .filter((fqn) => fqn !== undefined && !OF_ALL_CONSTRUCTS.test(fqn))
      .flatMap((fqn) => this.listMembers(this.find(fqn), kind));
    const own = (type[kind] ?? []).map((member) => ({ ...member, from: type }));
    const names = new Set(own.map(({ name }) => name));
    const all = [...inherited.filter(({ name }) => !names.has(name)), ...own];
    return all.filter((member) => !member.protected);
  }

  /** How a type is made, which may be said by a type that it extends. */
  findInitializer(type) {
    return (
      type.initializer ?? (type.base && this.isOwn(type.base) ? this.findInitializer(this.find(type.base)) : undefined)
    );
  }

  /** The types of this package that take a type or give it. */
  listUses(fqn) {
    return this.own.filter((type) => {
      const { docs: _, base, interfaces, ...rest } = type;
      return type.fqn !== fqn && JSON.stringify(rest).includes(`"fqn":"${fqn}"`);
    });
  }
}

function readAssembly(url) {
  const assembly = JSON.parse(readFileSync(url, 'utf8'));
  return assembly.schema === 'jsii/file-redirect'
    ? JSON.parse(gunzipSync(readFileSync(new URL(assembly.filename, url))).toString())
    : assembly;
}
