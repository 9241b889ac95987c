import { ApiObject } from 'cdk8s';
import type { Inventory } from '../containers/inventory';
import type { PodLifecycle } from '../lifecycle/pod-lifecycle';
import { HOST_NAMESPACES, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { PodNetwork } from '../network/pod-network';
import type { PodPart } from '../pod-part';
import { ExistingPod } from '../workload/existing-pod';
import { type ImageDefaultsOptions, resolveImage } from './images';
import { validateFeature } from './kubernetes';
import { findMeshProxy, validateMesh } from './mesh';
import { listOwn, type RenderedPod } from './rendered-pod';
import { listUses } from './used-features';

const REMEDY = 'do without, or name the version that the clusters have';

type Texts = Readonly<Record<string, string>>;

/** The defaults of a pod, as far as they concern the finished pod as a whole. */
export class AppliedDefaults implements PodPart {
  public constructor(
    private readonly inventory: Inventory,
    private readonly network: PodNetwork,
    private readonly lifecycle: PodLifecycle,
  ) {}

  /** Nothing is wrong with defaults before the pod is rendered. */
  public _validate(): string[] {
    return [];
  }

  /** Writes them into the pod. What is there stays, but for the names of images and what the platform rounds. */
  public _complete(template: PodTemplate): void {
    const { images = {}, labels, annotations, platform, hostUsers } = this.inventory.defaults;
    const pod = this.toRenderedPod(template.spec);
    applyImages(pod, images);
    if (hostUsers !== undefined && pod.isWhole && !HOST_NAMESPACES.some((field) => template.spec[field] === true)) {
      template.spec.hostUsers ??= hostUsers;
    }
    addPullSecrets(template.spec, images.pullSecrets);
    addMetadata(template, 'labels', labels);
    addMetadata(template, 'annotations', { ...this.annotateForMesh(), ...annotations });
    platform?._rules?.complete(pod);
  }

  /** Reasons why the clusters, the platform or the mesh have no place for the pod. */
  public _validateRendered(spec: PodSpec): string[] {
    const { defaults } = this.inventory;
    const { _needs: needs } = this.network;
    const pod = this.toRenderedPod(spec);
    return [
      ...listUses(pod).flatMap(({ feature, phrase }) => validateFeature(defaults, feature, phrase, REMEDY)),
      ...(defaults.platform?._rules?.validate(pod) ?? []),
      ...validateMesh(defaults, pod, {
        awaited: needs.listAwaitedOutside(spec),
        lastSenders: needs.listLastSenders(spec),
      }),
    ];
  }

  private annotateForMesh(): Texts {
    const proxy = findMeshProxy(this.inventory.defaults);
    return proxy ? proxy.software.annotate(proxy.isNative, this.lifecycle._classicFlushSeconds) : {};
  }

  private toRenderedPod(spec: PodSpec): RenderedPod {
    const { inventory } = this;
    return {
      spec,
      kind: ApiObject.of(inventory.workload).kind,
      main: inventory.main.name,
      isOwn: (container) => !inventory.isExisting(container),
      isAdded: (container) => inventory.isAdded(container),
      isOwnVolume: (volume) => !inventory.isExistingVolume(volume),
      isWhole: !(inventory.workload instanceof ExistingPod),
    };
  }
}

function applyImages(pod: RenderedPod, images: ImageDefaultsOptions): void {
  for (const container of listOwn(pod)) {
    container.image = resolveImage(String(container.image), images);
  }
  for (const { name, image } of pod.spec.volumes ?? []) {
    const source = image as { reference?: string } | undefined;
    if (source?.reference && pod.isOwnVolume(name)) {
      source.reference = resolveImage(source.reference, images);
    }
  }
}

function addPullSecrets(spec: PodSpec, names: readonly string[] = []): void {
  const present = (spec.imagePullSecrets ?? []) as { readonly name?: string }[];
  const missing = names.filter((name) => present.every((secret) => secret.name !== name));
  if (missing.length > 0) {
    spec.imagePullSecrets = [...present, ...missing.map((name) => ({ name }))];
  }
}

function addMetadata(template: PodTemplate, field: 'labels' | 'annotations', texts: Texts = {}): void {
  if (Object.keys(texts).length > 0) {
    const present = template.metadata?.[field] as Texts | undefined;
    template.metadata = { ...template.metadata, [field]: { ...texts, ...present } };
  }
}
