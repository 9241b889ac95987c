// Makes the package of another generation of cdk8s-plus from this source: a project of its own, in which the package, its peer, and
// what imports or names them are those of that generation, and nothing else differs:
// docs/decisions/0031-one-source-for-every-generation-and-language.md.
//
//   node tools/generation.mjs 33 <folder>   writes the project of cdk8s-pod-patterns-33, where `npm run build` and `npm pack` work
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import names from './generation-names.cjs';

const { GENERATIONS, adaptPackage, adaptText } = names;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Code and texts that name packages, of any language. */
const ADAPTED = /\.(ts|mjs|cjs|js|md|py|java|go|mod|xml)$/;

/** What is the same in every generation, as it reads the names from package.json, or is not about one. */
const UNCHANGED = /^(tools|docs|bench|dist|\.github|\.ci|test\/generations)\//;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , generation, folder] = process.argv;
  if (!(generation in GENERATIONS) || folder === undefined) {
    console.error(`usage: node tools/generation.mjs <${Object.keys(GENERATIONS).join('|')}> <folder>`);
    process.exitCode = 2;
  } else {
    writeGeneration(generation, resolve(folder));
  }
}

/** Writes the project of a generation into a folder. It shares the modules that are installed here. */
export function writeGeneration(generation, folder) {
  for (const file of listSources()) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(ROOT, file), target);
    if (isAdapted(file)) {
      writeFileSync(target, adaptText(readFileSync(target, 'utf8'), generation, file.endsWith('.md')));
    }
  }
  const description = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(adaptPackage(description, generation), null, 2)}\n`);
  linkModules(folder);
}

/** Every file of the project that is or could be committed. */
function listSources() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return files.filter((file) => file !== '' && file !== 'package-lock.json' && existsSync(join(ROOT, file)));
}

function isAdapted(file) {
  return file === 'tsconfig.json' || (ADAPTED.test(file) && !UNCHANGED.test(file));
}

/** Gives a project the modules that are installed here. What goes into its package has to be there itself. */
export function linkModules(folder) {
  const { bundledDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  for (const entry of readdirSync(join(ROOT, 'node_modules')).filter((name) => name !== '.cache')) {
    const source = join(ROOT, 'node_modules', entry);
    if (bundledDependencies.includes(entry)) {
      cpSync(source, join(modules, entry), { recursive: true });
    } else {
      symlinkSync(source, join(modules, entry));
    }
  }
}
