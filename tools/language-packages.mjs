// Makes the packages of other languages from a project that is built: this one, or one that tools/generation.mjs wrote.
//
//   node tools/language-packages.mjs <project> <folder> [--build] python java go dotnet
//
// writes their sources into <folder>/<language>; with --build also what their registries take, with the tools of each language.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkModules } from './generation.mjs';
import languageReadme from './language-readme.cjs';

const { LANGUAGES, toLanguageReadme } = languageReadme;
const ROOT = fileURLToPath(new URL('..', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [project, folder, ...others] = process.argv.slice(2);
  const languages = others.filter((word) => word !== '--build');
  const unknown = languages.filter((language) => !(language in LANGUAGES));
  if (languages.length === 0 || unknown.length > 0) {
    console.error(
      `usage: node tools/language-packages.mjs <project> <folder> [--build] [${Object.keys(LANGUAGES).join('|')}]...`,
    );
    process.exitCode = 2;
  } else {
    for (const language of languages) {
      writeLanguagePackage(resolve(project), resolve(folder), language, others.includes('--build'));
    }
  }
}

/** Each language has an npm package in it, whose README is that of the language. */
export function writeLanguagePackage(project, folder, language, isBuilt = false) {
  const stage = mkdtempSync(join(tmpdir(), `${language}-`));
  try {
    for (const file of listPacked(project)) {
      cpSync(join(project, file), join(stage, file), { recursive: true });
    }
    linkModules(stage);
    writeReadme(stage, language);
    const pack = ['--pack-command', 'npm pack --ignore-scripts'];
    const args = ['-t', language, '-o', folder, ...pack, ...(isBuilt ? [] : ['--code-only']), stage];
    const quiet = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
    execFileSync(join(ROOT, 'node_modules/.bin/jsii-pacmak'), args, {
      stdio: 'inherit',
      env: { ...process.env, ...quiet },
    });
  } finally {
    rmSync(stage, { recursive: true });
  }
  if (language === 'go') {
    guardChecks(join(folder, 'go'));
  }
}

/**
 * The checks of parameters that jsii writes for Go look into a list or map of structs that was left out, and crash. Each function
 * of theirs looks only into those that are there.
 */
function guardChecks(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('__checks.go'),
  );
  for (const file of files) {
    const code = readFileSync(join(folder, file), 'utf8');
    const guarded = code.replace(/^func [\s\S]*?^}$/gm, (checks) =>
      checks.replace(/^\tfor \w+, v := range \*(\w+) \{\n[\s\S]*?^\t}$/gm, (loop, name) =>
        checks.includes(`if ${name} == nil {`) ? loop : `\tif ${name} != nil {\n${loop.replace(/^/gm, '\t')}\n\t}`,
      ),
    );
    writeFileSync(join(folder, file), guarded);
  }
}

function listPacked(project) {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const [{ files }] = JSON.parse(execFileSync('npm', args, { cwd: project, encoding: 'utf8' }));
  return files.map(({ path }) => path);
}

/** jsii takes README from the description of the package that it compiled. */
function writeReadme(stage, language) {
  const { version, homepage } = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'));
  const source = `${homepage.replace(/#.*/, '')}/blob/v${version}/`;
  const readme = toLanguageReadme(readFileSync(join(stage, 'README.md'), 'utf8'), language, source);
  const assembly = JSON.parse(readFileSync(join(stage, '.jsii'), 'utf8'));
  writeFileSync(join(stage, 'README.md'), readme);
  writeFileSync(join(stage, '.jsii'), JSON.stringify({ ...assembly, readme: { markdown: readme } }, null, 2));
}
