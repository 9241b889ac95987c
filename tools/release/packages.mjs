// Makes what the registries take, in the folders that publib reads: artifacts/js, python, java, go and dotnet.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeGeneration } from '../generation.mjs';
import names from '../generation-names.cjs';
import { writeLanguagePackage } from '../language-packages.mjs';

const { GENERATIONS, toPackageName } = names;

/** The program that each language is built with. */
export const BUILDERS = { python: 'python3', java: 'mvn', go: 'go', dotnet: 'dotnet' };

/** The projects of all generations: the first is this one, and the others are written into a folder. */
export function listProjects(root, stage) {
  return Object.keys(GENERATIONS).map((generation, index) => ({
    generation,
    name: toPackageName(generation),
    folder: index === 0 ? root : join(stage, toPackageName(generation)),
  }));
}

/** Builds a project, and packs it for npm. Gives the tarball. */
export function packProject({ generation, folder }, root, artifacts, log) {
  if (folder !== root) {
    writeGeneration(generation, folder);
  }
  const target = join(artifacts, 'js');
  mkdirSync(target, { recursive: true });
  execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: log });
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', target];
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }));
  return join(target, filename);
}

/** Makes the package of a language from a project that is built. */
export function buildLanguage(project, artifacts, language, isBuilt) {
  writeLanguagePackage(project.folder, artifacts, language, isBuilt);
}

/** The names of files in a folder of the artifacts, at any depth; none where it is not there. */
export function listFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}
