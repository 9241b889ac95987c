import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { memoizeByText } from '../../private/memo';
import { readObjectViews } from '../documents';
import type { Field } from '../model/field';
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

/** The files, by their absolute paths, that a kustomization beside or above one of these files calls patches. */
export function listPatchFiles(files: readonly string[]): ReadonlySet<string> {
  const read = files.filter((file) => KUSTOMIZATIONS.includes(basename(file)));
  const above = files.flatMap((file) => findKustomizations(dirname(resolve(file))));
  return new Set([...new Set([...read.map((file) => resolve(file)), ...above])].flatMap(readPatchFiles));
}

/** The kustomizations in a folder and in those above it, as far as the repository goes. */
const findKustomizations: (folder: string) => readonly string[] = memoizeByText((folder: string) => {
  const here = KUSTOMIZATIONS.map((name) => join(folder, name)).filter((file) => existsSync(file));
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, '.git')) ? here : [...here, ...findKustomizations(parent)];
}, MAX_FOLDERS);

function readPatchFiles(kustomization: string): string[] {
  const text = readText(kustomization);
  const objects = text === undefined ? [] : splitDocuments(text).flatMap(readObjectViews);
  return objects.flatMap(({ root }) => listPatches(root)).map((file) => resolve(dirname(kustomization), file));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The names of files under the fields that hold patches; a patch may also stand there itself. */
function listPatches(kustomization: Field): string[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902']
    .flatMap((name) => kustomization.at(name).items)
    .flatMap((item) => item.text ?? item.at('path').text ?? [])
    .filter((text) => !text.includes('\n'));
}
