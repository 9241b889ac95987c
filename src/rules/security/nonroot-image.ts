import { findKnownImage } from '../data/known-images';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** Variants of an image that have another user than the image itself. */
const VARIANT = /distroless|chiseled|nonroot|rootless|unprivileged|-ubi(@|$)|nanoserver|windowsservercore|^dhi\.io\//;

export const NONROOT_IMAGE: Rule = {
  id: 'nonroot-image',
  severity: Severity.ERROR,
  catches:
    '`runAsNonRoot: true` with `runAsUser: 0`, or without `runAsUser` on an image whose user is root or only a name.',
  consequence: 'The kubelet refuses to create the container: CreateContainerConfigError.',
  fix: 'set `runAsUser` to the number of a user that the software may run as',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  checkPod: (pod) => {
    const found = new Map<string, Problem>();
    for (const problem of pod.isWindows ? [] : pod.all.flatMap((container) => checkNonRootUser(container, pod))) {
      found.set(problem.at.path, found.get(problem.at.path) ?? problem);
    }
    return [...found.values()];
  },
};

function checkNonRootUser(container: ContainerView, pod: PodView): Problem[] {
  if (!getEffectiveSetting(container, pod, 'runAsNonRoot').isTrue) {
    return [];
  }
  const at = getEffectiveSetting(container, pod, 'runAsUser');
  const must = `container "${container.name}" must not run as root`;
  if (at.number === 0) {
    return [
      {
        at,
        message: `${must}, but runs as user 0`,
        fix: 'take the number of another user, or leave `runAsNonRoot` out',
      },
    ];
  }
  const user = at.exists ? undefined : describeImageUser(container.image);
  return user === undefined ? [] : [{ at, message: `${must}, but image "${container.image}" runs as ${user}` }];
}

/** The user of an image, where the kubelet cannot know that it is not root. */
function describeImageUser(image: string): string | undefined {
  const user = VARIANT.test(image) ? undefined : findKnownImage(image)?.user;
  if (typeof user !== 'string') {
    return undefined;
  }
  return user === 'root' ? 'root' : `user "${user}", a name without a number`;
}

/** The setting that holds for a container: its own, or else that of the pod. */
function getEffectiveSetting(container: ContainerView, { spec }: PodView, setting: string): Field {
  const ofContainer = container.getSecuritySetting(setting);
  const ofPod = spec.at('securityContext', setting);
  return ofContainer.exists || !ofPod.exists ? ofContainer : ofPod;
}
