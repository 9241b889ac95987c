import type { ICompanion } from '../pod/companion';
import type { SidecarProps } from '../pod/containers/container-options';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { copyData } from '../private/copies';

/**
 * Any image beside the main container.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export class Sidecar implements ICompanion {
  private readonly props: SidecarProps;

  public constructor(props: SidecarProps) {
    this.props = copyData(props);
  }

  /** Adds the sidecar to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar(this.props);
  }
}
