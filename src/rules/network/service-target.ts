import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { ContainerView, PortView } from '../model/container-view';
import type { Field } from '../model/field';
import { hasKnownPorts } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { isOfProtocol, joinTitles, listServiceTargets, opensPort, type ServiceTarget } from '../model/service-targets';
import type { Problem, Rule } from '../rule';
import { describeSelectorFix } from './shared/selector-fix';

export const SERVICE_TARGET: Rule = {
  id: 'service-target',
  severity: Severity.ERROR,
  catches:
    'A Service whose `targetPort` is a name that no container of the pods lists that it selects, or that several list, or a number that nobody can open.',
  consequence:
    'Requests to the Service are refused although the pods are ready, or reach another container than is meant.',
  fix: 'write the number or name of a port that a container lists, or list the port in the container',
  source: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  checkObject: (object, set) =>
    listServiceTargets(object, set).flatMap((target) =>
      target.at.text === undefined ? checkClosedPort(target, set) : checkTargetName(target),
    ),
};

function checkTargetName({ at: target, protocol, pods }: ServiceTarget): Problem[] {
  const name = target.text!;
  const [right, wrong] = [true, false].map((isThere) =>
    pods.filter((pod) => findContainersByPortName(name, protocol, pod).length > 0 === isThere),
  ) as [PodView[], PodView[]];
  if (wrong.length === 0) {
    return checkAmbiguousTarget(target, protocol, pods);
  }
  if (wrong.some(({ owner }) => owner.source.isPatched)) {
    return [];
  }
  const message = `no container of ${joinTitles(wrong)} lists a ${protocol} port named "${name}"`;
  return [{ at: target, message, fix: describeNameFix(name, protocol, right, wrong) }];
}

/** The remedy where a name is mistaken, or where pods are selected that are not meant. */
function describeNameFix(
  name: string,
  protocol: string,
  right: readonly PodView[],
  wrong: readonly PodView[],
): string | undefined {
  const ports = listRunningPorts(wrong[0]!).filter((port) => port.protocol === protocol);
  const meant = findNearest(
    name,
    ports.flatMap((port) => port.name ?? []),
  );
  if (right.length > 0) {
    return describeSelectorFix(right, wrong);
  }
  return meant && `write "${meant}"`;
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
    ({ isRunning, ports }) =>
      isRunning && ports.some((port) => port.name === name && isOfProtocol(port.protocol, protocol)),
  );
}

/** A number that is merely not listed, `service-port-unlisted` reports. */
function checkClosedPort(target: ServiceTarget, set: ManifestSet): Problem[] {
  const { at, protocol, pods } = target;
  const wrong = pods.filter(
    (pod) =>
      pod.running.length > 0 &&
      pod.running.every((container) => hasKnownPorts(container, pod, set)) &&
      !opensPort(target, pod, set),
  );
  const message = `nothing in ${joinTitles(wrong)} opens ${protocol} port ${at.number}`;
  return wrong.length === 0 ? [] : [{ at, message, fix: 'write the number of a port that is open' }];
}

function listRunningPorts({ running }: PodView): PortView[] {
  return running.flatMap(({ ports }) => ports);
}
