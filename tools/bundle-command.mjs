// Writes lib/bin: the command in a few files, so that Node.js need not look for hundreds, and what starts it by its two names. The
// first file has what every call needs, the second what is required in functions: formats, settings, the YAML library. What only
// one deed needs has a file of its own, so that the others do not read it. What jsii and the YAML library were compiled to is
// taken as it is; each module is run when it is first asked for.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BIN = new URL('../lib/bin/', import.meta.url);
const ENTRY = `${ROOT}lib/src/command/main.js`;
/** What nearly every call goes on to. */
const CHECK = ['main.js', 'formats/text.js', 'formats/json.js'].map((file) => `${ROOT}lib/src/rules/command/${file}`);
/** What one deed alone goes on to, by the names of the files. */
const DEEDS = { draw: `${ROOT}lib/src/picture/command/main.js` };
const REQUIRE = /\brequire\((["'])([^"']+)\1\)/g;
/** A module that is loaded together with the one that asks for it. */
const AT_ONCE = /^(?:var|const) \w+ = (?=require\()/;

/** Modules of Node.js that take long to load, and of which only functions are used. */
const CORE = /^const (\w+) = require\("(node:(?:crypto|net|zlib))"\);$/gm;

/** The short name is that of one verb. */
const COMMANDS = { 'cdk8s-pod-patterns': '', 'pod-rules': "'check', " };

/**
 * Settings of V8, by the versions of Node.js that were seen to know them and to gain by them: new objects take less memory, and a
 * function is compiled to machine code only when it runs long enough to pay for that.
 */
const FLAGS = {
  20: ['--semi-space-growth-factor=1', '--interrupt-budget=500000'],
  22: ['--semi-space-growth-factor=1'],
  24: ['--semi-space-growth-factor=1'],
};

/** Inputs of more bytes are worth the flags. */
const LARGE = 256 * 1024;

const modules = new Map();
addModule(ENTRY);
const first = new Set();
collectFirst(ENTRY);
CHECK.forEach(collectFirst);
mkdirSync(BIN, { recursive: true });
const files = [...modules.keys()];
const parts = Object.fromEntries(Object.entries(DEEDS).map(([name, entry]) => [name, listOwn(entry)]));
const split = new Set(Object.values(parts).flat());
parts.later = files.filter((file) => !first.has(file) && !split.has(file));
writeFileSync(new URL('command.js', BIN), renderFirst(files.filter((file) => first.has(file))));
for (const [name, names] of Object.entries(parts)) {
  writeFileSync(new URL(`${name}.js`, BIN), renderTable(names, String));
}
for (const [name, verb] of Object.entries(COMMANDS)) {
  const file = new URL(`${name}.js`, BIN);
  writeFileSync(file, renderStart(verb));
  chmodSync(file, 0o755);
}

function addModule(file) {
  if (modules.has(file)) {
    return;
  }
  const module = { code: '', atOnce: [], all: [] };
  modules.set(file, module);
  module.code = delayCore(escapeToAscii(stripComments(readFileSync(file, 'utf8'))))
    .split('\n')
    .map((line) => line.replace(REQUIRE, (call, _, name) => addRequired(file, line, call, name)))
    .join('\n');
}

function addRequired(file, line, call, name) {
  const local = createRequire(file);
  const resolved = local.resolve(name);
  if (local.resolve.paths(name) === null) {
    return call;
  }
  addModule(resolved);
  modules.get(file).all.push(resolved);
  if (AT_ONCE.test(line)) {
    modules.get(file).atOnce.push(resolved);
  }
  return `load(${JSON.stringify(toId(resolved))})`;
}

function collectFirst(file) {
  if (!first.has(file)) {
    first.add(file);
    modules.get(file).atOnce.forEach(collectFirst);
  }
}

/** The modules that one of them goes on to, in whatever way, but not by these. */
function collectReached(file, without, reached = new Set()) {
  if (!reached.has(file) && !without.has(file)) {
    reached.add(file);
    for (const next of modules.get(file).all) {
      collectReached(next, without, reached);
    }
  }
  return reached;
}

/** The modules that only one deed goes on to. */
function listOwn(entry) {
  const others = collectReached(ENTRY, new Set([entry]));
  return files.filter((file) => !first.has(file) && !others.has(file));
}

/** Such a module is loaded when something of it is called, which most calls of the command never do. */
function delayCore(code) {
  const names = [];
  const delayed = code.replace(CORE, (_, name, module) => {
    names.push(name);
    return `let ${name}$; const ${name} = () => (${name}$ ??= require("${module}"));`;
  });
  return names.length === 0 ? code : delayed.replace(new RegExp(`\\b(${names.join('|')})\\.`, 'g'), '$1().');
}

function stripComments(code) {
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.None };
  return ts.transpileModule(code.replace(/^#!.*\n/, ''), { compilerOptions }).outputText;
}

/** Outside of comments such characters stand in texts and patterns alone, and ASCII is read quicker. */
function escapeToAscii(code) {
  return code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toId(file) {
  return relative(ROOT, file).replaceAll('\\', '/');
}

function renderFirst(names) {
  return `'use strict';
const loaded = new Map();
const parts = ${JSON.stringify(listPartNames())};
const tables = new Map();
function find(id) {
  const name = parts[id] ?? 'later';
  let table = tables.get(name);
  if (table === undefined) {
    table = require('./' + name + '.js').create(load);
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
const modules = ${renderModules(names, (code) => `(${code})`)};
module.exports = load(${JSON.stringify(toId(ENTRY))});
`;
}

/** The entry of each deed, and what only it needs, by the file that has it. */
function listPartNames() {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, names]) => (name === 'later' ? [] : names.map((file) => [toId(file), name]))),
  );
}

function renderTable(names, wrap) {
  return `'use strict';\nexports.create = (load) => (${renderModules(names, wrap)});\n`;
}

/** Brackets around a function tell V8 that it will be called at once. */
function renderModules(names, wrap) {
  const lines = names.map(
    (file) => `${JSON.stringify(toId(file))}: ${wrap(`function (exports, module) {\n${modules.get(file).code}\n}`)}`,
  );
  return `{\n${lines.join(',\n')}\n}`;
}

function renderStart(verb) {
  return `#!/usr/bin/env node
'use strict';
const { statSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
// Newer versions of Node.js keep what they compiled.
enableCompileCache?.();
const args = [${verb}...process.argv.slice(2)];
function measure(word) {
  const stats = statSync(word, { throwIfNoEntry: false });
  return stats === undefined ? 0 : stats.isFile() ? stats.size : Infinity;
}
// To set flags takes longer than a few small files; what comes from standard input may be large.
const size = args.reduce((sum, word) => sum + measure(word), 0);
const isLarge = size === 0 || size > ${LARGE};
const flags = (isLarge && ${JSON.stringify(FLAGS)}[process.versions.node.split('.')[0]]) || [];
for (const flag of flags) {
  require('node:v8').setFlagsFromString(flag);
}
function load() {
  const isTypical = !args.some((word) => /^(--(version|help|list|explain)|-h)$/.test(word));
  return require('../src/command/compiled.js').loadCompiled(require.resolve('./command.js'), { isTypical, flags });
}
(enableCompileCache ? require('./command.js') : load()).runProcess(args);
`;
}
