// Puts the packages before what their registries would put them before, as far as that can be done without an upload.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles } from './packages.mjs';

/** What Maven Central asks of every POM. */
const POM_PARTS = ['name', 'description', 'url', 'licenses', 'developers', 'scm'];

/** By language; each gives the problems of its packages as sentences. */
export const VALIDATIONS = {
  js: validateNpm,
  python: validatePython,
  java: validateMaven,
  go: validateGo,
  dotnet: validateNuget,
};

function validateNpm(folder) {
  return listFiles(folder).flatMap((file) =>
    collectFailure(() => run('npm', ['publish', '--dry-run', '--ignore-scripts', file], dirname(folder))),
  );
}

/** A wheel and a source distribution of each package, whose description PyPI can show. */
function validatePython(folder) {
  const files = listFiles(folder);
  const count = (ending) => files.filter((file) => file.endsWith(ending)).length;
  const venv = mkdtempSync(join(tmpdir(), 'twine-'));
  try {
    run('python3', ['-m', 'venv', venv]);
    run(join(venv, 'bin/pip'), ['install', '-q', 'twine']);
    return [
      ...(count('.whl') === count('.tar.gz') ? [] : ['a wheel has no source distribution beside it']),
      ...collectFailure(() => run(join(venv, 'bin/twine'), ['check', '--strict', ...files])),
    ];
  } finally {
    rmSync(venv, { recursive: true });
  }
}

/** What Central refuses: a POM without a part, or one without its archives. */
export function validateMaven(folder) {
  return listFiles(folder)
    .filter((file) => file.endsWith('.pom'))
    .flatMap((pom) => {
      const text = readFileSync(pom, 'utf8');
      const parts = POM_PARTS.filter((part) => !text.includes(`<${part}>`));
      const archives = ['.jar', '-sources.jar', '-javadoc.jar'].map((ending) => pom.replace(/\.pom$/, ending));
      return [
        ...parts.map((part) => `${pom} has no <${part}>`),
        ...archives.filter((archive) => !existsSync(archive)).map((archive) => `${archive} is missing`),
      ];
    });
}

/** A module for each folder, whose version is the one of its tag. */
export function validateGo(folder) {
  const modules = listFiles(folder).filter((file) => file.endsWith('/go.mod'));
  return modules.flatMap((file) => {
    const missing = ['version', 'LICENSE', 'README.md'].filter((name) => !existsSync(join(dirname(file), name)));
    return missing.map((name) => `${dirname(file)} has no ${name}`);
  });
}

function validateNuget(folder) {
  const files = listFiles(folder);
  return files.some((file) => file.endsWith('.nupkg')) ? [] : [`${folder} has no .nupkg`];
}

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: 'pipe', encoding: 'utf8' });
}

function collectFailure(deed) {
  try {
    deed();
    return [];
  } catch (error) {
    return [`${error.message}\n${error.stdout ?? ''}`.trim()];
  }
}
