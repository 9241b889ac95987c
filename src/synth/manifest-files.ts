import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObject, type App, type Chart, Names, YamlOutputType } from 'cdk8s';
import { renderObject } from '../private/rendering/render-object';
import { writeYamlFile } from './yaml-file';

/** The manifests of an app, and their division into files. */
export interface Manifests {
  readonly app: App;
  readonly charts: readonly Chart[];
  /** Whether the names of charts begin with their place in the order. */
  readonly areOrdered: boolean;
  /** The objects of a chart, in order. */
  readonly listObjects: (chart: Chart) => readonly ApiObject[];
  /** The manifests of a chart, one after the other. */
  readonly render: (chart: Chart) => Iterable<any>;
}

/** Writes manifests to the files that cdk8s writes them to. */
export function writeManifests(manifests: Manifests): void {
  WRITERS[manifests.app.yamlOutputType]?.(manifests);
}

const WRITERS: Readonly<Partial<Record<YamlOutputType, (manifests: Manifests) => void>>> = {
  [YamlOutputType.FILE_PER_APP]: writeApp,
  [YamlOutputType.FILE_PER_CHART]: writeCharts,
  [YamlOutputType.FILE_PER_RESOURCE]: writeResources,
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE]: writeFolders,
};

function writeApp({ app, charts, render }: Manifests): void {
  if (charts.length > 0) {
    writeYamlFile(toManifestPath(app, 'app'), renderCharts(charts, render));
  }
}

function writeCharts({ app, charts, areOrdered, render }: Manifests): void {
  for (const [index, chart] of charts.entries()) {
    writeYamlFile(toManifestPath(app, toChartFileName(chart, index, areOrdered)), render(chart));
  }
}

/** A chart is rendered before its first file is written, so that none is where one of its objects cannot be rendered. */
function writeResources({ app, charts, render }: Manifests): void {
  for (const chart of charts) {
    for (const manifest of [...render(chart)].filter((rendered) => rendered !== undefined)) {
      writeYamlFile(toManifestPath(app, toResourceFileName(manifest)), [manifest]);
    }
  }
}

function writeFolders({ app, charts, areOrdered, listObjects }: Manifests): void {
  for (const [index, chart] of charts.entries()) {
    const folder = toChartFileName(chart, index, areOrdered);
    mkdirSync(join(app.outdir, folder), { recursive: true });
    for (const object of listObjects(chart)) {
      writeYamlFile(toManifestPath(app, folder, toResourceFileName(object)), renderLate(object));
    }
  }
}

/** Rendered when it is asked for, so that a path is made of the construct before. */
function* renderLate(object: ApiObject): Generator<unknown> {
  yield renderObject(object);
}

/** The manifests of all charts, each rendered when it is asked for. */
export function* renderCharts(charts: readonly Chart[], render: (chart: Chart) => Iterable<any>): Generator<any> {
  for (const chart of charts) {
    yield* render(chart);
  }
}

function toManifestPath({ outdir, outputFileExtension }: App, ...names: string[]): string {
  return join(outdir, ...names) + outputFileExtension;
}

function toChartFileName(chart: Chart, index: number, areOrdered: boolean): string {
  const name = Names.toDnsLabel(chart);
  return areOrdered ? `${index.toString().padStart(4, '0')}-${name}` : name;
}

/** A manifest and its construct have their names in the same places, but a patch may have changed the manifest. */
function toResourceFileName({
  kind,
  metadata,
}: {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
