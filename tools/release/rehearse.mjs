// Everything of a release but the uploads, step by step. What it leaves in artifacts/ is what the workflow uploads.
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BUILDERS, buildLanguage, listProjects, packProject } from './packages.mjs';
import { readState } from './state.mjs';
import { describeUploads, listModules, listUploads, writeChecksums } from './uploads.mjs';
import { VALIDATIONS } from './validate.mjs';

/**
 * @param options `languages` that are made, `codeOnly` those of which only the sources are, and `tests` whether the tarballs are tested
 * @returns whether all of it could be released
 */
export function rehearseRelease(root, { languages, codeOnly, tests }) {
  const artifacts = join(root, 'artifacts');
  const stage = mkdtempSync(join(tmpdir(), 'release-'));
  const steps = new Steps();
  try {
    const state = readState(root);
    steps.note(describeState(state));
    steps.run(
      'the version is that of the tag, of CHANGELOG and of all files, and the tree is clean',
      () => state.problems,
    );
    rmSync(artifacts, { recursive: true, force: true });
    mkdirSync(artifacts);
    const projects = listProjects(root, stage);
    const tarballs = projects.map((project) =>
      steps.run(`${project.name} is built and packed`, () => packProject(project, root, artifacts, 'pipe')),
    );
    if (steps.failed > 0 && tarballs.includes(undefined)) {
      return false;
    }
    if (tests) {
      testTarballs(steps, root, projects, tarballs);
    }
    for (const language of listBuildable(steps, languages)) {
      buildPackages(steps, { projects, artifacts, language, isBuilt: !codeOnly.includes(language) });
    }
    validatePackages(steps, artifacts, codeOnly);
    finish(steps, artifacts, state);
    return steps.failed === 0;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

/** Runs steps, and tells of each whether it succeeded, and how long it took. */
class Steps {
  failed = 0;

  note(text) {
    console.log(text);
  }

  /** What a step gives; nothing where it failed. A step fails by an error, or by giving problems. */
  run(name, deed) {
    const start = performance.now();
    const end = (problems) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      this.failed += problems.length === 0 ? 0 : 1;
      for (const problem of problems) {
        console.log(problem.replace(/^/gm, '       '));
      }
    };
    try {
      const result = deed();
      const isList = Array.isArray(result);
      end(isList ? result : []);
      return result;
    } catch (error) {
      end([[error.message, error.stdout, error.stderr].filter(Boolean).join('\n').trim()]);
      return undefined;
    }
  }
}

function describeState({ version, tag }) {
  return tag === undefined ? `Rehearsal of ${version}: no tag names this commit.` : `Release ${version}, tag ${tag}.`;
}

/** The first tarball is put before all that users do with it; those of other generations before a new project of theirs. */
function testTarballs(steps, root, projects, [tarball, ...others]) {
  const node = (...args) => execFileSync('node', args, { cwd: root, stdio: 'pipe', encoding: 'utf8' });
  steps.run(`${projects[0].name} passes test:package from its tarball`, () => node('test/package.mjs', tarball));
  for (const [index, other] of others.entries()) {
    const { name, generation } = projects[index + 1];
    steps.run(`a project of ${name} is made, installed, tested and synthesized`, () =>
      node('test/starter.mjs', tarball, generation, name, other),
    );
  }
}

/** On a CI server every language must be built; elsewhere those are left out whose tools are not there. */
function listBuildable(steps, languages) {
  return languages.filter((language) => {
    const isHere = spawnSync(BUILDERS[language], [language === 'go' ? 'version' : '--version']).status === 0;
    if (!isHere && process.env.CI) {
      steps.run(`${language} can be built`, () => [`${BUILDERS[language]} is not here`]);
    } else if (!isHere) {
      steps.note(`left out: ${language}, as ${BUILDERS[language]} is not here`);
    }
    return isHere;
  });
}

/** One after the other, as each takes most of the memory of a machine. */
function buildPackages(steps, { projects, artifacts, language, isBuilt }) {
  for (const project of projects) {
    const name = `${project.name} is ${isBuilt ? 'built' : 'written, and not compiled,'} for ${language}`;
    steps.run(name, () => buildLanguage(project, artifacts, language, isBuilt));
  }
}

function validatePackages(steps, artifacts, codeOnly) {
  for (const language of readdirSync(artifacts).filter((name) => name in VALIDATIONS)) {
    if (language === 'go' || !codeOnly.includes(language)) {
      steps.run(`the registry would take the packages for ${language}`, () =>
        VALIDATIONS[language](join(artifacts, language)),
      );
    }
  }
}

function finish(steps, artifacts, { version, notes, isPrerelease }) {
  const uploads = listUploads(artifacts);
  writeChecksums(artifacts, uploads);
  writeFileSync(join(artifacts, 'notes.md'), `${notes}\n`);
  steps.note(`\nThis would be uploaded:\n${describeUploads(uploads, listModules(artifacts))}\n`);
  if (process.env.GITHUB_OUTPUT) {
    const outputs = { version, prerelease: isPrerelease, 'dist-tag': isPrerelease ? 'next' : 'latest' };
    appendFileSync(
      process.env.GITHUB_OUTPUT,
      Object.entries(outputs)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
  }
}
