import type { LogFiles } from './logs/log-files';
import type { MultiContainerPod } from './multi-container-pod';

/**
 * A container, or several, that live with the main container of a pod: sidecar, ambassador, adapter or init container.
 * This is the whole extension point: a companion of your own has the same means as those of this library.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#workload-resources-for-managing-pods
 */
export interface ICompanion {
  /**
   * Adds what the companion needs to a pod: containers, volumes, ports. Called once for each pod it is added to; a
   * companion may be added to many.
   *
   * @param pod the pod it joins
   */
  bind(pod: MultiContainerPod): void;
}

/** A companion that ships log files of the other containers. */
export interface ILogAgent extends ICompanion {
  /** Name of the agent's container. */
  readonly name: string;

  /**
   * Ships these log files of a pod the agent was added to.
   *
   * @param pod the pod
   * @param logs what is shipped
   */
  collect(pod: MultiContainerPod, logs: LogFiles): void;
}
