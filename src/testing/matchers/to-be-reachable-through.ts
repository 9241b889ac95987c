import type { ContainerView, PortView } from '../../rules/model/container-view';
import { Field } from '../../rules/model/field';
import { findMismatch } from '../../rules/model/label-selector';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodView } from '../../rules/model/pod-view';
import { findOne } from '../look-up';
import { showValue } from '../show';
import { type MatcherResult, toMatcherResult, type Verdict } from './result';
import { toContainerHandles } from './subject';
import { describePorts } from './to-listen-on';

/** Whether a Service selects the pod, and sends one of its ports to a port of the container. */
export function toBeReachableThrough(subject: unknown, serviceName: string): MatcherResult {
  const containers = toContainerHandles(subject, 'toBeReachableThrough');
  const { view: pod, set } = containers[0]!.pod;
  const among = set.objects.filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1');
  const service = findOne({ among, all: set.objects, noun: 'Service', where: 'toBeReachableThrough' }, serviceName);
  const verdict =
    findSelectionFailure(service, pod) ??
    toPortVerdict(
      service,
      pod,
      containers.map(({ view }) => view),
    );
  return toMatcherResult(subject, 'toBeReachableThrough', [showValue(serviceName)], verdict);
}

/** The reason why the pod is no endpoint of the Service. */
function findSelectionFailure(service: ObjectView, pod: PodView): Verdict | undefined {
  const fail = (because: string): Verdict => ({ pass: false, because: `${service.title} ${because}` });
  const selector = service.spec.at('selector');
  if (service.spec.at('type').text === 'ExternalName' || selector.names.length === 0) {
    return fail('selects no pods; give it a `selector`');
  }
  if (service.namespace !== pod.owner.namespace) {
    return fail(
      `is in ${describeNamespace(service)}, and the pod in ${describeNamespace(pod.owner)}; a Service finds pods of its own namespace`,
    );
  }
  const wrong = findMismatch(Field.root({ matchLabels: selector.value }), pod.labels);
  const found = wrong && showValue(pod.labels.at(wrong.label).value);
  return (
    wrong &&
    fail(`does not select the pod: it wants label \`${wrong.label}\` to be ${wrong.wanted}, and the pod has ${found}`)
  );
}

function describeNamespace({ namespace }: ObjectView): string {
  return namespace === undefined ? 'no stated namespace' : `namespace "${namespace}"`;
}

function toPortVerdict(service: ObjectView, pod: PodView, containers: readonly ContainerView[]): Verdict {
  const ports = service.spec.at('ports').items.map((port) => ({ port, target: findTargetPort(port, pod) }));
  const reached = ports.find(({ target }) => target && containers.some(({ ports: own }) => own.includes(target)));
  if (reached) {
    return { pass: true, because: `${service.title} selects the pod, and ${describeServicePort(reached.port, pod)}` };
  }
  const own = containers.map(({ name, ports: listed }) => `container "${name}" lists ${describePorts(listed)}`);
  const ways = ports.map(({ port }) => describeServicePort(port, pod));
  return {
    pass: false,
    because: [...own, `${service.title} selects the pod, but ${ways.join('; ') || 'has no ports'}`].join('\n'),
  };
}

/**
 * The port that a port of a Service leads to. Kubernetes looks a name up in the containers in their order, then in the native
 * sidecars; init containers get no traffic. A number leads to whoever listens there, which is who lists it.
 */
function findTargetPort(port: Field, pod: PodView): PortView | undefined {
  const protocol = port.at('protocol').text ?? 'TCP';
  const wanted = toTargetPort(port);
  return listServingContainers(pod)
    .flatMap(({ ports }) => ports)
    .find((candidate) => candidate.protocol === protocol && (candidate.name === wanted || candidate.number === wanted));
}

function listServingContainers(pod: PodView): ContainerView[] {
  return [...pod.containers, ...pod.initContainers.filter(({ isRunning }) => isRunning)];
}

/** The number or name; the port itself where no target is written. */
function toTargetPort(port: Field): unknown {
  const target = port.at('targetPort').value;
  return target === undefined || target === null || target === 0 || target === '' ? port.at('port').value : target;
}

function describeServicePort(port: Field, pod: PodView): string {
  const target = findTargetPort(port, pod);
  const container = target && listServingContainers(pod).find(({ ports }) => ports.includes(target));
  const where = container ? `container "${container.name}"` : 'no container, as none lists that port';
  return `its port ${port.at('port').scalar} leads to ${showValue(toTargetPort(port))} of ${where}`;
}
