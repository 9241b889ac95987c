import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { ContainerView, PortView } from '../model/container-view';
import type { Field } from '../model/field';
import { listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import { validatePortReference } from '../model/names';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { findServiceSelector, isHeadlessService } from './shared/services';

/** A Service is compared with so many workloads: there may be as many Services as workloads, each selecting all. */
const MAX_PODS = 100;

export const SERVICE_TARGET: Rule = {
  id: 'service-target',
  severity: Severity.ERROR,
  catches:
    'A Service whose `targetPort` is listed by no container of the pods that it selects, or whose port name is listed by several.',
  consequence:
    'Requests to the Service are refused although the pods are ready, or reach another container than is meant.',
  fix: 'write the number or name of a port that a container lists, or list the port in the container',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  checkObject: (object, set) => {
    const selector = findServiceSelector(object);
    const found = selector ? set.listPodsWith(selector, object).slice(0, MAX_PODS) : [];
    const pods = found.filter(({ owner }) => !set.isVariant(owner) || owner.source.file === object.source.file);
    return pods.length === 0
      ? []
      : object.spec.at('ports').items.flatMap((port) => checkServiceTarget(port, pods, set, isHeadlessService(object)));
  },
};

function checkServiceTarget(port: Field, pods: readonly PodView[], set: ManifestSet, isHeadless: boolean): Problem[] {
  const target = port.at('targetPort').value ? port.at('targetPort') : port.at('port');
  const protocol = port.at('protocol').text ?? 'TCP';
  // What is no port at all, `service-ports` reports.
  if (validatePortReference(target.value) !== undefined) {
    return [];
  }
  if (target.text !== undefined) {
    return checkTargetName(target, protocol, pods);
  }
  // Clients of a headless Service go to the pods themselves, whatever number it says.
  return isHeadless || target.number === undefined ? [] : checkTargetNumber(target, protocol, pods, set);
}

function checkTargetName(target: Field, protocol: string, pods: readonly PodView[]): Problem[] {
  const name = target.text!;
  const wrong = pods.filter((pod) => findContainersByPortName(name, protocol, pod).length === 0);
  if (wrong.length === 0) {
    return checkAmbiguousTarget(target, protocol, pods);
  }
  const ports = listRunningPorts(wrong[0]!).filter((port) => port.protocol === protocol);
  const meant = findNearest(
    name,
    ports.flatMap((port) => port.name ?? []),
  );
  const message = `no container of ${joinTitles(wrong)} lists a ${protocol} port named "${name}"`;
  return [{ at: target, message, fix: meant && `write "${meant}"` }];
}

/** A name of several containers reaches the first that Kubernetes finds, whichever was meant. */
function checkAmbiguousTarget(target: Field, protocol: string, pods: readonly PodView[]): Problem[] {
  const pod = pods.find((candidate) => findContainersByPortName(target.text!, protocol, candidate).length > 1);
  if (!pod) {
    return [];
  }
  const [first, second] = findContainersByPortName(target.text!, protocol, pod);
  const message = `port name "${target.text}" of ${pod.owner.title} reaches container "${first!.name}", and container "${second!.name}" lists it too`;
  return [{ at: target, message, fix: 'give each port of the pod a name of its own' }];
}

/** The containers that list a port of this name, in the order in which Kubernetes looks: native sidecars come last. */
function findContainersByPortName(
  name: string,
  protocol: string,
  { containers, initContainers }: PodView,
): ContainerView[] {
  return [...containers, ...initContainers].filter(
    ({ isRunning, ports }) => isRunning && ports.some((port) => port.name === name && port.protocol === protocol),
  );
}

function checkTargetNumber(target: Field, protocol: string, pods: readonly PodView[], set: ManifestSet): Problem[] {
  const wrong = pods.filter((pod) => isSurelyClosed(target.number!, protocol, pod, set));
  if (wrong.length === 0) {
    return [];
  }
  const via = target.name === 'port' ? ', which stands for `targetPort`' : '';
  const message = `no container of ${joinTitles(wrong)} lists ${protocol} port ${target.number}${via}`;
  return [{ at: target, message }];
}

/** A container that lists no ports may listen on any. */
function isSurelyClosed(number: number, protocol: string, pod: PodView, set: ManifestSet): boolean {
  return (
    pod.running.every(({ ports }) => ports.length > 0) &&
    !pod.running
      .flatMap((container) => listListeners(container, pod, set))
      .some((listener) => listener.number === number && listener.protocol === protocol)
  );
}

function listRunningPorts({ running }: PodView): PortView[] {
  return running.flatMap(({ ports }) => ports);
}

function joinTitles(pods: readonly PodView[]): string {
  return pods.map(({ owner }) => owner.title).join(' or ');
}
