import { Severity } from '../finding';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

export const POD_NAMESPACES: Rule = {
  id: 'pod-namespaces',
  severity: Severity.ERROR,
  catches: 'Namespaces of Linux that a pod cannot have together, such as `shareProcessNamespace` and `hostPID`.',
  consequence: 'The API server rejects the pod.',
  fix: 'remove one of the two',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/#limitations',
  checkPod: (pod) => [...checkProcessNamespace(pod), ...checkUserNamespace(pod)],
};

function checkProcessNamespace({ spec }: PodView): Problem[] {
  const at = spec.at('shareProcessNamespace');
  const message = '`shareProcessNamespace` stands beside `hostPID`, which already shares all processes of the node';
  return at.isTrue && spec.at('hostPID').isTrue ? [{ at, message }] : [];
}

function checkUserNamespace({ spec, all }: PodView): Problem[] {
  return spec.at('hostUsers').isFalse
    ? [
        ...['hostNetwork', 'hostPID', 'hostIPC'].map((name) => spec.at(name)).filter(({ isTrue }) => isTrue),
        ...all.map(({ field }) => field.at('volumeDevices')).filter(({ items }) => items.length > 0),
      ].map((at) => ({ at, message: `\`${at.name}\` stands beside \`hostUsers: false\`, which forbids it` }))
    : [];
}
