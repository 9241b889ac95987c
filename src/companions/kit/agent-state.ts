import type * as kplus from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { omitUndefined } from '../../private/own';

/** Finds that several pods would keep the state of an agent in one place: each has positions of its own in files of its own. */
export function validateState(name: string, pod: MultiContainerPod, state?: kplus.Volume): string[] {
  const pods = pod._pods;
  return isClaim(state) && pods > 1
    ? [
        `\`state\` of "${name}" is a claim that ${Number.isFinite(pods) ? pods : 'all'} pods would share, and each would overwrite the positions of the others; run one pod, or pass an \`emptyDir\` of the name of a claim template`,
      ]
    : [];
}

function isClaim(volume?: kplus.Volume): boolean {
  return volume !== undefined && 'persistentVolumeClaim' in omitUndefined({ ...volume._toKube() });
}
