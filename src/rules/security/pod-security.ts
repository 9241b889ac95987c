import { Severity } from '../finding';
import { POD_NAMESPACES } from '../lifecycle/pod-namespaces';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { HOST_PORT } from '../network/host-port';
import type { Problem, Rule } from '../rule';
import { NONROOT_IMAGE } from './nonroot-image';
import { SECURITY_CONTEXT } from './security-context';
import { checkPodSecurity } from './shared/pod-security-checks';
import { WINDOWS_FIELDS } from './windows-fields';

export const POD_SECURITY: Rule = {
  id: 'pod-security',
  severity: Severity.WARNING,
  catches:
    'Whatever the Pod Security profile "restricted" does not allow, which includes all that "baseline" does not; an info for a DaemonSet that works on its nodes.',
  consequence:
    'A namespace that enforces the profile refuses the pod, and elsewhere a broken container can do more harm.',
  fix: 'write what the profile asks for',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  checkPod: (pod, set) => {
    const violations = checkPodSecurity(pod, 'restricted');
    const reported = violations.length > 0 ? collectReportedPaths(pod, set) : undefined;
    const places = violations.filter(({ at }) => !reported?.has(at.path));
    if (places.length === 0) {
      return [];
    }
    return [livesOnNode(pod) ? toNodeProblem(pod, places) : toPodProblem(pod, places)];
  },
};

/** One problem for the pod: who mends one of its settings mends them all. */
function toPodProblem({ spec }: PodView, places: readonly Problem[]): Problem {
  const message = `"restricted" refuses ${places.length} settings of the pod`;
  return places.length === 1 ? places[0]! : { at: spec, message, fix: joinFixes(places), places };
}

/** An agent of the node cannot do without what the profile refuses: there is nothing to mend but the place where it runs. */
function toNodeProblem({ spec }: PodView, places: readonly Problem[]): Problem {
  const message = 'the pod works on its node, which "restricted" never allows';
  const fix = 'run it in a namespace of its own that enforces "privileged", and nothing else there';
  return { at: spec, message, fix, places, severity: Severity.INFO };
}

/** Whether it is on each node, to do something with the node itself. */
function livesOnNode({ owner, spec, volumes, all }: PodView): boolean {
  return (
    owner.kind === 'DaemonSet' &&
    (['hostNetwork', 'hostPID', 'hostIPC'].some((name) => spec.at(name).isTrue) ||
      spec.at('securityContext', 'windowsOptions', 'hostProcess').isTrue ||
      volumes.some((volume) => volume.at('hostPath').exists) ||
      all.some(({ field }) => field.at('securityContext', 'privileged').isTrue))
  );
}

function joinFixes(places: readonly Problem[]): string {
  return [...new Set(places.flatMap(({ fix }) => fix ?? []))].join('; ');
}

/** The fields that are wrong under any profile: one fault is one finding. A probe of the node is two: it asks the wrong host, and is refused. */
function collectReportedPaths(pod: PodView, set: ManifestSet): ReadonlySet<string> {
  const rules = [SECURITY_CONTEXT, WINDOWS_FIELDS, NONROOT_IMAGE, HOST_PORT, POD_NAMESPACES];
  return new Set(rules.flatMap((rule) => rule.checkPod!(pod, set).map(({ at }) => at.path)));
}
