import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiObject, App, Chart } from 'cdk8s';
import { renderObject } from '../private/rendering/render-object';
import { sortCharts, sortLinkedCharts, sortObjects } from './app-order';
import { type ChartLinks, linkCharts } from './chart-links';
import { renderCharts, writeManifests } from './manifest-files';
import { formatYaml } from './yaml-file';

/**
 * An `App` whose synth takes time in proportion to its objects and dependencies, and holds no file in memory. Put it
 * in the place of `App` of cdk8s: it writes the same files, byte for byte, and fails where cdk8s fails.
 *
 * cdk8s validates and links the whole app once per chart, walks every path of its dependencies, and makes one dependency of
 * each pair of objects in two groups. This one validates and links once, and goes to each object once.
 *
 * `Testing.synth(chart)` and `chart.toJson()` are cdk8s' own and stay as slow as they are; `synthChart(chart)` gives the same.
 *
 * @see https://cdk8s.io/docs/latest/basics/app/
 */
export class FastApp extends App {
  private isLinked = false;

  /** All charts of this app, each after those it depends on. */
  public get charts(): Chart[] {
    return sortCharts(this, this.isLinked);
  }

  /**
   * Writes the manifests to the output directory.
   *
   * @throws if a validation has something to say, or dependencies form a cycle
   */
  public synth(): void {
    mkdirSync(this.outdir, { recursive: true });
    assertValid(this);
    const links = this.link();
    const charts = sortLinkedCharts(links);
    writeManifests({
      app: this,
      charts,
      areOrdered: links.areOrdered,
      listObjects: (chart) => sortObjects(chart, links),
      render: (chart) => renderChart(chart, links),
    });
    if (recordsConstructs(this)) {
      writeConstructMetadata(
        this.outdir,
        charts.map((chart) => sortObjects(chart, links)),
      );
    }
  }

  /**
   * The manifests of all charts as one text of YAML.
   *
   * @throws if a validation has something to say, or dependencies form a cycle
   */
  public synthYaml(): string {
    const links = this.link();
    assertValid(this);
    return formatYaml(renderCharts(this.charts, (chart) => renderChart(chart, links)));
  }

  /**
   * The manifests of one chart, as `chart.toJson()` and `Testing.synth(chart)` of cdk8s give them.
   *
   * @param chart a chart of this app
   * @throws if a validation has something to say, or dependencies form a cycle
   */
  public synthChart(chart: Chart): any[] {
    const links = this.link();
    assertValid(this);
    return [...renderChart(chart, links)];
  }

  private link(): ChartLinks {
    const links = linkCharts(this);
    this.isLinked = true;
    return links;
  }
}

/**
 * Asks every construct of an app once what is wrong with it.
 *
 * @throws with all answers, in the words of cdk8s
 */
function assertValid(app: App): void {
  const errors = app.node.findAll().flatMap(({ node }) => node.validate().map((error) => `[${node.path}] ${error}`));
  if (errors.length > 0) {
    throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

/** The manifests of a chart. A chart that renders itself in a way of its own is left to it. */
function* renderChart(chart: Chart, links: ChartLinks): Generator<any> {
  if (chart.toJson === Chart.prototype.toJson) {
    for (const object of sortObjects(chart, links)) {
      yield renderObject(object);
    }
  } else {
    yield* Object.values(chart.toJson());
  }
}

/** Whether cdk8s is to record its constructs, which it keeps in a private field. */
function recordsConstructs(app: unknown): boolean {
  return (app as { readonly recordConstructMetadata: boolean }).recordConstructMetadata;
}

/** Writes where in the tree each object was made, as cdk8s does: of objects of one name it knows the last. */
function writeConstructMetadata(outdir: string, charts: readonly (readonly ApiObject[])[]): void {
  const resources: Record<string, { path: string }> = {};
  for (const { name, node } of charts.flat()) {
    resources[name] = { path: node.path };
  }
  writeFileSync(join(outdir, 'construct-metadata.json'), JSON.stringify({ version: '1.0.0', resources }));
}
