import type * as kplus from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import { omitUndefined } from '../../private/own';

/** Sources whose files no container can write. */
const READ_ONLY = ['configMap', 'secret', 'projected', 'downwardApi', 'image'];

/** Finds that several pods would keep the state of an agent in one place: each has positions of its own in files of its own. */
export function validateState(name: string, pod: MultiContainerPod, state?: kplus.Volume): string[] {
  const pods = pod._pods;
  return isClaim(state) && pods > 1
    ? [
        `\`state\` of "${name}" is a claim that ${Number.isFinite(pods) ? pods : 'all'} pods would share, and each would overwrite the positions of the others; run one pod, or pass an \`emptyDir\` of the name of a claim template`,
      ]
    : [];
}

/** Finds that an agent could never write to the volume that is to keep its state. */
export function validateStateVolume(name: string, state?: kplus.Volume): string[] {
  const sources = Object.entries(readSource(state));
  const found = sources.find(([source, { readOnly }]) => READ_ONLY.includes(source) || readOnly === true);
  return found
    ? [
        `\`state\` of "${name}" is a volume that nobody can write to, a${READ_ONLY.includes(found[0]) ? '' : ' read-only'} \`${found[0]}\`; pass a claim for writing, or an \`emptyDir\``,
      ]
    : [];
}

function isClaim(volume?: kplus.Volume): boolean {
  return 'persistentVolumeClaim' in readSource(volume);
}

function readSource(volume?: kplus.Volume): Readonly<Record<string, { readonly readOnly?: unknown }>> {
  const { name: _, ...source } = volume ? volume._toKube() : { name: '' };
  return omitUndefined(source) as ReturnType<typeof readSource>;
}
