// Makes the package of another generation of cdk8s-plus from this source: a project of its own, in which the package, its peer, and
// what imports or names them are those of that generation, and nothing else differs:
// docs/decisions/0031-one-source-for-every-generation-and-language.md.
//
//   node tools/generation.mjs 33 <folder>   writes the project of cdk8s-pod-patterns-33, where `npm run build` and `npm pack` work
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OWN = 'cdk8s-pod-patterns';
const PLUS = 'cdk8s-plus-28';

/** The generations that live, and the lowest release of each that the package allows. */
export const GENERATIONS = JSON.parse(readFileSync(new URL('generations.json', import.meta.url), 'utf8'));

/** What is the same in every generation: what reads the names from package.json, and what is generated or huge. */
const UNCHANGED = /^(tools|docs|bench|dist|\.github|\.ci)\/|\.(ya?ml|json|lock)$/;

/** The name where it is that of the package: not the command, an annotation, or the repository. */
const PACKAGE_NAMES = [
  /(?<=['"^])cdk8s-pod-patterns(?=['"$])/g,
  /cdk8s-pod-patterns(?=\\?\/testing\b)/g,
  /(?<=node_modules\/|npm install |npmjs\.com\/package\/|^# )cdk8s-pod-patterns(?![\w-])/gm,
];

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
  return /\.(ts|mjs|js|md)$|^tsconfig\.json$/.test(file) && (file === 'tsconfig.json' || !UNCHANGED.test(file));
}

/** The text of a file for a generation. In Markdown the rows of tables stay: they tell the generations apart. */
export function adaptText(text, generation, isMarkdown = false) {
  const adapt = (part) =>
    PACKAGE_NAMES.reduce((done, name) => done.replace(name, toPackageName(generation)), part).replaceAll(
      PLUS,
      `cdk8s-plus-${generation}`,
    );
  return isMarkdown ? text.replace(/^(?!\|).*$/gm, adapt) : adapt(text);
}

export function toPackageName(generation) {
  return generation === '28' ? OWN : `${OWN}-${generation}`;
}

/**
 * The description of the package of a generation, with its names in every registry. The types of its props have those of its
 * cdk8s-plus in them, so that it is compiled twice.
 */
export function adaptPackage(description, generation) {
  if (generation === '28') {
    return description;
  }
  const name = toPackageName(generation);
  const { scripts, peerDependencies, devDependencies, jsii } = description;
  const { python, java, go, dotnet } = jsii.targets;
  const targets = {
    python: { ...python, distName: name, module: name.replaceAll('-', '_') },
    java: { ...java, package: `${java.package}${generation}`, maven: { ...java.maven, artifactId: name } },
    go: { ...go, packageName: `${go.packageName}${generation}` },
    dotnet: { ...dotnet, namespace: `${dotnet.namespace}${generation}`, packageId: `${dotnet.packageId}${generation}` },
  };
  const { lowest } = GENERATIONS[generation];
  return {
    ...description,
    name,
    scripts: { ...scripts, compile: scripts.build, build: 'npm run compile && (npm run props || npm run compile)' },
    peerDependencies: replacePlus(peerDependencies, generation, `^${lowest}`),
    devDependencies: replacePlus(devDependencies, generation, lowest),
    jsii: { ...jsii, targets: { ...jsii.targets, ...targets } },
  };
}

function replacePlus(dependencies, generation, version) {
  const { [PLUS]: _, ...others } = { ...dependencies, [`cdk8s-plus-${generation}`]: version };
  return Object.fromEntries(Object.entries(others).sort(([one], [other]) => (one < other ? -1 : 1)));
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
