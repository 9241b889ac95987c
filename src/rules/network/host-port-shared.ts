import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { Severity } from '../finding';
import type { PortView } from '../model/container-view';
import type { Field } from '../model/field';
import { listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { isOnSameNodes } from './shared/node-choice';

/** A port of the node, and the workload that takes it. */
interface NodePort {
  readonly pod: PodView;
  readonly at: Field;
  readonly number: number;
  readonly protocol: string;
  readonly address: string;
}

/** The ports of the node that the workloads of a set take. */
interface NodePorts {
  readonly byPod: ReadonlyMap<PodView, readonly NodePort[]>;
  /** Those of all, in the order of the set, by protocol and number. */
  readonly byKey: ReadonlyMap<string, readonly NodePort[]>;
}

export const HOST_PORT_SHARED: Rule = {
  id: 'host-port-shared',
  severity: Severity.WARNING,
  catches:
    'A port of the node that two workloads take, or that the old and the new pod of a rollout take which lets no old one go first.',
  consequence:
    'The second pod finds no node where the port is free, and stays Pending; a program that lists no port of its own fails instead.',
  fix: 'take another `hostPort`, or give the workloads nodes of their own by `nodeSelector`',
  source: 'https://kubernetes.io/docs/concepts/configuration/overview/#services',
  checkPod: (pod, set) => {
    const ports = collectNodePorts(set).byPod.get(pod) ?? [];
    return ports.length === 0 ? [] : [...checkTaken(ports, set), ...checkRollout(ports[0]!)];
  },
};

const collectNodePorts = memoizeByObject((set: ManifestSet): NodePorts => {
  const pods = set.objects.flatMap(({ pod, unfinished }) => (pod && unfinished === undefined ? [pod] : []));
  const byPod = new Map(pods.map((pod) => [pod, listNodePorts(pod, set)]));
  return { byPod, byKey: groupBy([...byPod.values()].flat(), toPortKey) };
});

/** The ports of the node that a pod takes: those that it asks for, or in the network of the node all that it opens. */
function listNodePorts(pod: PodView, set: ManifestSet): NodePort[] {
  const asked = pod.running.flatMap(({ ports }) =>
    ports.flatMap((port) => {
      const at = port.field.at('hostPort');
      return at.number ? [toNodePort(pod, port, at, at.number)] : [];
    }),
  );
  return pod.spec.at('hostNetwork').isTrue ? [...asked, ...listOpenedPorts(pod, set, asked)] : asked;
}

/** The ports that containers open themselves on the node, at all its addresses. */
function listOpenedPorts(pod: PodView, set: ManifestSet, asked: readonly NodePort[]): NodePort[] {
  return pod.running
    .flatMap((container) => listListeners(container, pod, set))
    .filter(({ isLoopback, isOneAddress, isListed }) => isListed || !(isLoopback || isOneAddress))
    .filter((opened) => !asked.some((port) => toPortKey(port) === toPortKey(opened)))
    .map(({ number, protocol, at }) => ({ pod, at, number, protocol, address: '' }));
}

function toNodePort(pod: PodView, { field, protocol }: PortView, at: Field, number: number): NodePort {
  const address = field.at('hostIP').text ?? '';
  return { pod, at, number, protocol, address: address === '0.0.0.0' ? '' : address };
}

function checkTaken(ports: readonly NodePort[], set: ManifestSet): Problem[] {
  return ports.flatMap((port) => {
    const all = collectNodePorts(set).byKey.get(toPortKey(port))!;
    const other = all
      .slice(0, all.indexOf(port))
      .find((taken) => isRival(taken.pod.owner, port.pod.owner) && isOverlapping(taken, port));
    return other
      ? [{ at: port.at, message: `port ${port.number} of the node is that of ${toTitle(other, port)}, too` }]
      : [];
  });
}

function toTitle({ pod: { owner } }: NodePort, { pod }: NodePort): string {
  return owner.title === pod.owner.title ? `${owner.title} of namespace "${owner.namespace}"` : owner.title;
}

function toPortKey({ protocol, number }: Pick<NodePort, 'protocol' | 'number'>): string {
  return `${protocol} ${number}`;
}

/** Whether these are two workloads that are applied together, and whose pods run without end. */
function isRival(one: ObjectView, two: ObjectView): boolean {
  const isSame = one.kind === two.kind && one.name === two.name && one.namespace === two.namespace;
  return isAppliedTogether(one, two) && !isSame && !one.isJob && !two.isJob;
}

/** Two files of a folder may hold alternatives, though hardly two DaemonSets. */
function isAppliedTogether(one: ObjectView, two: ObjectView): boolean {
  return one.isInFileOf(two) || (one.kind === 'DaemonSet' && two.kind === 'DaemonSet' && one.isInFolderOf(two));
}

/** Whether two workloads take a port of the same nodes, as far as is known. */
function isOverlapping(a: NodePort, b: NodePort): boolean {
  const isSameAddress = a.address === b.address || a.address === '' || b.address === '';
  return isSameAddress && isOnSameNodes(a.pod, b.pod);
}

/** A new pod cannot come to the node of the old one. */
function checkRollout({ pod, number }: NodePort): Problem[] {
  const { owner } = pod;
  const isDaemonSet = owner.kind === 'DaemonSet';
  const strategy = owner.spec.at(isDaemonSet ? 'updateStrategy' : 'strategy', 'rollingUpdate');
  const [unavailable, surge] = [strategy.at('maxUnavailable'), strategy.at('maxSurge')];
  const isNone = /^0+%?$/.test(unavailable.scalar ?? '');
  const isSurging = isDaemonSet && surge.exists && !/^0+%?$/.test(surge.scalar ?? '');
  const at = isSurging ? surge : unavailable;
  const message = `each old pod keeps port ${number} of its node until a new one is ready, which needs the same`;
  const isStuck = isSurging || (owner.kind === 'Deployment' && isNone);
  return isStuck ? [{ at, message, fix: 'let an old pod go first: `maxUnavailable: 1` without `maxSurge`' }] : [];
}
