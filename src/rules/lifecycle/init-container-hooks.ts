import { Severity } from '../finding';
import { Role } from '../model/container-view';
import type { Rule } from '../rule';

const HOOKS = ['startupProbe', 'livenessProbe', 'readinessProbe', 'lifecycle'];

export const INIT_CONTAINER_HOOKS: Rule = {
  id: 'init-container-hooks',
  severity: Severity.ERROR,
  catches: 'A probe or `lifecycle` of an init container that is no native sidecar.',
  consequence: 'The API server rejects the pod.',
  fix: 'remove it, or make the container a native sidecar with `restartPolicy: Always`',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#differences-from-regular-containers',
  checkPod: ({ initContainers }) =>
    initContainers
      .filter(({ role }) => role === Role.INIT)
      .flatMap(({ field, name }) =>
        HOOKS.map((hook) => field.at(hook))
          .filter(({ exists }) => exists)
          .map((at) => ({ at, message: `init container "${name}" has a \`${at.name}\`` })),
      ),
};
