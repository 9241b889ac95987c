import { readFileSync } from 'node:fs';
import { copyData } from '../private/copies';
import { createError } from '../private/errors';
import { readObjectViews } from '../rules/documents';
import { ManifestSet } from '../rules/model/manifest-set';
import { listObjectViews, type ObjectView } from '../rules/model/object-view';
import { splitDocuments } from '../rules/text/document-cutter';
import { describeObjects, findOne, selectByKind } from './look-up';
import { formatManifests } from './manifest-yaml';
import { PodHandle } from './pod-handle';
import { findMatches, type SearchResult } from './search';

/** A chart of cdk8s, whichever version made it. */
export interface ChartLike {
  toJson(): any[];
}

/** An app of cdk8s, whichever version made it. */
export interface AppLike {
  readonly charts: readonly ChartLike[];
}

/** Manifests that are applied together, to look into. All that it gives are copies. */
export class Manifests {
  /** The manifests of a chart, without the charts inside it. The app is validated as a whole, as in `Testing.synth`. */
  public static fromChart(chart: ChartLike): Manifests {
    return new Manifests(readObjects([chart.toJson()].flat()), toSourceName(chart, 'chart'));
  }

  /** The manifests of an app, of all its charts and the charts inside them. */
  public static fromApp(app: AppLike): Manifests {
    const charts = [...new Set(app.charts)];
    return new Manifests(readObjects(charts.flatMap((chart) => chart.toJson())), toSourceName(app, 'app'));
  }

  /**
   * The manifests in a text of YAML or JSON.
   *
   * @throws if a document cannot be read, or is no manifest
   */
  public static fromYaml(text: string): Manifests {
    return new Manifests(readManifestText(text), 'manifests');
  }

  /**
   * The manifests in a file of YAML or JSON.
   *
   * @throws if a document cannot be read, or is no manifest
   */
  public static fromFile(path: string): Manifests {
    return new Manifests(readManifestText(readFileSync(path, 'utf8'), path), path);
  }

  /** Manifests that are plain objects. A `List` counts as its items. */
  public static fromObjects(objects: any[]): Manifests {
    return new Manifests(readObjects(objects), 'manifests');
  }

  /** @internal */
  public readonly set: ManifestSet;

  private constructor(
    /** @internal */
    public readonly objects: readonly ObjectView[],
    private readonly where: string,
  ) {
    this.set = new ManifestSet(objects);
  }

  /** All manifests. */
  public all(): any[] {
    return copyManifests(this.objects);
  }

  /** All manifests of a kind that match a pattern; none is a good answer too. */
  public find(kind: string, partial?: any): any[] {
    return copyManifests(this.search(kind, partial).matches);
  }

  /**
   * The manifest of this kind and name; without a name, the only one of its kind. A name may leave out what cdk8s puts around it.
   *
   * @throws if there is none, or more than one
   */
  public get(kind: string, name?: string): any {
    return copyData(this.findView(kind, name).root.value);
  }

  /** The number of manifests of a kind. */
  public count(kind: string): number {
    return selectByKind(this.objects, kind, this.where).length;
  }

  /**
   * The pod of the workload of this name, of whatever kind; without a name, of the only one. A name may leave out what cdk8s puts
   * around it: `web` is also `shop-web-c8f1a2b3`, if that is the only one. `Job/web` tells it from a Deployment of the same name.
   *
   * @throws if there is none, or more than one
   */
  public pod(name?: string): PodHandle {
    const among = this.objects.filter(({ pod }) => pod !== undefined);
    const owner = findOne({ among, all: this.objects, noun: 'pod', where: this.where }, name);
    return new PodHandle(owner.pod!, this.set);
  }

  /** The pods of all workloads. */
  public pods(): PodHandle[] {
    return this.objects.flatMap(({ pod }) => (pod ? [new PodHandle(pod, this.set)] : []));
  }

  /** The manifests in one namespace, for names that are there in several. */
  public inNamespace(namespace: string): Manifests {
    const objects = this.objects.filter((object) => object.namespace === namespace);
    return new Manifests(objects, `${this.where}, namespace ${namespace}`);
  }

  /**
   * Asserts that there is a manifest of a kind that matches a pattern.
   *
   * @throws if there is none, with the one that comes nearest and the fields that are wrong
   */
  public hasResource(kind: string, partial?: any): void {
    const { problem } = this.search(kind, partial);
    if (problem !== undefined) {
      throw createError(this.where, problem);
    }
  }

  /**
   * Asserts how many manifests there are of a kind.
   *
   * @throws if there are more or fewer
   */
  public resourceCountIs(kind: string, count: number): void {
    const found = selectByKind(this.objects, kind, this.where);
    if (found.length !== count) {
      const there = describeObjects(found.length > 0 ? found : this.objects);
      throw createError(this.where, `expected ${count} of ${kind}, found ${found.length} (there: ${there})`);
    }
  }

  /** The manifests as YAML in one order of fields, as snapshots have it. */
  public toYaml(): string {
    return formatManifests(this.objects.map(({ root }) => root.value));
  }

  /** The origin of the manifests. */
  public toString(): string {
    return this.where;
  }

  /** @internal */
  public findView(kind: string, name?: string): ObjectView {
    const among = selectByKind(this.objects, kind, this.where);
    return findOne({ among, all: this.objects, noun: kind, where: this.where }, name);
  }

  /** @internal */
  public search(kind: string, partial?: any): SearchResult {
    return findMatches(selectByKind(this.objects, kind, this.where), partial, kind, this.objects);
  }
}

function copyManifests(objects: readonly ObjectView[]): any[] {
  return objects.map(({ root }) => copyData(root.value));
}

/** Reads objects as the API server gets them: without what JSON cannot say. */
function readObjects(objects: readonly unknown[]): ObjectView[] {
  return objects.flatMap((object, index) => {
    if (typeof object !== 'object' || object === null || Array.isArray(object)) {
      throw createError('manifests', `item ${index} is no manifest: ${JSON.stringify(object)}`);
    }
    return listObjectViews(JSON.parse(JSON.stringify(object)), {});
  });
}

function readManifestText(text: string, file?: string): ObjectView[] {
  const objects = splitDocuments(text, file).flatMap(readObjectViews);
  for (const { root, source } of objects) {
    if (source.error !== undefined || !root.isObject) {
      const line = source.findLine?.([]) ?? 1;
      const where = file === undefined ? `line ${line}` : `${file}:${line}`;
      throw createError(where, source.error ?? 'the document is no manifest');
    }
  }
  return objects;
}

function toSourceName(construct: object, fallback: string): string {
  return (construct as { node?: { path?: string } }).node?.path || fallback;
}
