import { throwFirst } from '../../private/errors';
import { tryFindOwn } from '../../private/own';
import type { Inventory } from '../containers/inventory';
import type { PodPart } from '../pod-part';
import type { Container, PodSpec, PodTemplate } from './pod-template';
import {
  applyPatch,
  CONTAINERS,
  describeMissing,
  type Fields,
  isSameItem,
  mergePatches,
  toItemPath,
  validatePatch,
} from './strategic-merge';

/** Fields of the finished pod, as they stand in a manifest. */
export interface PodPatch {
  /**
   * Labels of the pods.
   *
   * @default - the labels stay as they are
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - the annotations stay as they are
   */
  readonly annotations?: { readonly [name: string]: string };

  /**
   * Fields of the pod's `spec`, in the words of Kubernetes, of whatever version.
   *
   * Objects are merged field by field, and null removes a field. Lists that Kubernetes merges by a key are merged by it:
   * `containers`, `volumes`, `env`, `imagePullSecrets` and others by `name`, `volumeMounts` by `mountPath`, `hostAliases` by `ip`,
   * `topologySpreadConstraints` by `topologyKey`. Ports go by `name`, or by `containerPort` where they have none. All other lists,
   * such as `tolerations` and `command`, are replaced as a whole. A container is found by its name wherever it is: native sidecars
   * and init containers stand in `containers` or `initContainers`, as one likes.
   *
   * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
   * @default - the fields stay as they are
   */
  readonly spec?: { readonly [field: string]: any };
}

/** Patches of one pod, which agree. */
export class Patches implements PodPart {
  private labels: Fields = {};
  private annotations: Fields = {};
  private spec: Fields = {};
  private problems: readonly string[] = [];
  private isEmpty = true;

  public constructor(private readonly inventory: Inventory) {}

  /** Adds a patch; the same value twice is one. */
  public add({ labels = {}, annotations = {}, spec = {} }: PodPatch): void {
    const { workload } = this.inventory;
    throwFirst(workload, validatePatch(spec));
    const conflicts: string[] = [];
    const metadata = { labels: this.labels, annotations: this.annotations };
    const patched = mergePatches(metadata, { labels, annotations }, conflicts, {
      ...{ path: 'metadata', field: 'metadata', lists: {} },
    }) as typeof metadata;
    const combined = mergePatches(this.spec, joinContainers(spec), conflicts);
    throwFirst(
      workload,
      conflicts.map((conflict) => `${conflict}; say it once`),
    );
    this.isEmpty = false;
    this.labels = patched.labels;
    this.annotations = patched.annotations;
    this.spec = combined;
  }

  public _validate(): string[] {
    return [];
  }

  /** Writes the patches into the pod template. */
  public _complete(template: PodTemplate): void {
    if (this.isEmpty) {
      return;
    }
    const { containers = [], ...fields } = this.spec as { containers?: Fields[] };
    const problems = [...this.validateLabels()];
    template.spec = applyToContainers(applyPatch(template.spec, fields, problems) as PodSpec, containers, problems);
    for (const [field, entries] of Object.entries({ labels: this.labels, annotations: this.annotations })) {
      if (Object.keys(entries).length > 0) {
        template.metadata = {
          ...template.metadata,
          [field]: { ...(template.metadata?.[field] as object), ...entries },
        };
      }
    }
    this.problems = problems;
  }

  /** Names in patches that the finished pod does not have. */
  public _validateRendered(): string[] {
    return [...this.problems];
  }

  /** Labels by which the workload would not find its pods. */
  private validateLabels(): string[] {
    const { matchLabels = {} } = this.inventory.workload as { readonly matchLabels?: Record<string, string> };
    return Object.entries(this.labels)
      .filter(([name, value]) => (tryFindOwn(matchLabels, name) ?? value) !== value)
      .map(
        ([name, value]) =>
          `label "${name}" is patched to "${value}", and the workload finds its pods by "${matchLabels[name]}"; leave it as it is`,
      );
  }
}

/** The fields of a spec with all containers in one list: a name tells them apart. */
function joinContainers({ initContainers = [], ...spec }: Fields): Fields {
  const inits = initContainers as Fields[];
  return inits.length === 0 ? spec : { ...spec, containers: [...((spec.containers as Fields[]) ?? []), ...inits] };
}

/** Applies patches of containers wherever in the pod they are. */
function applyToContainers(spec: PodSpec, patches: readonly Fields[], problems: string[]): PodSpec {
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  for (const patch of patches) {
    const path = toItemPath('spec.containers', patch, CONTAINERS);
    const isMeant = (container: Container) => isSameItem(container, patch, CONTAINERS);
    if (!all.some(isMeant)) {
      problems.push(describeMissing(all as unknown as Fields[], CONTAINERS, path));
    }
    for (const containers of [spec.initContainers ?? [], spec.containers]) {
      containers.forEach((container, index) => {
        if (isMeant(container)) {
          const place = { path, field: 'containers', lists: CONTAINERS.lists! };
          containers[index] = applyPatch(container, patch, problems, place) as Container & Fields;
        }
      });
    }
  }
  return spec;
}
