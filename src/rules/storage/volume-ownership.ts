import { findBarredFromClaims, findUnownedHostPaths, type UnownedVolume } from '../../private/file-access';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { toFilePod } from '../model/file-pod';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

export const VOLUME_OWNERSHIP: Rule = {
  id: 'volume-ownership',
  severity: Severity.WARNING,
  catches:
    'A claim without a group, or a directory that is made on the node, that a container without root mounts for writing.',
  consequence: 'A new one belongs to root, and what the container writes there fails: "permission denied".',
  fix: 'set `fsGroup` in the `securityContext` of the pod',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  checkPod: (pod) => {
    if (!isCandidate(pod)) {
      return [];
    }
    const files = toFilePod(pod);
    return [
      ...findBarredFromClaims(files).map((one) =>
        toProblem(one, pod, 'a claim that belongs to root while no `fsGroup` gives it to a group'),
      ),
      ...findUnownedHostPaths(files).map((one) => ({
        ...toProblem(one, pod, 'a `hostPath` that belongs to root, whatever `fsGroup` is'),
        fix: describeHostPathFix(pod.findVolume(one.volume)),
      })),
    ];
  },
};

/** Whether a pod has any volume that these may be, which most have not. */
function isCandidate({ volumes, owner, isWindows }: PodView): boolean {
  const isKept = volumes.some((volume) => SOURCES.some((source) => volume.at(source).exists));
  return !isWindows && (isKept || owner.spec.at('volumeClaimTemplates').exists);
}

function describeHostPathFix(volume: Field | undefined): string {
  const type = volume?.at('hostPath', 'type').text === 'FileOrCreate' ? 'File' : 'Directory';
  return `use an \`emptyDir\` or a claim, or prepare the ${type.toLowerCase()} on the node for this user and say \`type: ${type}\``;
}

const SOURCES = ['persistentVolumeClaim', 'ephemeral', 'hostPath'];

function toProblem({ container: name, volume }: UnownedVolume, pod: PodView, what: string): Problem {
  const container = pod.all.find((candidate) => candidate.name === name)!;
  const mount = container.mounts.find((candidate) => candidate.volume === volume && !candidate.isReadOnly)!;
  return {
    at: mount.field.at('name'),
    message: `container "${name}" runs without root and writes to volume "${volume}", ${what}`,
  };
}
