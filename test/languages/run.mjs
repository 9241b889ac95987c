// Uses the library in the other languages as their users do: makes their packages from this source, and runs the apps of this folder,
// which are what README shows. Each has to write the YAML of the app in TypeScript byte for byte, and to say of rules and errors what
// that says. cdk8s and cdk8s-plus come from the registry of the language where it has them, and are made from their npm packages where
// not; the log tells. Nothing is left behind.
//
//   npm run test:languages               all languages
//   npm run test:languages -- python     one of them: python, go, java, dotnet
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeLanguagePackage } from '../../tools/language-packages.mjs';
import { checkDotnet } from './dotnet/run.mjs';
import { checkGo } from './go/run.mjs';
import { checkJava } from './java/run.mjs';
import { checkPython } from './python/run.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LANGUAGES = {
  python: { needs: 'python3', check: checkPython },
  go: { needs: 'go', check: checkGo },
  java: { needs: 'mvn', check: checkJava },
  dotnet: { needs: 'node', check: checkDotnet },
};

const wanted = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'languages-'));
mkdirSync(join(folder, 'tmp'));
const env = {
  ...process.env,
  TMPDIR: join(folder, 'tmp'),
  JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(folder, 'jsii'),
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
};
const counts = { passed: 0, failed: 0, skipped: 0 };

try {
  run('npm', ['run', 'build'], { cwd: ROOT });
  const reference = synthesize('typescript', 'node', [
    '-r',
    '@swc-node/register',
    join(ROOT, 'test/languages/typescript'),
  ]);
  for (const [language, { needs, check: checkLanguage }] of Object.entries(LANGUAGES)) {
    if (wanted.length > 0 && !wanted.includes(language)) {
      continue;
    }
    if (!isInstalled(needs)) {
      tell('skipped', `${language}: there is no ${needs} here`);
      continue;
    }
    try {
      writeLanguagePackage(ROOT, join(folder, 'packages'), language);
      const project = { root: ROOT, folder: join(folder, language), made: join(folder, 'packages', language), run };
      mkdirSync(project.folder);
      checkLanguage({ ...project, check, note, compare: (...command) => compare(language, reference, ...command) });
    } catch (error) {
      check(`${language}: ${error.message}\n${error.stdout ?? ''}${error.stderr ?? ''}`, false);
    }
  }
} finally {
  run('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
}
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 || (process.env.CI && counts.skipped > 0) ? 1 : 0;

function run(command, args, options = {}) {
  return execFileSync(command, args, { encoding: 'utf8', stdio: 'pipe', ...options, env: { ...env, ...options.env } });
}

function isInstalled(command) {
  try {
    run('sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
}

/**
 * The YAML and the report of the two apps of a language.
 *
 * @param app how the app is started that writes into a folder
 * @param shop how the app of README is started
 */
function synthesize(language, command, args, options = {}, [app, shop] = ['app.ts', 'shop.ts']) {
  const outdir = join(folder, 'dist', language);
  const start = (name, rest, more = {}) => {
    const all = language === 'typescript' ? [...args.slice(0, -1), join(args.at(-1), name)] : [...args, name];
    return run(command, [...all, ...rest], { cwd: ROOT, ...options, env: more });
  };
  const report = start(app, [outdir]);
  start(shop, [], { CDK8S_OUTDIR: join(outdir, 'readme') });
  return { files: readFiles(outdir), report: report.replaceAll(/^(clash|enforce): Error: /gm, '$1: ') };
}

function readFiles(outdir) {
  const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return Object.fromEntries(files.sort().map((file) => [file, readFileSync(join(outdir, file), 'utf8')]));
}

function compare(language, reference, ...command) {
  const { files, report } = synthesize(language, ...command);
  const names = Object.keys(reference.files);
  const wrong = names.filter((name) => files[name] !== reference.files[name]);
  const isSame = wrong.length === 0 && Object.keys(files).join() === names.join();
  check(`${language}: ${names.length} files are those of TypeScript, byte for byte`, isSame);
  for (const name of ['clash', 'check', 'enforce']) {
    const [own, expected] = [report, reference.report].map((text) => listLines(text, name));
    check(`${language}: what \`${name}\` says is what it says in TypeScript`, own === expected && own.length > 80);
  }
}

/** The lines that begin with a word, with those below them that are indented. */
function listLines(report, name) {
  return (report.match(new RegExp(`^${name}: .*(?:\\n  .*)*`, 'gm')) ?? []).join('\n');
}

function check(promise, kept) {
  tell(kept ? 'passed' : 'failed', promise);
}

function note(text) {
  console.log(`note   ${text}`);
}

function tell(outcome, text) {
  console.log(`${{ passed: 'ok    ', failed: 'FAILED', skipped: 'skipped' }[outcome]} ${text}`);
  counts[outcome] += 1;
}
