/** A part of a picture that a field of a manifest is behind. */
export interface SceneElement {
  /** The field, as findings spell it: `spec.template.spec.containers[0]`; empty for the object as a whole. */
  readonly path: string;
  /** Kind and name of the object that has the field: `Deployment/web`. */
  readonly object: string;
}

/** One pod as pictures show it: plain data, which JSON can hold. */
export interface PodScene extends SceneElement {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The file that the object came from. */
  readonly file?: string;
  /** Path of the construct that made the object. */
  readonly construct?: string;
  /** The facts about the pod as a whole, such as `3 replicas`. */
  readonly facts: readonly FactScene[];
  /** All containers, in the order in which they start. */
  readonly containers: readonly ContainerScene[];
  /** The Services that select the pod. */
  readonly services: readonly ServiceScene[];
  readonly volumes: readonly VolumeScene[];
  readonly stop: StopScene;
  /** The findings about what the picture shows, the worst first. */
  readonly findings: readonly FindingScene[];
}

/** A fact in a few words. */
export interface FactScene extends SceneElement {
  readonly text: string;
}

/** The part of a container in the life of its pod. */
export type SceneRole = 'main' | 'native sidecar' | 'sidecar' | 'init';

/** One container. */
export interface ContainerScene extends SceneElement {
  /** Names it within the scene, whatever it is called: `container-0`. */
  readonly id: string;
  readonly name: string;
  readonly role: SceneRole;
  /** The image; empty where none is named. */
  readonly image: string;
  readonly gate: GateScene;
  readonly listeners: readonly ListenerScene[];
  readonly calls: readonly CallScene[];
  readonly probes: readonly HandlerScene[];
  readonly resources: readonly ResourceScene[];
}

/** The condition on which the container after this one starts. */
export interface GateScene extends SceneElement {
  /** It has run to its end, counts as started, its `postStart` hook has ended, or it was merely begun. */
  readonly type: 'ended' | 'started' | 'hook' | 'begun';
  /** The condition in words. */
  readonly text: string;
}

/** A probe or hook in words. */
export interface HandlerScene extends SceneElement {
  readonly type: 'startup' | 'readiness' | 'liveness' | 'postStart' | 'preStop';
  /** The deed, as in `GET :8080/healthz`. */
  readonly text: string;
}

/** A port that a container opens. */
export interface ListenerScene extends SceneElement {
  readonly number: number;
  readonly protocol: string;
  readonly name?: string;
  /** Every interface of the pod, one address of it, or the loopback that the containers of the pod share. */
  readonly reach: 'all' | 'address' | 'localhost';
  /** Whether the container lists it; otherwise its configuration, its command line or its image says so. */
  readonly isListed: boolean;
  /** The port of the node that leads to it. */
  readonly hostPort?: number;
}

/** A port of the pod that a container calls on localhost. */
export interface CallScene extends SceneElement {
  readonly port: number;
  /** The container that is called; nothing where none is known to listen. */
  readonly container?: string;
}

/** An amount of a resource. */
export interface ResourceScene extends SceneElement {
  /** `CPU`, `memory`, or the name that Kubernetes has for it. */
  readonly name: string;
  readonly request?: string;
  readonly limit?: string;
}

/** A Service that selects the pod. */
export interface ServiceScene extends SceneElement {
  readonly name: string;
  /** `ClusterIP`, `NodePort`, `LoadBalancer` or `headless`. */
  readonly type: string;
  readonly ports: readonly ServicePortScene[];
}

/** A port of a Service. */
export interface ServicePortScene extends SceneElement {
  readonly port: number;
  readonly name?: string;
  readonly protocol: string;
  readonly nodePort?: number;
  /** The `targetPort` as it is written, or the port that stands for it. */
  readonly target: string;
  /** The container and its port that are reached; nothing where no container is known to serve it. */
  readonly leads?: { readonly container: string; readonly number: number };
}

/** A volume. */
export interface VolumeScene extends SceneElement {
  readonly name: string;
  /** Its source in words: `emptyDir`, `ConfigMap site`. */
  readonly source: string;
  /** Its size or limit, where it has one. */
  readonly limit?: string;
  readonly uses: readonly VolumeUseScene[];
}

/** A volume as one container has it. */
export interface VolumeUseScene extends SceneElement {
  readonly container: string;
  readonly mountPath: string;
  readonly access: 'writes' | 'reads';
  /** The part of the volume, where it is not the whole. */
  readonly subPath?: string;
}

/** The time from the deletion of the pod to SIGKILL. */
export interface StopScene extends SceneElement {
  readonly graceSeconds: number;
  readonly steps: readonly StopStepScene[];
}

/** One moment of the end of a pod. */
export interface StopStepScene extends SceneElement {
  readonly type: 'deleted' | 'signal' | 'killed';
  /** The earliest second; nothing where it comes when the ones before have ended. */
  readonly second?: number;
  /** The containers that it is about. */
  readonly containers: readonly string[];
  readonly signal?: string;
  /** The `preStop` hook that comes before. */
  readonly hook?: string;
  /** Seconds that the container then takes to end at most, as far as is known. */
  readonly takesSeconds?: number;
}

/** A finding of the rules, and the places that it marks. */
export interface FindingScene {
  /** Counts from 1, the worst first. */
  readonly number: number;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly fix: string;
  /** The field, and the object that has it. */
  readonly object: string;
  readonly path: string;
  /** The fields of its parts, or its own field. */
  readonly places: readonly string[];
}
