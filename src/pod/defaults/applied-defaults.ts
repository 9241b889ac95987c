import { ApiObject } from 'cdk8s';
import type { Inventory } from '../containers/inventory';
import type { PodLifecycle } from '../lifecycle/pod-lifecycle';
import { type Container, listContainers, type PodSpec, type PodTemplate } from '../manifest/pod-template';
import type { PodNetwork } from '../network/pod-network';
import type { PodPart } from '../pod-part';
import { resolveImage } from './images';
import { NATIVE_SIDECARS, SLEEP_ACTIONS, validateFeature } from './kubernetes';
import { findMeshProxy, validateMesh } from './mesh';
import type { RenderedPod } from './rendered-pod';

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
    const { images = {}, labels, annotations, platform } = this.inventory.defaults;
    const pod = this.toRenderedPod(template.spec);
    for (const container of listContainers(template.spec)) {
      if (pod.isOwn(container.name)) {
        container.image = resolveImage(String(container.image), images);
      }
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
      ...listContainers(spec)
        .filter(({ name }) => pod.isOwn(name))
        .flatMap((container) => this.validateFeatures(container, spec)),
      ...(defaults.platform?._rules?.validate(pod) ?? []),
      ...validateMesh(defaults, pod, {
        awaited: needs.listAwaitedOutside(spec),
        lastSenders: needs.listLastSenders(spec),
      }),
    ];
  }

  private validateFeatures(container: Container, { initContainers = [] }: PodSpec): string[] {
    const isNative = container.restartPolicy === 'Always' && initContainers.includes(container);
    const hooks = Object.values(container.lifecycle ?? {}) as (Readonly<Record<string, unknown>> | undefined)[];
    const subject = `container "${container.name}"`;
    const remedy = 'do without, or name the version that the clusters have';
    const { defaults } = this.inventory;
    return [
      ...(isNative ? validateFeature(defaults, NATIVE_SIDECARS, `${subject} is a native sidecar`, remedy) : []),
      ...(hooks.some((hook) => hook?.sleep)
        ? validateFeature(defaults, SLEEP_ACTIONS, `${subject} has a hook with the action \`sleep\``, remedy)
        : []),
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
    };
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
