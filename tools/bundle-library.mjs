// Writes lib/parts: the modules of the library in a few files, each of which is read when something in it is asked for, and lets the
// entries of the package ask there. jsii writes an entry that loads everything at once, and takes no other form in TypeScript:
// docs/decisions/0018-an-entry-that-loads-what-is-used.md.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModuleGraph, renderLoader } from './module-graph.mjs';

const LIB = fileURLToPath(new URL('../lib/', import.meta.url));
const PARTS = new URL('../lib/parts/', import.meta.url);

/** What users import. The first loads a module when something of it is asked for. */
const ENTRIES = ['index', 'testing/index', 'testing/jest'];
const STRICT = '"use strict";\n';
const LOADER = 'const { load } = require("';
const LOADED = /\bload\("([^"]+)"\)/g;
const REQUIRE = /\brequire\("(\.[^"]+)"\)/g;
const IMPORT = /^var (\w+) = (load\("[^"]+"\));$/gm;
const REEXPORT = /^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); } }\);$/gm;

/**
 * The parts, in the order in which modules are divided among them. Those of `with` are loaded together with one of these modules, or with
 * each of `both`, so all of the part is compiled at once; of the rest, each module when it is asked for.
 */
const DIVISION = {
  synth: { with: ['synth/fast-app'] },
  shared: { both: ['patterns/web-with-log-agent-deployment', 'rules/pod-rules'] },
  pod: { with: ['patterns/web-with-log-agent-deployment', 'private/props-table'] },
  engine: { with: ['rules/pod-rules'] },
  catalogue: { in: /^src\/(?!rules|picture|testing)/ },
  picture: { in: /^src\/picture\// },
  testing: { in: /^src\/testing\// },
  rules: { in: /^/ },
};
const REST = 'rules';

const graph = new ModuleGraph(LIB, { isTaken: (name) => name.startsWith('.') });
const entries = ENTRIES.map(readEntry);
const parts = divide();
rmSync(PARTS, { recursive: true, force: true });
mkdirSync(PARTS, { recursive: true });
for (const [name, files] of Object.entries(parts)) {
  writeFileSync(new URL(`${name}.js`, PARTS), renderPart(files, DIVISION[name].in === undefined));
}
writeFileSync(new URL('load.js', PARTS), renderLoad(parts));
for (const { file, code } of entries) {
  writeFileSync(file, code);
}

/** An entry, and all that it asks for. It stays as it is where this step has run since it was compiled. */
function readEntry(name) {
  const file = `${LIB}src/${name}.js`;
  const compiled = readFileSync(file, 'utf8');
  const code = compiled.startsWith(STRICT + LOADER) ? compiled : adaptEntry(name, compiled);
  for (const [, id] of code.matchAll(LOADED)) {
    graph.add(LIB + id);
  }
  return { file, code };
}

/** An entry that asks the loader. */
function adaptEntry(name, compiled) {
  const folders = name.split('/').slice(0, -1);
  const linked = compiled.replace(
    REQUIRE,
    (_, path) => `load("${join('src', ...folders, path).replaceAll('\\', '/')}.js")`,
  );
  const code = folders.length === 0 ? delayImports(linked) : linked;
  return code.replace(STRICT, `${STRICT}${LOADER}${'../'.repeat(folders.length + 1)}parts/load.js");\n`);
}

/** Node finds the names that an ES module may import by reading the text, in which the getters of TypeScript have to stay. */
function delayImports(code) {
  const reexports = [...code.matchAll(REEXPORT)].map(([, , module, name]) => ({ module, name }));
  let count = 0;
  const delayed = code.replace(IMPORT, (_, module, call) => {
    const names = reexports.filter((reexport) => reexport.module === module).map(({ name }) => name);
    count += names.length;
    return `const ${module} = { ${names.map((name) => `get ${name}() { return ${call}.${name}; }`).join(', ')} };`;
  });
  if (count === 0 || count !== reexports.length || /^(?!const ).*\bload\(/m.test(delayed)) {
    throw new Error(
      'lib/src/index.js is not what TypeScript wrote when tools/bundle-library.mjs was written; adapt one of the two',
    );
  }
  return delayed;
}

function divide() {
  const left = new Set(graph.files);
  return Object.fromEntries(
    Object.entries(DIVISION).map(([name, division]) => [name, select(division).filter((file) => left.delete(file))]),
  );
}

function select({ with: any = [], both = [], in: rooms }) {
  if (rooms !== undefined) {
    return graph.files.filter((file) => rooms.test(graph.toId(file)));
  }
  const reached = [...any, ...both].map((root) => graph.collectAtOnce(`${LIB}src/${root}.js`));
  return [...new Set(reached.flatMap((files) => [...files]))].filter(
    (file) => both.length === 0 || reached.every((files) => files.has(file)),
  );
}

/** Not in a function, in which all would be parsed once more. */
function renderPart(files, isWhole) {
  return `'use strict';\nconst { load } = require('./load.js');\nmodule.exports = ${graph.renderTable(files, isWhole)};\n`;
}

function renderLoad({ [REST]: _, ...named }) {
  const places = Object.entries(named).flatMap(([name, files]) => files.map((file) => [graph.toId(file), name]));
  const read = "require('./' + name + '.js')";
  return `${renderLoader({ parts: Object.fromEntries(places), rest: REST, read })}exports.load = load;\n`;
}
