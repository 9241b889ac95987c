import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';

export const HOST_IP: Rule = {
  id: 'host-ip',
  severity: Severity.WARNING,
  catches: 'A `hostIP` without a `hostPort`.',
  consequence: 'It does nothing: no address of the node leads to the port, and the API server warns of it.',
  fix: 'write the `hostPort` that is meant, or remove `hostIP`',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  // In the network of the node, the host port is the port itself.
  checkPod: ({ all, spec }) =>
    spec.at('hostNetwork').isTrue
      ? []
      : all.flatMap((container) => container.ports.flatMap(({ field }) => checkHostIp(field, container.name) ?? [])),
};

function checkHostIp(port: Field, container: string): Problem | undefined {
  const at = port.at('hostIP');
  return at.text && !port.at('hostPort').value
    ? { at, message: `container "${container}" names \`hostIP\` "${at.text}" without a \`hostPort\`` }
    : undefined;
}
