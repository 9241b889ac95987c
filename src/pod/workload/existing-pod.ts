import { type ApiObject, ApiObjectMetadataDefinition, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { findAtPath } from '../../private/pod-places';
import {
  type Container,
  DEFAULT_CONTAINER,
  listContainers,
  type PodSpec,
  type PodTemplate,
} from '../manifest/pod-template';
import { toExistingContainer } from './existing-containers';

/** The id of the pod below its object, with which errors name the object. */
const ID = 'Resource';

/**
 * The pod of a manifest that is there, whatever made it: what its containers declare, as cdk8s-plus would have it. It is not
 * rendered: the manifest stays, and what was added here is put into it.
 */
export class ExistingPod extends kplus.AbstractPod {
  /** The pod of an object, which is one however often it is asked for. */
  public static ensure(apiObject: ApiObject, path: string, main?: string): ExistingPod {
    const known = apiObject.node.tryFindChild(ID);
    return known instanceof ExistingPod ? known : new ExistingPod(apiObject, path, main);
  }

  public readonly resourceType = 'pods';
  public readonly podMetadata: ApiObjectMetadataDefinition;
  protected readonly apiObject: ApiObject;

  /** The containers that are in the manifest. */
  private readonly existing: ReadonlySet<string>;
  private readonly stated: { readonly labels?: Record<string, string>; readonly replicas?: number };
  private readonly mainName?: string;
  private isAutoscaled = false;

  private constructor(
    apiObject: ApiObject,
    /** Place of the pod template in the manifest. */
    public readonly path: string,
    main?: string,
  ) {
    const manifest = apiObject.toJson();
    const { spec, metadata } = findAtPath(manifest, path) as PodTemplate;
    super(apiObject, ID, toPodProps(spec));
    this.apiObject = apiObject;
    this.node.defaultChild = apiObject;
    this.podMetadata = new ApiObjectMetadataDefinition({ ...(metadata as object), apiObject });
    this.stated = { labels: listLabels(manifest, metadata), replicas: manifest.spec?.replicas };
    this.existing = new Set(this.takeIn(spec).map(toName));
    this.mainName = main ?? (metadata?.annotations?.[DEFAULT_CONTAINER] as string | undefined);
  }

  /** The container that the pod exists for. */
  public get main(): kplus.Container | undefined {
    return this.containers.find(({ name }) => name === this.mainName) ?? this.containers[0];
  }

  /** Whether a container is in the manifest, and so not ours to change. */
  public has(container: string): boolean {
    return this.existing.has(container);
  }

  /** Whether a volume is in the manifest. */
  public hasVolume(volume: string): boolean {
    return this.node.tryFindChild(`existing-${volume}`) !== undefined;
  }

  public get hasAutoscaler(): boolean {
    return this.isAutoscaled;
  }

  public markHasAutoscaler(): void {
    this.isAutoscaled = true;
  }

  public get replicas(): number | undefined {
    return this.stated.replicas;
  }

  public get matchLabels(): { [name: string]: string } {
    return { ...this.stated.labels };
  }

  public get matchExpressions(): kplus.LabelExpression[] {
    return [];
  }

  public toScalingTarget(): kplus.ScalingTarget {
    const { kind, apiVersion, name, containers, replicas } = this;
    return { kind, apiVersion, name, containers, replicas };
  }

  /** The labels by which a Service finds the pods. */
  public override toPodSelectorConfig(): kplus.PodSelectorConfig {
    return { labelSelector: kplus.LabelSelector.of({ labels: this.matchLabels }) };
  }

  /** Puts what was added into the rendered manifest, and leaves everything else in it as it is. */
  public complete(manifest: any): void {
    const { spec } = findAtPath(manifest, this.path) as PodTemplate;
    const added = kplus.k8s.KubePod.manifest({ spec: this._toPodSpec() }).spec as PodSpec;
    for (const container of listContainers(spec)) {
      const grown = listContainers(added).find(({ name }) => name === container.name);
      if (grown) {
        addParts(container, grown);
      }
    }
    spec.initContainers = addMissing(spec.initContainers, added.initContainers, toName);
    spec.containers = addMissing(spec.containers, added.containers, toName)!;
    spec.volumes = addMissing(spec.volumes, added.volumes, toName);
    if (this.isAutoscaled) {
      delete manifest.spec.replicas;
    }
  }

  /** Takes in the volumes and containers of the manifest. */
  private takeIn({ volumes = [], initContainers = [], containers, securityContext }: PodSpec): kplus.Container[] {
    const known = new Map(volumes.map(({ name }) => [name, this.standFor(name)]));
    for (const volume of known.values()) {
      this.addVolume(volume);
    }
    const toProps = (container: Container) => toExistingContainer(container, known, securityContext);
    return [
      ...initContainers.map((container) => this.addInitContainer(toProps(container))),
      ...containers.map((container) => this.addContainer(toProps(container))),
    ];
  }

  /** A volume of the manifest, of which only the name counts. */
  private standFor(name: string): kplus.Volume {
    return kplus.Volume.fromEmptyDir(this, `existing-${name}`, name);
  }
}

function toPodProps({ restartPolicy, terminationGracePeriodSeconds: grace }: PodSpec): kplus.AbstractPodProps {
  return {
    restartPolicy: restartPolicy as kplus.RestartPolicy | undefined,
    terminationGracePeriod: typeof grace === 'number' ? Duration.seconds(grace) : undefined,
  };
}

/** The labels that the object selects its pods by, or those of the pods where it names none. */
function listLabels({ kind, spec }: any, metadata: PodTemplate['metadata']): Record<string, string> | undefined {
  const selector = kind === 'ReplicationController' ? spec.selector : spec?.selector?.matchLabels;
  return selector ?? (metadata?.labels as Record<string, string> | undefined);
}

/** Adds to a container of the manifest what cdk8s-plus was told of it since. */
function addParts(container: Container, { env, envFrom, ports, volumeMounts }: Container): void {
  const parts = {
    env: addMissing(container.env, env, toName),
    envFrom: addMissing(container.envFrom as object[] | undefined, envFrom as object[] | undefined, JSON.stringify),
    ports: addMissing(container.ports, ports, ({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`),
    volumeMounts: addMissing(container.volumeMounts, volumeMounts, ({ mountPath }) => mountPath),
  };
  for (const [field, items] of Object.entries(parts)) {
    if (items !== undefined) {
      container[field] = items;
    }
  }
}

/** A list with those of other items whose key none of its own has. */
function addMissing<T>(
  present: readonly T[] | undefined,
  others: readonly T[] | undefined = [],
  toKey: (item: T) => string,
): T[] | undefined {
  const known = new Set((present ?? []).map(toKey));
  const missing = others.filter((item) => !known.has(toKey(item)));
  return missing.length > 0 ? [...(present ?? []), ...missing] : (present as T[] | undefined);
}

function toName({ name }: { readonly name: string }): string {
  return name;
}
