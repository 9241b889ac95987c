import { Severity } from '../finding';
import { LOOPBACK_PROBE } from '../lifecycle/loopback-probe';
import { POD_NAMESPACES } from '../lifecycle/pod-namespaces';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { HOST_PORT } from '../network/host-port';
import type { Rule } from '../rule';
import { NONROOT_IMAGE } from './nonroot-image';
import { SECURITY_CONTEXT } from './security-context';
import { checkPodSecurity } from './shared/pod-security-checks';
import { WINDOWS_FIELDS } from './windows-fields';

export const POD_SECURITY: Rule = {
  id: 'pod-security',
  severity: Severity.WARNING,
  catches:
    'Whatever the Pod Security profile "restricted" does not allow, which includes all that "baseline" does not.',
  consequence:
    'A namespace that enforces the profile refuses the pod, and elsewhere a broken container can do more harm.',
  fix: 'write what the profile asks for',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  checkPod: (pod, set) => {
    const violations = checkPodSecurity(pod, 'restricted');
    const reported = violations.length > 0 ? collectReportedPaths(pod, set) : undefined;
    return violations.filter(({ at }) => !reported?.has(at.path));
  },
};

/** The fields that are wrong under any profile: one fault is one finding. */
function collectReportedPaths(pod: PodView, set: ManifestSet): ReadonlySet<string> {
  const rules = [SECURITY_CONTEXT, WINDOWS_FIELDS, NONROOT_IMAGE, LOOPBACK_PROBE, HOST_PORT, POD_NAMESPACES];
  return new Set(rules.flatMap((rule) => rule.checkPod!(pod, set).map(({ at }) => at.path)));
}
