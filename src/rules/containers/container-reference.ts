import { Severity } from '../finding';
import { checkContainerName } from '../model/container-names';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** Annotations that name a container in their own name. */
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';
/** Annotations whose value names the container that kubectl takes. */
const DEFAULTS = ['kubectl.kubernetes.io/default-container', 'kubectl.kubernetes.io/default-logs-container'];

export const CONTAINER_REFERENCE: Rule = {
  id: 'container-reference',
  severity: Severity.ERROR,
  catches:
    'An annotation that names a container which the pod does not have. An info where it only tells kubectl which one to take.',
  consequence: 'The API server rejects a pod with an AppArmor profile for such a container; kubectl takes another one.',
  fix: 'name a container of the pod',
  source: 'https://kubernetes.io/docs/tutorials/security/apparmor/#securing-a-pod',
  checkPod: (pod) => {
    const annotations = pod.template.at('metadata', 'annotations');
    return annotations.names.length === 0
      ? []
      : [...checkProfiles(annotations, pod), ...checkDefaultContainers(annotations, pod)];
  },
};

function checkProfiles(annotations: Field, pod: PodView): Problem[] {
  return annotations.fields
    .filter(({ name }) => name.startsWith(APPARMOR))
    .flatMap((at) => checkContainerName(at, pod, 'an AppArmor profile is for', at.name.slice(APPARMOR.length)));
}

function checkDefaultContainers(annotations: Field, pod: PodView): Problem[] {
  return DEFAULTS.flatMap((name) => checkContainerName(annotations.at(name), pod, 'kubectl is told to take')).map(
    (problem) => ({ ...problem, severity: Severity.INFO }),
  );
}
