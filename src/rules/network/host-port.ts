import { isPort } from '../../private/ports';
import { Severity } from '../finding';
import { type ContainerView, type PortView, Role } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** A container and the port of it that goes to a port of the node. */
interface Taken {
  readonly container: ContainerView;
  readonly port: PortView;
}

export const HOST_PORT: Rule = {
  id: 'host-port',
  severity: Severity.ERROR,
  catches:
    'A port of the node that two ports of the pod ask for, or, in the network of the node, one that differs from the `containerPort`.',
  consequence:
    'The API server rejects the pod; where it does not, as with native sidecars, one of the two gets nothing.',
  fix: 'ask for another `hostPort`, or remove it and expose the pod by a Service',
  source: 'https://kubernetes.io/docs/concepts/configuration/overview/#services',
  checkPod: (pod) => [...checkHostPortDuplicates(pod), ...checkHostNetworkPorts(pod)],
};

function checkHostPortDuplicates({ all }: PodView): Problem[] {
  const running = new Map<string, Taken>();
  return all.flatMap((container) => {
    // An init container runs alone, so that only its own ports can clash.
    const taken = container.role === Role.INIT ? new Map<string, Taken>() : running;
    return container.ports.flatMap((port) => checkHostPort({ container, port }, taken));
  });
}

function checkHostPort(wish: Taken, taken: Map<string, Taken>): Problem[] {
  const { field, protocol } = wish.port;
  const at = field.at('hostPort');
  if (!at.number || !isPort(at.number)) {
    return [];
  }
  const address = field.at('hostIP').text;
  const key = `${protocol} ${at.number} ${address ?? ''}`;
  const other = taken.get(key);
  taken.set(key, other ?? wish);
  // The same port of two containers clashes in the pod already: `port-collision` reports it.
  if (!other || (other.container !== wish.container && other.port.number === wish.port.number)) {
    return [];
  }
  const where = `${protocol} port ${at.number} of ${address ? `"${address}"` : 'the node'}`;
  const clash =
    other.container === wish.container ? ' twice' : `, which container "${other.container.name}" already asks for`;
  return [{ at, message: `container "${wish.container.name}" asks for ${where}${clash}` }];
}

function checkHostNetworkPorts({ spec, running }: PodView): Problem[] {
  return spec.at('hostNetwork').isTrue
    ? running.flatMap(({ name, ports }) => ports.flatMap((port) => checkHostNetworkPort(port, name)))
    : [];
}

function checkHostNetworkPort({ field, number }: PortView, container: string): Problem[] {
  const at = field.at('hostPort');
  if (!at.number || number === undefined || !isPort(at.number) || at.number === number) {
    return [];
  }
  const message = `container "${container}" asks for \`hostPort\` ${at.number}, but listens on ${number} in the network of the node`;
  return [{ at, message, fix: `write ${number}, or remove \`hostPort\`` }];
}
