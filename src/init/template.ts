import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { findPackageFolder } from '../private/package-folder';
import { listDependencies, toPackageName } from './generations';
import type { InitRequest, Pipeline } from './request';

/** A file of a new project. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** The folder of the package that holds the project, which is one that works as it stands. */
const TEMPLATE = 'starter';

/** Its name in the template, and those of the packages that are of a generation. */
const NAMES = {
  project: /\bmy-app\b/g,
  plus: /(?<=')cdk8s-plus-\d+(?=')/g,
  library: /(?<='|node_modules\/)cdk8s-pod-patterns(?:-\d+)?(?=['/])/g,
};

/** Files with other names in the package, as npm packs none that is called so. */
const RENAMED: Readonly<Record<string, string>> = { gitignore: '.gitignore' };

/** The beginnings of paths that belong to one pipeline. */
const PIPELINE_PATHS: Readonly<Record<string, Pipeline>> = { '.github/': 'github', '.gitlab-ci.yml': 'gitlab' };

/** The files of a project, in the order of their paths. */
export function listProjectFiles(request: InitRequest): ProjectFile[] {
  const folder = join(findPackageFolder(), TEMPLATE);
  return collectTemplatePaths(folder)
    .filter((path) => isWanted(path, request.pipeline))
    .map((path) => ({
      path: RENAMED[path] ?? path,
      text: renderFile(path, readFileSync(join(folder, path), 'utf8'), request),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function collectTemplatePaths(folder: string, above = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(above, entry.name);
    return entry.isDirectory() ? collectTemplatePaths(join(folder, entry.name), path) : [path];
  });
}

function isWanted(path: string, pipeline: Pipeline): boolean {
  const [, owner] = Object.entries(PIPELINE_PATHS).find(([start]) => path.startsWith(start)) ?? [];
  return owner === undefined || owner === pipeline;
}

function renderFile(path: string, text: string, { name, generation }: InitRequest): string {
  if (path === 'package.json') {
    const described = { ...JSON.parse(text), name, dependencies: listDependencies(generation) };
    return `${JSON.stringify(described, null, 2)}\n`;
  }
  return text
    .replace(NAMES.project, name)
    .replace(NAMES.plus, `cdk8s-plus-${generation}`)
    .replace(NAMES.library, toPackageName(generation));
}
