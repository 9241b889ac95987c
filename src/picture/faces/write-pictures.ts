import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Names, YamlOutputType } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { createError, findOwner } from '../../private/errors';
import { wrapMethod } from '../../private/wrap-method';
import { listApiObjects } from '../../rules/api-objects';
import { readApiObject } from '../../rules/app-objects';
import { listFileNames } from '../file-names';
import { renderMermaid } from '../render-mermaid';
import type { PodScene } from '../scene/pod-scene';
import { renderSvg } from '../svg/render-svg';
import { renderText } from '../text/render-text';
import { PictureFormat, type WritePicturesOptions } from './picture-options';
import { readScenes } from './read-scenes';

/** An app as cdk8s makes it. */
interface CdkApp extends IConstruct {
  readonly outdir?: string;
  readonly yamlOutputType?: YamlOutputType;
  synth?: () => void;
}

/** The mark of cdk8s on its charts, the same in every copy of cdk8s. */
const CHART = Symbol.for('cdk8s.Chart');

const FORMS: Readonly<
  Record<PictureFormat, { readonly ending: string; readonly render: (scene: PodScene) => string }>
> = {
  [PictureFormat.SVG]: { ending: 'svg', render: (scene) => renderSvg(scene) },
  [PictureFormat.MERMAID]: { ending: 'mmd', render: (scene) => renderMermaid(scene) },
  [PictureFormat.TEXT]: { ending: 'txt', render: (scene) => renderText(scene) },
};

/** Lets each synth of an app write the pictures of its pods. */
export function addPictures(app: CdkApp, options: WritePicturesOptions): void {
  if (!app.synth || app.outdir === undefined) {
    throw createError(app, '`writeBesideYaml` takes an app, and this is none; pass the root of the tree');
  }
  wrapMethod(app, 'synth', (synth) => () => {
    synth();
    writePictures(app, options);
  });
}

/** Writes each picture into the folder of the manifest. */
function writePictures(app: CdkApp, { format = PictureFormat.SVG, findings }: WritePicturesOptions): void {
  const constructs = listApiObjects(app);
  const charts = new Map(constructs.map((construct) => [findOwner(construct).node.path, findChart(construct)]));
  const scenes = readScenes(constructs.flatMap(readApiObject), findings);
  const folders =
    app.yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE ? readdirSync(app.outdir!) : [];
  const { ending, render } = FORMS[format];
  const names = listFileNames(scenes);
  for (const [index, scene] of scenes.entries()) {
    const folder = findFolder(charts.get(scene.construct ?? ''), folders);
    writeFileSync(join(app.outdir!, folder, `${names[index]}.${ending}`), render(scene));
  }
}

/** The folder of a chart, whose name may begin with its place in the order. */
function findFolder(chart: IConstruct | undefined, folders: readonly string[]): string {
  const label = chart && folders.length > 0 ? Names.toDnsLabel(chart) : undefined;
  return folders.find((folder) => folder.replace(/^\d{4}-/, '') === label || folder === label) ?? '';
}

function findChart(construct: IConstruct): IConstruct | undefined {
  return [...construct.node.scopes].reverse().find((scope) => CHART in scope);
}
