import type { IConstruct } from 'constructs';
import { createError, throwFirst } from '../../private/errors';
import { readArgument, readProps, validateProps } from '../../private/read-props';
import { addSettings, collectSettings, findReader, readSettingsOnce } from '../../private/scoped-settings';
import type { SidecarMode } from '../lifecycle/pod-lifecycle';
import type { CompanionResources } from './companion-resources';
import { type ImageDefaultsOptions, normalizeImages, validateImages } from './images';
import { validateKubernetes } from './kubernetes';
import type { Platform } from './platform';
import type { ServiceMesh } from './service-mesh';

/** Defaults of companions. What a companion states itself wins. */
export interface CompanionDefaultsOptions {
  /**
   * CPU and memory of the companions that state none.
   *
   * @default - what each companion's own description gives
   */
  readonly resources?: CompanionResources;

  /**
   * Mode of the sidecars where neither they nor their pod state one.
   *
   * @default - `SidecarMode.NATIVE`, or `CLASSIC` where `kubernetes` names a version before 1.29
   */
  readonly sidecarMode?: SidecarMode;
}

/** Defaults of all pods below a construct. Each key counts by itself, those inside of others too. */
export interface PodDefaultsOptions {
  /**
   * The oldest Kubernetes of the clusters, such as "1.30". Sidecars are native from 1.29 on, containers wait by the action `sleep`
   * from 1.30 on and by a command before, and what this version lacks is refused.
   *
   * @default - a version that has all that is written
   */
  readonly kubernetes?: string;

  /**
   * The platform that the pods run on.
   *
   * @default Platform.plain()
   */
  readonly platform?: Platform;

  /**
   * The service mesh whose proxy is in the pods.
   *
   * @default ServiceMesh.none()
   */
  readonly mesh?: ServiceMesh;

  /**
   * Sources of images.
   *
   * @default - images are pulled from the registries that they name
   */
  readonly images?: ImageDefaultsOptions;

  /**
   * Defaults of companions.
   *
   * @default - companions have what their own descriptions give
   */
  readonly companions?: CompanionDefaultsOptions;

  /**
   * Whether the users of containers are those of the node. `false` gives each pod users of its own, where it does not share a
   * namespace of the node and is not of a manifest that exists. Kubernetes 1.33.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
   * @default - what the workload or `configure` says, which is true otherwise
   */
  readonly hostUsers?: boolean;

  /**
   * Labels of the pods, but for those that a workload gives its pods itself.
   *
   * @default - pods have the labels of their workloads
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the pods, but for those that a workload gives its pods itself.
   *
   * @default - pods have the annotations of their workloads
   */
  readonly annotations?: { readonly [name: string]: string };
}

/**
 * The words of an organisation on all pods below a construct: an app, a chart, a workload. Key by key the nearest construct wins.
 *
 * A pod reads its defaults when it is made, so they come first.
 */
export class PodDefaults {
  /**
   * The defaults of all pods below a construct.
   *
   * @param scope an app, a chart, or any construct
   */
  public static of(scope: IConstruct): PodDefaults {
    return new PodDefaults(readArgument('IConstruct', scope, 'PodDefaults.of', 'scope'));
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Adds defaults.
   *
   * @throws where one of them has another value here already, or a pod below was made before
   */
  public add(options: PodDefaultsOptions): void {
    const { scope } = this;
    const own = readProps('PodDefaultsOptions', options, scope, ' of `PodDefaults`');
    throwFirst(scope, validateDefaults(own));
    const reader = findReader(scope);
    if (reader !== undefined) {
      throw createError(
        scope,
        `the pod of "${reader}" was made before these \`PodDefaults\`, which it would not have; add them first`,
      );
    }
    const images = own.images && normalizeImages(own.images);
    const [key] = addSettings(scope, images ? { ...own, images } : { ...own });
    if (key !== undefined) {
      throw createError(
        scope,
        `\`${key}\` of \`PodDefaults\` has another value here already; say it once, or for a construct below`,
      );
    }
  }
}

/** The defaults that hold for a construct. */
export function resolveDefaults(construct: IConstruct): PodDefaultsOptions {
  return collectSettings(construct);
}

/** The same for a pod, which keeps them. */
export function readDefaults(workload: IConstruct): PodDefaultsOptions {
  return readSettingsOnce(workload);
}

function validateDefaults({ kubernetes, images = {}, labels, annotations }: PodDefaultsOptions): string[] {
  return [
    ...(kubernetes === undefined ? [] : validateKubernetes(kubernetes)),
    ...validateImages(images),
    ...validateProps('ApiObjectMetadata', { labels, annotations }, ' of `PodDefaults`'),
  ];
}
