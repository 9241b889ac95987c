// Modules that jsii has compiled, put side by side in one file, so that Node.js need not look for hundreds. What was compiled is
// taken as it is, but for comments; each module is run when it is first asked for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import ts from 'typescript';

const REQUIRE = /\brequire\((["'])([^"']+)\1\)/g;
/** A module that is loaded together with the one that asks for it. */
const AT_ONCE = /^(?:var|const) \w+ = (?=require\()/;

/** Modules with those that they ask for. */
export class ModuleGraph {
  #root;
  #isTaken;
  #adapt;
  #modules = new Map();

  /**
   * @param root folder that the names of modules begin at
   * @param isTaken whether a module by this name goes into the file, too, or is asked for where the file is
   * @param adapt changes the code of a module
   */
  constructor(root, { isTaken = () => true, adapt = (code) => code } = {}) {
    this.#root = root;
    this.#isTaken = isTaken;
    this.#adapt = adapt;
  }

  get files() {
    return [...this.#modules.keys()];
  }

  /** Adds a module and all that it goes on to. */
  add(file) {
    if (!this.#modules.has(file)) {
      const module = { code: '', atOnce: [], all: [] };
      this.#modules.set(file, module);
      module.code = this.#link(file, this.#adapt(escapeToAscii(stripComments(readFileSync(file, 'utf8')))));
    }
  }

  /** Adds to a set a module and those that are loaded together with it. */
  collectAtOnce(file, found = new Set()) {
    if (!found.has(file)) {
      found.add(file);
      for (const next of this.#modules.get(file).atOnce) {
        this.collectAtOnce(next, found);
      }
    }
    return found;
  }

  /** The modules that one of them goes on to, in whatever way, but not by these. */
  collectReached(file, without, reached = new Set()) {
    if (!reached.has(file) && !without.has(file)) {
      reached.add(file);
      for (const next of this.#modules.get(file).all) {
        this.collectReached(next, without, reached);
      }
    }
    return reached;
  }

  /** The name of a module in the files. */
  toId(file) {
    return relative(this.#root, file).replaceAll('\\', '/');
  }

  /**
   * A table of modules by their names.
   *
   * @param isWhole whether all of them will be asked for: brackets around a function tell V8 that it will be called at once
   */
  renderTable(files, isWhole) {
    const lines = files.map((file) => {
      const code = `function (exports, module) {\n${this.#modules.get(file).code}\n}`;
      return `${JSON.stringify(this.toId(file))}: ${isWhole ? `(${code})` : code}`;
    });
    return `{\n${lines.join(',\n')}\n}`;
  }

  #link(file, code) {
    return code
      .split('\n')
      .map((line) => line.replace(REQUIRE, (call, _, name) => this.#linkCall(file, line, call, name)))
      .join('\n');
  }

  #linkCall(file, line, call, name) {
    const local = createRequire(file);
    if (local.resolve.paths(name) === null || !this.#isTaken(name)) {
      return call;
    }
    const resolved = local.resolve(name);
    this.add(resolved);
    this.#modules.get(file).all.push(resolved);
    if (AT_ONCE.test(line)) {
      this.#modules.get(file).atOnce.push(resolved);
    }
    return `load(${JSON.stringify(this.toId(resolved))})`;
  }
}

/**
 * The code that loads modules: those that stand in it, and those of other files, each of which is read when one of its modules is asked
 * for.
 *
 * @param parts the names of the other files by those of their modules
 * @param rest the file of all modules that stand nowhere else
 * @param read the call that gives the table of the file `name`
 * @param modules the table of those that stand in it
 */
export function renderLoader({ parts, rest, read, modules = '{}' }) {
  return `'use strict';
const loaded = new Map();
const parts = ${JSON.stringify(parts)};
const tables = new Map();
function find(id) {
  const name = parts[id] ?? ${JSON.stringify(rest)};
  let table = tables.get(name);
  if (table === undefined) {
    table = ${read};
    tables.set(name, table);
  }
  return table[id];
}
function load(id) {
  let module = loaded.get(id);
  if (module === undefined) {
    module = { exports: {} };
    loaded.set(id, module);
    const run = modules[id] ?? find(id);
    run.call(module.exports, module.exports, module);
  }
  return module.exports;
}
const modules = ${modules};
`;
}

function stripComments(code) {
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.None };
  return ts.transpileModule(code.replace(/^#!.*\n/, ''), { compilerOptions }).outputText;
}

/** Outside of comments such characters stand in texts and patterns alone, and ASCII is read quicker. */
function escapeToAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
