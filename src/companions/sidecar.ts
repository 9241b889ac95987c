import type { ICompanion } from '../pod/companion';
import type { SidecarProps } from '../pod/containers/container-options';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { readProps } from '../private/read-props';

/**
 * Any image beside the main container.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export class Sidecar implements ICompanion {
  private readonly props: SidecarProps;

  public constructor(props: SidecarProps) {
    this.props = readProps('SidecarProps', props, 'Sidecar');
  }

  /** Adds the sidecar to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar(this.props);
  }
}
