import type { Field } from '../../model/field';
import type { Problem } from '../../rule';
import type { SecurityScope } from './scopes';

/** The fields that tell the kubelet to call a host. */
const HANDLERS: ReadonlySet<string> = new Set(['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']);

/** Checks a container beside its security context: no ports of the node, and no checks of other hosts. */
export function checkContainerSecurity({ field, title }: SecurityScope): Problem[] {
  const ports = field.at('ports').items.map((port) => port.at('hostPort'));
  return [
    ...ports
      .filter(({ number }) => (number ?? 0) > 0)
      .map((at) => ({ at, message: `${title} takes port ${at.number} of the node`, fix: 'remove `hostPort`' })),
    ...listCalledHosts(field)
      .filter(({ text }) => text)
      .map((at) => ({ at, message: `${title} has its kubelet call host "${at.text}"`, fix: 'remove `host`' })),
  ];
}

/** The hosts that the kubelet is told to call. */
function listCalledHosts(container: Field): Field[] {
  return container.names
    .filter((name) => HANDLERS.has(name))
    .flatMap((name) => (name === 'lifecycle' ? container.at(name).fields : [container.at(name)]))
    .flatMap((handler) => [handler.at('httpGet', 'host'), handler.at('tcpSocket', 'host')]);
}
