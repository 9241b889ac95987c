import { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../../pod/multi-container-pod';

/**
 * Means by which a companion waits before its stop signal: the action of the kubelet where `PodDefaults` name clusters that have it,
 * the command of its image otherwise.
 *
 * @param hasCommand whether the image is known to have `sleep`
 */
export function findSleep({ lifecycle }: MultiContainerPod, hasCommand: boolean): PreStopSleep | undefined {
  if (lifecycle._sleep === PreStopSleep.ACTION) {
    return PreStopSleep.ACTION;
  }
  return hasCommand ? PreStopSleep.COMMAND : undefined;
}
