import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { readProps } from '../private/read-props';
import { addServing, type ServingOptions, toServingParts } from './serving';

/**
 * An application as the main container of a pod. Unlike other containers it has probes where none are given (see
 * `healthPath`), and lists its `port` beside `ports`. What it logs it prints to its standard output.
 */
export interface ApplicationProps extends ServingOptions {
  /** Name of the container: a DNS label, unique in the pod. */
  readonly name: string;

  /**
   * Port it serves on, 1024-65535 for an image without root. Named `http`.
   *
   * @default - it serves on `ports` alone, or nowhere, such as a worker; it has only the probes that are given then, and
   * those of `healthPort`
   */
  readonly port?: number;
}

/** Makes an application the main container of a pod that has none. */
export function addApplication(pod: MultiContainerPod, props: ApplicationProps): kplus.Container {
  const where = pod.workload as Construct;
  return addServing(pod, toServingParts(where, readProps('ApplicationProps', props, where)));
}
