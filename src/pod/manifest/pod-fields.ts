import type { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { toExactKibibytes } from '../../private/sizes';
import type { Inventory } from '../containers/inventory';
import { type ResizePolicy, ResizeRestart, type RestartPolicyRule, toResizePolicy } from '../containers/restart-rules';
import type { PodPart } from '../pod-part';
import { Patches } from './pod-patch';
import { validatePodResources } from './pod-resources';
import { HOST_NAMESPACES, listContainers, type PodSpec, type PodTemplate } from './pod-template';
import type { Fields } from './strategic-merge';

/** The groups that the processes of a pod have beside their own. */
export enum SupplementalGroupsPolicy {
  /** Those that the pod states, and those that the image gives the user in `/etc/group`. */
  MERGE = 'Merge',

  /** Those that the pod states alone. */
  STRICT = 'Strict',
}

/** CPU and memory of a pod as a whole. */
export interface PodResources {
  /**
   * CPU of all containers together.
   *
   * @default - the sum of what the containers request
   */
  readonly cpu?: kplus.CpuResources;

  /**
   * Memory of all containers together.
   *
   * @default - the sum of what the containers request
   */
  readonly memory?: kplus.MemoryResources;
}

/** Fields that hold for a pod as a whole. */
export interface ConfigureOptions {
  /**
   * Whether the UIDs in the pod are those of the node. False gives the pod UIDs of its own, so that root in a container is nobody on
   * the node, and so that the node's limits by user, such as those of inotify, count for each pod. Kubernetes 1.33 or later, with a
   * runtime and file systems that can map users.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
   * @default - they are those of the node
   */
  readonly hostUsers?: boolean;

  /**
   * One budget for all containers: what one does not use, the others may. The containers' own requests fit into it together, and
   * the limit of each. Kubernetes 1.34 or later.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
   * @default - each container has its own resources alone
   */
  readonly resources?: PodResources;

  /**
   * The groups of the processes. Kubernetes 1.33 or later.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#supplementalgroupspolicy
   * @default SupplementalGroupsPolicy.MERGE
   */
  readonly supplementalGroupsPolicy?: SupplementalGroupsPolicy;
}

/** Fields of a container that cdk8s-plus-28 does not know. */
export interface LaterFields {
  readonly resizePolicy?: ResizePolicy;
  readonly restartPolicy?: string;
  readonly restartPolicyRules?: readonly RestartPolicyRule[];
}

/** The declared fields of a pod and its containers that the Kubernetes of cdk8s-plus-28 does not know. */
export class PodFields implements PodPart {
  private readonly declared: Patches;
  private readonly options: { hostUsers?: boolean; resources?: PodResources } = {};
  /** The containers that restart for a change of their resources. */
  private readonly resized: string[] = [];

  public constructor(inventory: Inventory) {
    this.declared = new Patches(inventory);
  }

  /** States fields of the pod; the same value twice is one. */
  public configure({ hostUsers, resources, supplementalGroupsPolicy }: ConfigureOptions): void {
    this.declared.add({
      spec: {
        ...(hostUsers === undefined ? {} : { hostUsers }),
        ...(resources === undefined ? {} : { resources: toResourceFields(resources) }),
        ...(supplementalGroupsPolicy === undefined ? {} : { securityContext: { supplementalGroupsPolicy } }),
      },
    });
    Object.assign(this.options, { ...(hostUsers === undefined ? {} : { hostUsers }), ...(resources && { resources }) });
  }

  /** Takes in the fields of a new container. */
  public declare(name: string, { resizePolicy = {}, restartPolicy, restartPolicyRules = [] }: LaterFields): void {
    const resizing = toResizePolicy(resizePolicy);
    const fields = {
      ...(resizing.length > 0 ? { resizePolicy: resizing } : {}),
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
      ...(restartPolicyRules.length > 0 ? { restartPolicyRules: restartPolicyRules.map(({ _rule }) => _rule) } : {}),
    };
    if (Object.values(resizePolicy).includes(ResizeRestart.RESTART_CONTAINER)) {
      this.resized.push(name);
    }
    if (Object.keys(fields).length > 0) {
      this.declared.add({ spec: { containers: [{ name, ...fields }] } });
    }
  }

  public _validate(): string[] {
    return [];
  }

  public _complete(template: PodTemplate): void {
    this.declared._complete(template);
  }

  /** Fields that Kubernetes would not take beside others of the finished pod. */
  public _validateRendered(spec: PodSpec): string[] {
    const { hostUsers, resources } = this.options;
    return [
      ...(hostUsers === false ? validateHostUsers(spec) : []),
      ...(resources ? validatePodResources(spec) : []),
      ...(spec.restartPolicy === 'Never' ? this.resized.map(describeNeverRestarted) : []),
    ];
  }
}

/** Resources as Kubernetes takes them. */
function toResourceFields({ cpu, memory }: PodResources): Fields {
  const toAmounts = (end: 'request' | 'limit') => {
    const [cores, size] = [cpu?.[end], memory?.[end]];
    const amounts = { ...(cores && { cpu: cores.amount }), ...(size && { memory: toQuantity(size) }) };
    return Object.keys(amounts).length > 0 ? amounts : undefined;
  };
  const [requests, limits] = [toAmounts('request'), toAmounts('limit')];
  return { ...(requests && { requests }), ...(limits && { limits }) };
}

function toQuantity(size: Size): string {
  const kibibytes = toExactKibibytes(size);
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}Mi` : `${Math.ceil(kibibytes)}Ki`;
}

/** Fields that the API server does not take beside users of its own. */
function validateHostUsers(spec: PodSpec): string[] {
  const shared = HOST_NAMESPACES.filter((field) => spec[field] === true);
  const devices = listContainers(spec).filter(({ volumeDevices }) => ((volumeDevices as unknown[]) ?? []).length > 0);
  return [
    ...shared.map(
      (field) =>
        `\`hostUsers\` is false and \`${field}\` true, which Kubernetes takes not together; leave one of them out`,
    ),
    ...devices.map(
      ({ name }) =>
        `\`hostUsers\` is false and container "${name}" has \`volumeDevices\`, which Kubernetes takes not together; leave one of them out`,
    ),
  ];
}

function describeNeverRestarted(name: string): string {
  return `container "${name}" has a \`resizePolicy\` that restarts it, in a pod that is never restarted; pass NOT_REQUIRED, or another \`restartPolicy\` of the pod`;
}
