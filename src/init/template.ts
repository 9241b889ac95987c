import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findPackageFolder } from '../private/package-folder';
import type { InitRequest, Pipeline } from './request';

/** A file of a new project. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of the package that holds the project, which is one that works as it stands. */
const TEMPLATE = 'starter';

/** Its name in the template. */
const TEMPLATE_NAME = /\bmy-app\b/g;

/** Files with other names in the package, as npm packs none that is called so. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** The beginnings of paths that belong to one pipeline. */
const PIPELINE_PATHS: Readonly<Record<string, Pipeline>> = { '.github/': 'github', '.gitlab-ci.yml': 'gitlab' };

/** The files of a project, in the order of their paths. */
export function listProjectFiles({ name, pipeline }: InitRequest): ProjectFile[] {
  const folder = join(findPackageFolder(), TEMPLATE);
  return collectPaths(folder)
    .filter((path) => isWanted(path, pipeline))
    .map((path) => ({ path: RENAMED[path] ?? path, text: readFileSync(join(folder, path), 'utf8') }))
    .map(({ path, text }) => ({ path, text: text.replace(TEMPLATE_NAME, name) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function collectPaths(folder: string, above = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(above, entry.name);
    return entry.isDirectory() ? collectPaths(join(folder, entry.name), path) : [path];
  });
}

function isWanted(path: string, pipeline: Pipeline): boolean {
  const [, owner] = Object.entries(PIPELINE_PATHS).find(([start]) => path.startsWith(start)) ?? [];
  return owner === undefined || owner === pipeline;
}
