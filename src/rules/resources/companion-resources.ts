import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Problem, Rule } from '../rule';
import { findRequest } from './shared/amounts';
import { isLimited, isRequested } from './shared/limit-ranges';

export const COMPANION_RESOURCES: Rule = {
  id: 'companion-resources',
  severity: Severity.WARNING,
  catches: 'A companion without a memory limit or without a CPU request.',
  consequence:
    'When it leaks memory, the node runs short and kills other containers; when the node is busy, it gets no CPU and falls behind.',
  fix: 'set `resources.limits.memory` and `resources.requests.cpu`',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/multi-container-pods/',
  checkPod(pod, set) {
    const given: Given = {
      hasLimit: isLimited(pod.owner, set, 'memory'),
      hasRequest: isRequested(pod.owner, set, 'cpu'),
    };
    const companions = pod.spec.at('resources').exists ? [] : pod.companions;
    return companions.flatMap((companion) => checkCompanionResources(companion, given));
  },
};

/** Amounts that the namespace gives to containers which state none. */
interface Given {
  readonly hasLimit: boolean;
  readonly hasRequest: boolean;
}

function checkCompanionResources({ field, role, name }: ContainerView, given: Given): Problem[] {
  const limit = field.at('resources', 'limits', 'memory');
  const isUnlimited = !limit.exists && !given.hasLimit;
  const missing = [
    ...(isUnlimited ? ['memory limit'] : []),
    ...(findRequest(field, 'cpu').exists || given.hasRequest ? [] : ['CPU request']),
  ];
  const at = isUnlimited ? limit : field.at('resources', 'requests', 'cpu');
  return missing.length === 0 ? [] : [{ at, message: `${role} "${name}" has no ${missing.join(' and no ')}` }];
}
