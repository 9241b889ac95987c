import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { memoizeByText } from '../../private/memo';
import { readObjectViews } from '../documents';
import type { ObjectView } from '../model/object-view';
import { splitDocuments } from '../text/document-cutter';

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** So many texts about folders are kept. */
const MAX_FOLDERS = 4096;

/** Whether a file is a template of a chart of Helm, by the folder that it stands in. */
export function isInChart(file: string): boolean {
  const folder = /^(.*?)(?:^|[/\\])templates[/\\]/.exec(file)?.[1];
  return folder !== undefined && hasChart(folder);
}

const hasChart = memoizeByText((folder: string) => existsSync(join(folder, 'Chart.yaml')), MAX_FOLDERS);

/** The files that kustomizations name, by their absolute paths. */
export interface Kustomized {
  /** Files that are patches. */
  readonly patches: ReadonlySet<string>;
  /** Files that are resources, which kustomize makes something of. */
  readonly resources: ReadonlySet<string>;
}

/** Reads the kustomizations that stand beside or above one of these files, or are one of them. */
export function readKustomizations(files: readonly string[]): Kustomized {
  const read = files.filter((file) => KUSTOMIZATIONS.includes(basename(file)));
  const above = files.flatMap((file) => findKustomizations(dirname(resolve(file))));
  const found = [...new Set([...read.map((file) => resolve(file)), ...above])];
  return { patches: new Set(found.flatMap(listPatchFiles)), resources: new Set(found.flatMap(listResourceFiles)) };
}

/** Whether the name of a file, or of the folder that it stands in, says that it is a patch, as in `patches/web.yaml` and `web-patch.yaml`. */
export function hasPatchName(file: string): boolean {
  return (
    /(?:^|[_.-])patch(?:es)?(?:[_.-]|$)/i.test(basename(file)) ||
    /(?:^|[_.-])patch(?:es)?$/i.test(basename(dirname(file)))
  );
}

/** Whether a file is what a step of kuttl or Chainsaw expects, as in `01-assert.yaml`. */
export function isAssertion(file: string): boolean {
  const name = basename(file);
  return /^\d+-(?:assert|errors?)\.ya?ml$/.test(name) || (ASSERTION_NAME.test(name) && isInChainsawTest(dirname(file)));
}

const ASSERTION_NAME = /(?:^|[-_.])(?:assert|error)s?(?:[-_.]|$)/;

const isInChainsawTest = memoizeByText(
  (folder: string) => ['chainsaw-test.yaml', 'chainsaw-test.yml'].some((name) => existsSync(join(folder, name))),
  MAX_FOLDERS,
);

/** The kustomizations in a folder and in those above it, as far as the repository goes. */
const findKustomizations: (folder: string) => readonly string[] = memoizeByText((folder: string) => {
  const here = KUSTOMIZATIONS.map((name) => join(folder, name)).filter((file) => existsSync(file));
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? here : [...here, ...findKustomizations(parent)];
}, MAX_FOLDERS);

function listPatchFiles(kustomization: string): string[] {
  return listFiles(kustomization, ['patches', 'patchesStrategicMerge', 'patchesJson6902']);
}

function listResourceFiles(kustomization: string): string[] {
  return listFiles(kustomization, ['resources', 'bases']);
}

/** The files under these fields; a patch may also stand there itself. */
function listFiles(kustomization: string, fields: readonly string[]): string[] {
  return readObjects(kustomization)
    .flatMap(({ root }) => fields.flatMap((name) => root.at(name).items))
    .flatMap((item) => item.text ?? item.at('path').text ?? [])
    .filter((text) => !text.includes('\n'))
    .map((file) => resolve(dirname(kustomization), file));
}

const readObjects = memoizeByText((file: string): readonly ObjectView[] => {
  try {
    return splitDocuments(readFileSync(file, 'utf8')).flatMap(readObjectViews);
  } catch {
    return [];
  }
}, MAX_FOLDERS);
