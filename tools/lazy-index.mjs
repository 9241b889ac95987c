// Lets the built entry of the package load a module when something of it is asked for. jsii writes an entry that loads all of
// them, and takes no other form in TypeScript: docs/decisions/0018-an-entry-that-loads-what-is-used.md.
import { readFileSync, writeFileSync } from 'node:fs';

const ENTRY = new URL('../lib/src/index.js', import.meta.url);
const REQUIRE = /^var (\w+) = require\(("[^"]+")\);$/gm;
const REEXPORT = /^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); } }\);$/gm;
const LAZY = /^const \w+ = \{ (?:get \w+\(\) \{ return require\("[^"]+"\)\.\w+; \},? )+\};$/gm;

const entry = readFileSync(ENTRY, 'utf8');
const reexports = [...entry.matchAll(REEXPORT)].map(([, , module, name]) => ({ module, name }));
const lazy = entry.replace(REQUIRE, (_, module, path) => {
  const names = reexports.filter((reexport) => reexport.module === module).map(({ name }) => name);
  return `const ${module} = { ${names.map((name) => `get ${name}() { return require(${path}).${name}; }`).join(', ')} };`;
});

const getters = [...lazy.matchAll(LAZY)].flatMap(([line]) => line.match(/get \w+\(\)/g));
if (reexports.length === 0 || getters.length !== reexports.length || /^(?!const ).*\brequire\(/m.test(lazy)) {
  throw new Error(
    'lib/src/index.js is not what TypeScript wrote when tools/lazy-index.mjs was written; adapt one of the two',
  );
}
if (lazy !== entry) {
  writeFileSync(ENTRY, lazy);
}
