import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { PreStopSleep, SidecarMode } from '../lifecycle/pod-lifecycle';
import type { InitRestartPolicy, ResizePolicy, RestartPolicyRule } from './restart-rules';

/** Options that all containers have in common, whatever their part in the pod. */
export interface PodContainerOptions {
  /** The image, with a tag or digest: `acme/shop:1.4.2`. */
  readonly image: string;

  /**
   * Numeric UID of the container's processes. The kubelet starts no image whose user is root or only a name, because the
   * pod runs as non-root.
   */
  readonly user: number;

  /**
   * Numeric GID of the container's processes.
   *
   * @default - the primary group of the user in the image
   */
  readonly group?: number;

  /**
   * Entrypoint.
   *
   * @default - the entrypoint of the image
   */
  readonly command?: string[];

  /**
   * Arguments of the entrypoint.
   *
   * @default - the command of the image
   */
  readonly args?: string[];

  /**
   * Working directory.
   *
   * @default - the one of the image
   */
  readonly workingDir?: string;

  /**
   * Environment variables by name.
   *
   * @default - only those of the image are set
   */
  readonly envVariables?: { [name: string]: kplus.EnvValue };

  /**
   * ConfigMaps and Secrets whose keys become environment variables.
   *
   * @default - only `envVariables` are set
   */
  readonly envFrom?: kplus.EnvFrom[];

  /**
   * Volumes that only this container mounts. What containers share is `pod.storage`'s.
   *
   * @default - the container mounts only what `pod.storage` gives it
   */
  readonly volumeMounts?: kplus.VolumeMount[];

  /**
   * Directories that the container writes to. Each becomes an `emptyDir`, because the root file system is read-only.
   *
   * @default - the container writes only to the volumes it mounts
   */
  readonly writableDirectories?: string[];

  /**
   * Policy by which the node pulls the image.
   *
   * @default - `IF_NOT_PRESENT` for an image with a tag or digest, `ALWAYS` for none and for `latest`
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;

  /**
   * CPU and memory of the container.
   *
   * @default - what `PodDefaults` say; otherwise a main container requests 250m CPU and 512Mi memory, others 50m and 64Mi; the memory limit equals the
   * request and there is no CPU limit, which would only slow the container down while the node has CPU to spare
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Security settings that differ from Pod Security "restricted". What is not given stays restricted.
   *
   * @default - non-root, read-only root file system, no privilege escalation, all capabilities dropped, seccomp profile
   * of the runtime
   */
  readonly securityContext?: kplus.ContainerSecurityContextProps;
}

/** A container that keeps running while the pod lives. */
export interface RunningContainerOptions extends PodContainerOptions {
  /**
   * Ports the container listens on. Each is a claim: no other container of the pod can have it.
   *
   * @default - the container listens on no port
   */
  readonly ports?: kplus.ContainerPort[];

  /**
   * Restarts the container when it fails.
   *
   * @default - the container is restarted only when it exits
   */
  readonly liveness?: kplus.Probe;

  /**
   * Keeps the whole pod out of its Services while it fails. Leave it out on a companion that only observes.
   *
   * @default - the container counts as ready once it has started
   */
  readonly readiness?: kplus.Probe;

  /**
   * Holds back the other probes, and for a native sidecar all containers after it, until it succeeds.
   *
   * @default - the container counts as started at once; cdk8s-plus's implicit TCP probe is not added
   */
  readonly startup?: kplus.Probe;

  /**
   * Hooks of the container. A native sidecar has no `preStop`.
   *
   * @default - the container starts and stops without hooks
   */
  readonly lifecycle?: kplus.ContainerLifecycle;

  /**
   * Whether the container runs on where its CPU or memory is changed in the running pod. Kubernetes 1.33 or later.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/#container-resize-policies
   * @default - it runs on, where the runtime can do it
   */
  readonly resizePolicy?: ResizePolicy;
}

/** Values of a container that nobody has asked for by name, so that `PodDefaults` may say others. For those who make companions. */
export interface ContainerFallbacks {
  /**
   * CPU and memory where neither `resources` nor `PodDefaults` say any.
   *
   * @default - a main container requests 250m CPU and 512Mi memory, others 50m and 64Mi
   */
  readonly defaultResources?: kplus.ContainerResources;

  /**
   * Whether `image` is one that the companion chose, so that `PodDefaults` may pin another version of it.
   *
   * @default false
   */
  readonly imageIsDefault?: boolean;
}

/** The container that the pod exists for. */
export interface MainContainerProps extends RunningContainerOptions, ContainerFallbacks {
  /** Name of the container: a DNS label, unique in the pod. */
  readonly name: string;
}

/** A container that lives beside the main one. */
export interface SidecarProps extends RunningContainerOptions, ContainerFallbacks {
  /** Name of the container: a DNS label, unique in the pod. */
  readonly name: string;

  /**
   * Mode in which Kubernetes runs it.
   *
   * @default - the mode of the pod
   */
  readonly mode?: SidecarMode;

  /**
   * Whether the main container needs this one to be up before it starts. Takes a `startup` probe, which says what "up"
   * means, and a native sidecar: Kubernetes starts ordinary containers without waiting for each other.
   *
   * @default false
   */
  readonly readyBeforeMain?: boolean;

  /**
   * Time that the container needs after its stop signal to finish what it holds. It then outlives the main container: a
   * native sidecar does so anyway, a classic one waits first, which takes `preStopSleep`. Counts into the pod's
   * termination grace period.
   *
   * @default - it has nothing to finish and stops at any time
   */
  readonly flush?: Duration;

  /**
   * Means by which the container waits as a classic sidecar.
   *
   * @default - nothing; a classic sidecar with `flush` is then refused
   */
  readonly preStopSleep?: PreStopSleep;
}

/** A container that runs to its end before the main one starts. It may run again, so it must be idempotent. */
export interface InitContainerProps extends PodContainerOptions, ContainerFallbacks {
  /** Name of the container: a DNS label, unique in the pod. */
  readonly name: string;

  /**
   * Whether the container runs again where it fails, whatever the pod's own policy is. Kubernetes 1.35 or later.
   *
   * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restart-rules
   * @default - the policy of the pod holds
   */
  readonly restartPolicy?: InitRestartPolicy;

  /**
   * Rules by which an exit code has the container run again, before `restartPolicy` is asked, which they need. The first that fits
   * holds. Kubernetes 1.35 or later.
   *
   * @default - `restartPolicy` alone holds
   */
  readonly restartPolicyRules?: RestartPolicyRule[];
}
