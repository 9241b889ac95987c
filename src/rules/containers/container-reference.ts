import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
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
  return annotations.fields.flatMap((at) => {
    const name = at.name.startsWith(APPARMOR) ? at.name.slice(APPARMOR.length) : undefined;
    return name === undefined || hasContainer(name, pod)
      ? []
      : [
          {
            at,
            message: `an AppArmor profile is for container "${name}", which the pod does not have`,
            ...toFix(name, pod),
          },
        ];
  });
}

function checkDefaultContainers(annotations: Field, pod: PodView): Problem[] {
  return DEFAULTS.map((name) => annotations.at(name))
    .filter(({ text }) => text && !hasContainer(text, pod))
    .map((at) => ({
      at,
      message: `kubectl is told to take container "${at.text}", which the pod does not have`,
      severity: Severity.INFO,
      ...toFix(at.text!, pod),
    }));
}

function hasContainer(name: string, { all, spec }: PodView): boolean {
  return (
    all.some(({ field }) => field.at('name').text === name) ||
    spec.at('ephemeralContainers').items.some((field) => field.at('name').text === name)
  );
}

function toFix(name: string, { all }: PodView): { fix?: string } {
  const meant = findNearest(
    name,
    all.flatMap(({ field }) => field.at('name').text ?? []),
  );
  return meant ? { fix: `write "${meant}"` } : {};
}
