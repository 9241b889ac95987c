import { Construct, type IConstruct } from 'constructs';
import { createError } from '../../private/errors';
import { readArgument, readProps } from '../../private/read-props';
import { describeValue } from '../../private/values';
import { type ApiObject, listApiObjects } from '../../rules/api-objects';
import { readApiObject } from '../../rules/app-objects';
import { listObjectViews, type ObjectView } from '../../rules/model/object-view';
import { resolveUnfinished } from '../../rules/unfinished';
import { renderMermaid } from '../render-mermaid';
import type { PodScene } from '../scene/pod-scene';
import { renderSvg } from '../svg/render-svg';
import { renderText } from '../text/render-text';
import type { PodPictureOptions, WritePicturesOptions } from './picture-options';
import { readScenes } from './read-scenes';
import { addPictures } from './write-pictures';

/**
 * The picture of a pod: the order in which its containers start and the gates between them, its network with who listens where and
 * who calls whom, its volumes with who writes and reads them, the time from deletion to SIGKILL, and what the rules have
 * against it at the place that it is about.
 */
export class PodPicture {
  /**
   * The picture of the pod of a workload, as the app will write it. Services, ConfigMaps and the like are looked up in the whole
   * app; what is added later is not in the picture.
   *
   * @param scope a workload, a pattern, a `MultiContainerPod`, or any construct with one pod in it
   * @throws where there is no pod in it, or more than one, or it lacks something that cdk8s needs to write it
   */
  public static of(scope: IConstruct, options: PodPictureOptions = {}): PodPicture {
    const { findings } = readProps('PodPictureOptions', options, 'PodPicture.of');
    if (!Construct.isConstruct(scope)) {
      throw createError('PodPicture.of', `${describeValue(scope)} is no construct; pass a workload or what holds one`);
    }
    const { all, own } = readObjects(findHolder(scope));
    const withPod = own.filter(({ pod }) => pod !== undefined);
    if (withPod.length !== 1) {
      const titles = withPod.map(({ title }) => title).join(', ');
      const fault =
        withPod.length === 0
          ? 'there is no pod in it; pass a workload'
          : `${withPod.length} pods are in it (${titles}); pass one of them`;
      throw createError(scope, fault);
    }
    const scenes = readScenes(all, findings);
    const [{ title, source, namespace }] = withPod as [(typeof withPod)[number]];
    const scene = scenes.find(
      (each) => each.object === title && each.namespace === namespace && each.construct === source.construct,
    );
    if (!scene) {
      throw createError(scope, `${title} has no containers; add one first`);
    }
    return new PodPicture(scene);
  }

  /**
   * The pictures of all pods in manifests that are applied together, such as those that `Testing.synth()` gives.
   *
   * @param manifests plain objects; a `List` counts as its items, and objects without a pod are passed over
   */
  public static fromManifests(manifests: any[], options: PodPictureOptions = {}): PodPicture[] {
    const { findings } = readProps('PodPictureOptions', options, 'PodPicture.fromManifests');
    const given = readArgument<any[]>('any[]', manifests, 'PodPicture.fromManifests', 'manifests');
    const objects = given
      .flatMap((manifest) => listObjectViews(manifest, {}))
      .map((object) => resolveUnfinished(object));
    return readScenes(objects, findings).map((scene) => new PodPicture(scene));
  }

  /**
   * Lets each synth of an app write a picture of every pod beside its manifest: `Deployment.web.svg`. Call this once, before
   * `app.synth()`.
   *
   * @param app the root of the tree
   * @throws where it is no app
   */
  public static writeBesideYaml(app: IConstruct, options: WritePicturesOptions = {}): void {
    addPictures(app, readProps('WritePicturesOptions', options, 'PodPicture.writeBesideYaml'));
  }

  private constructor(private readonly scene: PodScene) {}

  /** Kind and name of the object that has the pod: `Deployment/web`. */
  public get title(): string {
    return this.scene.object;
  }

  /** The picture as SVG: without scripts or anything from elsewhere, light or dark as the reader prefers. */
  public toSvg(): string {
    return renderSvg(this.scene);
  }

  /** The picture as a flowchart of Mermaid. */
  public toMermaid(): string {
    return renderMermaid(this.scene);
  }

  /** The picture as text, 80 columns wide. */
  public toText(): string {
    return renderText(this.scene);
  }
}

/** The objects of the app around a construct, and those of them that are under it. */
function readObjects(holder: IConstruct) {
  const under = new Set(listApiObjects(holder));
  const all: ObjectView[] = [];
  const own: ObjectView[] = [];
  for (const construct of listApiObjects(holder.node.root)) {
    const isOwn = under.has(construct);
    const objects = isOwn ? readOwnObject(construct, holder) : readOtherObject(construct);
    all.push(...objects);
    own.push(...(isOwn ? objects : []));
  }
  return { all, own };
}

function readOwnObject(construct: ApiObject, holder: IConstruct): ObjectView[] {
  try {
    return readApiObject(construct);
  } catch (error) {
    // cdk8s says first which construct it is.
    const reason = (error as Error).message.replace(/^Failed serializing construct at path .*?: (?:Error: )?/s, '');
    throw createError(holder, `the pod cannot be written yet: ${reason}; complete it first`);
  }
}

/** The objects of another construct: one that is not complete yet is left out. */
function readOtherObject(construct: ApiObject): ObjectView[] {
  try {
    return readApiObject(construct);
  } catch {
    return [];
  }
}

/** The construct that holds the manifest: what the kernel adds to a workload stands below it. */
function findHolder(scope: IConstruct): IConstruct {
  const { workload } = scope as { readonly workload?: unknown };
  return Construct.isConstruct(workload) ? workload : scope;
}
