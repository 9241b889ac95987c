import type { PortView } from '../../rules/model/container-view';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult } from './result';
import { toContainerHandles } from './subject';

/** Whether a container lists a port, or one of the containers that run in a pod. */
export function toListenOn(subject: unknown, port: number | string): MatcherResult {
  const containers = toContainerHandles(subject, 'toListenOn');
  const found = containers.filter(({ view }) => view.ports.some((candidate) => isMeantPort(candidate, port)));
  const all = containers.map(({ name, view }) => `  ${name} lists ${describePorts(view.ports)}`);
  return toMatcherResult(subject, 'toListenOn', [showValue(port)], {
    pass: found.length > 0,
    because:
      found.length > 0
        ? `container ${found.map(({ name }) => `"${name}"`).join(', ')} lists port ${showValue(port)}`
        : [`no container lists port ${showValue(port)}`, ...all].join('\n'),
  });
}

function isMeantPort({ number, name, protocol }: PortView, port: number | string): boolean {
  return String(number) === String(port) || name === port || `${number}/${protocol}` === port;
}

/** Ports for a message, as in `http (8080/TCP)`. */
export function describePorts(ports: readonly PortView[]): string {
  const texts = ports.map(({ number, name, protocol }) =>
    name === undefined ? `${number}/${protocol}` : `${name} (${number}/${protocol})`,
  );
  return texts.length === 0 ? 'no port' : texts.join(', ');
}
