import { failure } from '../../private/errors';
import { type ContainerView, Role } from '../../rules/model/container-view';
import { show } from '../show';
import { type MatcherResult, result, type Verdict } from './result';
import { containerOf } from './subject';

/** Whether Kubernetes waits for a container before it starts another one of the same pod. */
export function toStartBefore(subject: unknown, name: string): MatcherResult {
  const { view, pod } = containerOf(subject, 'toStartBefore');
  const other = pod.container(name).view;
  if (other.name === view.name) {
    throw failure('toStartBefore', `container "${name}" cannot start before itself; name another`);
  }
  return result(subject, 'toStartBefore', [show(name)], verdict(view, other, pod.view.initContainers));
}

function verdict(first: ContainerView, second: ContainerView, init: readonly ContainerView[]): Verdict {
  const places = [init.indexOf(first), init.indexOf(second)] as const;
  const [place, other] = places;
  if (place < 0) {
    return { pass: false, because: other < 0 ? unordered(first, second) : late(first, second) };
  }
  if (other >= 0 && other < place) {
    return { pass: false, because: late(first, second) };
  }
  return {
    pass: true,
    because: `${titleOf(first)} comes first: Kubernetes starts "${second.name}" when ${waited(first)}`,
  };
}

function unordered(first: ContainerView, second: ContainerView): string {
  return [
    `${titleOf(first)} and ${titleOf(second)} are started one after the other, but Kubernetes does not wait until the first is`,
    `ready, or even runs its program; to have "${first.name}" there first, make it a native sidecar: an init container with \`restartPolicy: Always\``,
  ].join(' ');
}

function late(first: ContainerView, second: ContainerView): string {
  return `${titleOf(second)} comes first: Kubernetes starts "${first.name}" when ${waited(second)}`;
}

/** What Kubernetes waits for. */
function waited({ name, role, field }: ContainerView): string {
  if (role === Role.INIT) {
    return `"${name}" has ended with success`;
  }
  const hook = field.at('lifecycle', 'postStart').exists ? ` and the \`postStart\` hook of "${name}" has ended` : '';
  return field.at('startupProbe').exists
    ? `the startup probe of "${name}" succeeds${hook}`
    : `the process of "${name}" runs${hook}, whether it is ready or not, as it has no \`startupProbe\``;
}

function titleOf({ name, role }: ContainerView): string {
  return `${role} "${name}"`;
}
