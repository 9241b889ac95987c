import type { ICompanion } from '../../pod/companion';
import type { InitContainerProps } from '../../pod/containers/container-options';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { readProps } from '../../private/read-props';

/**
 * Any image that runs to its end before the main container starts.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
 */
export class InitContainer implements ICompanion {
  private readonly props: InitContainerProps;

  public constructor(props: InitContainerProps) {
    this.props = readProps('InitContainerProps', props, 'InitContainer');
  }

  /** Adds the init container to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addInitContainer(this.props);
  }
}
