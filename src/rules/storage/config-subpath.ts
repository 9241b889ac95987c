import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { isFollowed } from './shared/followed-configs';
import { listReloadedMounts } from './shared/reloaded-mounts';

/** A name that Kustomize makes from the content. */
const HASHED = /-[bcdfghkmt2456789]{10}$/;

export const CONFIG_SUBPATH: Rule = {
  id: 'config-subpath',
  severity: Severity.INFO,
  catches:
    'A file of a ConfigMap or Secret that is mounted with `subPath`, while nothing restarts the pod when it changes.',
  consequence: 'The container keeps the old file until its pod is replaced.',
  fix: 'mount the whole volume in a directory of its own, or put a checksum of the content into an annotation of the pod template',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically',
  checkPod: (pod, set) => {
    const found = pod.owner.isJob ? [] : pod.running.flatMap((container) => checkSubPathMounts(container, pod, set));
    return found.length > 0 && isFollowed(pod) ? [] : found;
  },
};

function checkSubPathMounts({ name, mounts }: ContainerView, pod: PodView, set: ManifestSet): Problem[] {
  // Beside a reloader, `config-reload` says more.
  return mounts
    .filter((mount) => mount.subPath && !listReloadedMounts(pod).some((reloaded) => reloaded.mount === mount))
    .filter(({ volume }) => isChangeable(pod.findVolume(volume), pod, set))
    .map(({ field, volume, subPath }) => ({
      at: field.at(field.at('subPath').exists ? 'subPath' : 'subPathExpr'),
      message: `container "${name}" mounts "${subPath}" of volume "${volume}" alone and never sees it change`,
    }));
}

/** Whether new content comes under the same name. */
function isChangeable(volume: Field | undefined, pod: PodView, set: ManifestSet): boolean {
  const source = ['configMap', 'secret', 'projected'].map((name) => volume?.at(name)).find((field) => field?.exists);
  const kind = source?.name === 'secret' ? 'Secret' : 'ConfigMap';
  const name = source?.at(kind === 'Secret' ? 'secretName' : 'name').text ?? '';
  return source !== undefined && !HASHED.test(name) && !set.find(kind, name, pod.owner)?.root.at('immutable').isTrue;
}
