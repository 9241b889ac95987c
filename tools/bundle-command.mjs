// Writes lib/bin: the command in a few files, so that Node.js need not look for hundreds, and what starts it by its two names. The
// first file has what every call needs, the second what is required in functions: formats, settings, the YAML library. What only
// one deed needs has a file of its own, so that the others do not read it.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ModuleGraph, renderLoader } from './module-graph.mjs';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const BIN = new URL('../lib/bin/', import.meta.url);
const ENTRY = `${ROOT}lib/src/command/main.js`;
/** What nearly every call goes on to. */
const CHECK = ['main.js', 'formats/text.js', 'formats/json.js'].map((file) => `${ROOT}lib/src/rules/command/${file}`);
/** What one deed alone goes on to, by the names of the files. */
const DEEDS = {
  budget: `${ROOT}lib/src/budget/command/main.js`,
  diff: `${ROOT}lib/src/diff/command/main.js`,
  draw: `${ROOT}lib/src/picture/command/main.js`,
  init: `${ROOT}lib/src/init/main.js`,
};
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

const graph = new ModuleGraph(ROOT, { adapt: delayCore });
graph.add(ENTRY);
const first = new Set();
for (const file of [ENTRY, ...CHECK]) {
  graph.collectAtOnce(file, first);
}
const { files } = graph;
const parts = Object.fromEntries(Object.entries(DEEDS).map(([name, entry]) => [name, listOwn(entry)]));
const split = new Set(Object.values(parts).flat());
const later = files.filter((file) => !first.has(file) && !split.has(file));
mkdirSync(BIN, { recursive: true });
writeFileSync(new URL('command.js', BIN), renderFirst(files.filter((file) => first.has(file))));
for (const [name, names] of Object.entries({ ...parts, later })) {
  writeFileSync(new URL(`${name}.js`, BIN), renderPart(names));
}
for (const [name, verb] of Object.entries(COMMANDS)) {
  const file = new URL(`${name}.js`, BIN);
  writeFileSync(file, renderStart(verb));
  chmodSync(file, 0o755);
}

/** The modules that only one deed goes on to. */
function listOwn(entry) {
  const others = graph.collectReached(ENTRY, new Set([entry]));
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

/** What every call needs, and the loader. */
function renderFirst(names) {
  const modules = graph.renderTable(names, true);
  const places = Object.entries(parts).flatMap(([name, files]) => files.map((file) => [graph.toId(file), name]));
  const read = "require('./' + name + '.js').create(load)";
  const loader = renderLoader({ parts: Object.fromEntries(places), rest: 'later', read, modules });
  return `${loader}module.exports = load(${JSON.stringify(graph.toId(ENTRY))});\n`;
}

function renderPart(names) {
  return `'use strict';\nexports.create = (load) => (${graph.renderTable(names)});\n`;
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
