import { Severity } from '../finding';
import type { Rule } from '../rule';

export const CONTAINER_NAME_UNIQUE: Rule = {
  id: 'container-name-unique',
  severity: Severity.ERROR,
  catches: 'Two containers of one pod with the same name, init containers included.',
  consequence: 'The API server rejects the pod.',
  fix: 'give each container of the pod a name of its own',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container',
  checkPod: ({ all }) => {
    const seen = new Set<string>();
    return all.flatMap(({ field }) => {
      const at = field.at('name');
      if (at.text === undefined || !seen.has(at.text)) {
        seen.add(at.text ?? '');
        return [];
      }
      return [{ at, message: `container name "${at.text}" is already taken in this pod` }];
    });
  },
};
