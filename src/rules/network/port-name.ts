import { validatePortName } from '../../private/names';
import { Severity } from '../finding';
import type { Rule } from '../rule';

export const PORT_NAME: Rule = {
  id: 'port-name',
  severity: Severity.ERROR,
  catches: 'A port name that is no service name of IANA, such as "http_metrics" or one of more than 15 characters.',
  consequence: 'The API server rejects the pod.',
  fix: 'choose a name of at most 15 lower-case letters, digits and single "-" between them, one letter at least',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  checkPod: ({ all }) =>
    all.flatMap((container) =>
      container.ports.flatMap(({ field, name }) => {
        const problem = name ? validatePortName(name) : undefined;
        return problem
          ? [{ at: field.at('name'), message: `port name "${name}" of container "${container.name}" ${problem}` }]
          : [];
      }),
    ),
};
