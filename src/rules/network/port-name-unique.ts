import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Problem, Rule } from '../rule';

export const PORT_NAME_UNIQUE: Rule = {
  id: 'port-name-unique',
  severity: Severity.ERROR,
  catches: 'A port name that stands twice in a container.',
  consequence: 'The API server rejects the pod.',
  fix: 'give each port of the container a name of its own',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  checkPod: ({ all }) =>
    all.flatMap((container) => (container.ports.length > 1 ? checkPortNameDuplicates(container) : [])),
};

function checkPortNameDuplicates({ name, ports }: ContainerView): Problem[] {
  const seen = new Set<string>();
  return ports.flatMap((port) => {
    if (!port.name || !seen.has(port.name)) {
      seen.add(port.name ?? '');
      return [];
    }
    return [{ at: port.field.at('name'), message: `container "${name}" lists port name "${port.name}" twice` }];
  });
}
