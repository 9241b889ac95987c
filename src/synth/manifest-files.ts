import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObject, type App, type Chart, Names, YamlOutputType } from 'cdk8s';
import { saveYaml } from './yaml-file';

/** What an app writes, and how it is divided into files. */
export interface Manifests {
  readonly app: App;
  readonly charts: readonly Chart[];
  /** Whether the names of charts begin with their place in the order. */
  readonly areOrdered: boolean;
  /** The objects of a chart, in order. */
  readonly objectsOf: (chart: Chart) => readonly ApiObject[];
  /** What a chart renders to, one manifest after the other. */
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
    saveYaml(pathIn(app, 'app'), inTurn(charts, render));
  }
}

function writeCharts({ app, charts, areOrdered, render }: Manifests): void {
  for (const [index, chart] of charts.entries()) {
    saveYaml(pathIn(app, nameOf(chart, index, areOrdered)), render(chart));
  }
}

/** A chart is rendered before its first file is written, so that none is where one of its objects cannot be rendered. */
function writeResources({ app, charts, render }: Manifests): void {
  for (const chart of charts) {
    for (const manifest of [...render(chart)].filter((rendered) => rendered !== undefined)) {
      saveYaml(pathIn(app, resourceName(manifest)), [manifest]);
    }
  }
}

function writeFolders({ app, charts, areOrdered, objectsOf }: Manifests): void {
  for (const [index, chart] of charts.entries()) {
    const folder = nameOf(chart, index, areOrdered);
    mkdirSync(join(app.outdir, folder), { recursive: true });
    for (const object of objectsOf(chart)) {
      saveYaml(pathIn(app, folder, resourceName(object)), rendered(object));
    }
  }
}

/** Rendered when it is asked for, so that a path is made of the construct before. */
function* rendered(object: ApiObject): Generator<unknown> {
  yield object.toJson();
}

/** The manifests of all charts, each rendered when it is asked for. */
export function* inTurn(charts: readonly Chart[], render: (chart: Chart) => Iterable<any>): Generator<any> {
  for (const chart of charts) {
    yield* render(chart);
  }
}

function pathIn({ outdir, outputFileExtension }: App, ...names: string[]): string {
  return join(outdir, ...names) + outputFileExtension;
}

function nameOf(chart: Chart, index: number, areOrdered: boolean): string {
  const name = Names.toDnsLabel(chart);
  return areOrdered ? `${index.toString().padStart(4, '0')}-${name}` : name;
}

/** A manifest and its construct have their names in the same places, but a patch may have changed the manifest. */
function resourceName({
  kind,
  metadata,
}: {
  readonly kind: string;
  readonly metadata: { readonly name?: string };
}): string {
  return `${kind}.${metadata.name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
