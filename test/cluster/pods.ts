/** The fields of a pod that the suite reads. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly creationTimestamp: string;
    readonly labels?: Record<string, string>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly terminationGracePeriodSeconds: number;
    readonly nodeName?: string;
    readonly containers: readonly PodContainer[];
    readonly initContainers?: readonly PodContainer[];
  };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly message?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

interface PodContainer {
  readonly name: string;
  readonly image: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly containerID?: string;
  readonly restartCount: number;
  readonly ready: boolean;
  readonly state: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly running?: { readonly startedAt: string };
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: {
    readonly exitCode: number;
    readonly signal?: number;
    readonly reason?: string;
    readonly startedAt?: string;
    readonly finishedAt?: string;
  };
}

/** How a pod ended: in how much time after its deletion, and each of its containers. */
export interface Ending {
  readonly pod: string;
  /** Seconds from the deletion of the pod to its end. */
  readonly seconds: number;
  readonly gracePeriod: number;
  readonly containers: Readonly<Record<string, ContainerEnding>>;
}

export interface ContainerEnding {
  readonly exitCode: number;
  readonly finishedAt: string;
  /** Whether the kubelet had to end it with SIGKILL. */
  readonly killed: boolean;
}

export function isReady(pod: Pod): boolean {
  return (pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** The states of all containers of a pod, init containers first. */
export function listStatuses(pod: Pod): readonly ContainerStatus[] {
  return [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])];
}

/** How often a container of some pods was started again, in all of them together. */
export function countRestarts(pods: readonly Pod[], container: string): number {
  const statuses = pods.flatMap(listStatuses).filter(({ name }) => name === container);
  return statuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** The pods that were there before. */
export function listKept(pods: readonly Pod[], before: readonly Pod[]): readonly Pod[] {
  const known = new Set(before.map(({ metadata }) => metadata.uid));
  return pods.filter(({ metadata }) => known.has(metadata.uid));
}

/** Why a pod is not what it should be, in a line. */
export function describePod(pod: Pod): string {
  const containers = listStatuses(pod).map(({ name, ready, restartCount, state }) => {
    const reason = state.waiting ?? state.terminated;
    return `${name} ${reason ? JSON.stringify(reason) : 'running'}${ready ? '' : ', not ready'}, ${restartCount} restarts`;
  });
  const unmet = (pod.status.conditions ?? []).filter(({ status, message }) => status === 'False' && message);
  return [pod.metadata.name, pod.status.phase, ...containers, ...unmet.map(({ message }) => message)].join('; ');
}
