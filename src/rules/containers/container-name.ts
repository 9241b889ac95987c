import { validateDnsLabel } from '../../private/names';
import { Severity } from '../finding';
import type { Rule } from '../rule';

export const CONTAINER_NAME: Rule = {
  id: 'container-name',
  severity: Severity.ERROR,
  catches: 'A container whose name is no DNS label, such as one with capitals, dots or underscores.',
  consequence: 'The API server rejects the pod.',
  fix: 'use lower-case letters, digits and "-", at most 63 characters',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container',
  checkPod: ({ all }) =>
    all.flatMap(({ field }) => {
      const at = field.at('name');
      const problem = at.text === undefined ? undefined : validateDnsLabel(at.text);
      return problem === undefined ? [] : [{ at, message: `container name "${at.text}" ${problem}` }];
    }),
};
