import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Problem, Rule } from '../rule';
import { findRequest } from './shared/amounts';

export const COMPANION_RESOURCES: Rule = {
  id: 'companion-resources',
  severity: Severity.WARNING,
  catches: 'A companion without a memory limit or without a CPU request.',
  consequence:
    'When it leaks memory, the node runs short and kills other containers; when the node is busy, it gets no CPU and falls behind.',
  fix: 'set `resources.limits.memory` and `resources.requests.cpu`',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/multi-container-pods/',
  checkPod: (pod, set) =>
    pod.spec.at('resources').exists || set.listByKind('LimitRange', pod.owner).length > 0
      ? []
      : pod.companions.flatMap(checkCompanionResources),
};

function checkCompanionResources({ field, role, name }: ContainerView): Problem[] {
  const limit = field.at('resources', 'limits', 'memory');
  const missing = [
    ...(limit.exists ? [] : ['memory limit']),
    ...(findRequest(field, 'cpu').exists ? [] : ['CPU request']),
  ];
  const at = limit.exists ? field.at('resources', 'requests', 'cpu') : limit;
  return missing.length === 0 ? [] : [{ at, message: `${role} "${name}" has no ${missing.join(' and no ')}` }];
}
