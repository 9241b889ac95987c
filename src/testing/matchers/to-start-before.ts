import { createError } from '../../private/errors';
import { type ContainerView, Role } from '../../rules/model/container-view';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult, type Verdict } from './result';
import { toContainerHandle } from './subject';

/** Whether Kubernetes waits for a container before it starts another one of the same pod. */
export function toStartBefore(subject: unknown, name: string): MatcherResult {
  const { view, pod } = toContainerHandle(subject, 'toStartBefore');
  const other = pod.container(name).view;
  if (other.name === view.name) {
    throw createError('toStartBefore', `container "${name}" cannot start before itself; name another`);
  }
  return toMatcherResult(
    subject,
    'toStartBefore',
    [showValue(name)],
    toOrderVerdict(view, other, pod.view.initContainers),
  );
}

function toOrderVerdict(first: ContainerView, second: ContainerView, init: readonly ContainerView[]): Verdict {
  const places = [init.indexOf(first), init.indexOf(second)] as const;
  const [place, other] = places;
  if (place < 0) {
    return { pass: false, because: other < 0 ? explainUnordered(first, second) : explainLate(first, second) };
  }
  if (other >= 0 && other < place) {
    return { pass: false, because: explainLate(first, second) };
  }
  return {
    pass: true,
    because: `${describeContainer(first)} comes first: Kubernetes starts "${second.name}" when ${describeWait(first)}`,
  };
}

function explainUnordered(first: ContainerView, second: ContainerView): string {
  return [
    `${describeContainer(first)} and ${describeContainer(second)} are started one after the other, but Kubernetes does not wait until the first is`,
    `ready, or even runs its program; to have "${first.name}" there first, make it a native sidecar: an init container with \`restartPolicy: Always\``,
  ].join(' ');
}

function explainLate(first: ContainerView, second: ContainerView): string {
  return `${describeContainer(second)} comes first: Kubernetes starts "${first.name}" when ${describeWait(second)}`;
}

/** The event that Kubernetes waits for. */
function describeWait({ name, role, field }: ContainerView): string {
  if (role === Role.INIT) {
    return `"${name}" has ended with success`;
  }
  const hook = field.at('lifecycle', 'postStart').exists ? ` and the \`postStart\` hook of "${name}" has ended` : '';
  return field.at('startupProbe').exists
    ? `the startup probe of "${name}" succeeds${hook}`
    : `the process of "${name}" runs${hook}, whether it is ready or not, as it has no \`startupProbe\``;
}

function describeContainer({ name, role }: ContainerView): string {
  return `${role} "${name}"`;
}
