import { groupBy } from '../../private/lists';
import { memoizeByObject } from '../../private/memo';
import { Severity } from '../finding';
import type { PortView } from '../model/container-view';
import type { Field } from '../model/field';
import type { ManifestSet } from '../model/manifest-set';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';

/** A port of the node, and the workload that takes it. */
interface NodePort {
  readonly pod: PodView;
  readonly at: Field;
  readonly number: number;
  readonly protocol: string;
  readonly address: string;
}

export const HOST_PORT_SHARED: Rule = {
  id: 'host-port-shared',
  severity: Severity.WARNING,
  catches:
    'A port of the node that two workloads take, or that the old and the new pod of a rollout take which lets no old one go first.',
  consequence: 'The second pod finds no node where the port is free, and stays Pending.',
  fix: 'take another `hostPort`, or give the workloads nodes of their own by `nodeSelector`',
  source: 'https://kubernetes.io/docs/concepts/configuration/overview/#services',
  checkPod: (pod, set) => {
    const ports = listNodePorts(pod);
    return ports.length === 0 ? [] : [...checkTaken(ports, set), ...checkRollout(ports[0]!)];
  },
};

/** The ports of the node that a pod takes: those that it asks for, or all in the network of the node. */
const listNodePorts = memoizeByObject((pod: PodView): readonly NodePort[] => {
  const isHost = pod.spec.at('hostNetwork').isTrue;
  return pod.running.flatMap(({ ports }) =>
    ports.flatMap((port) => {
      const at = port.field.at('hostPort');
      const number = at.number || (isHost ? port.number : undefined);
      return number ? [toNodePort(pod, port, at.exists ? at : port.field.at('containerPort'), number)] : [];
    }),
  );
});

function toNodePort(pod: PodView, { field, protocol }: PortView, at: Field, number: number): NodePort {
  const address = field.at('hostIP').text ?? '';
  return { pod, at, number, protocol, address: address === '0.0.0.0' ? '' : address };
}

function checkTaken(ports: readonly NodePort[], set: ManifestSet): Problem[] {
  return ports.flatMap((port) => {
    const all = collectNodePorts(set).get(toPortKey(port))!;
    const other = all
      .slice(0, all.indexOf(port))
      .find((taken) => isRival(taken.pod.owner, port.pod.owner) && isOverlapping(taken, port));
    const message = `port ${port.number} of the node is that of ${other?.pod.owner.title}, too`;
    return other ? [{ at: port.at, message }] : [];
  });
}

/** The ports of the node that all workloads take, in the order of the set. */
const collectNodePorts = memoizeByObject(
  ({ objects }: ManifestSet): ReadonlyMap<string, readonly NodePort[]> =>
    groupBy(
      objects.flatMap(({ pod, unfinished }) => (pod && unfinished === undefined ? listNodePorts(pod) : [])),
      toPortKey,
    ),
);

function toPortKey({ protocol, number }: NodePort): string {
  return `${protocol} ${number}`;
}

/** Whether these are two workloads that are applied together, and whose pods run without end. */
function isRival(one: ObjectView, two: ObjectView): boolean {
  return isAppliedTogether(one, two) && !(one.kind === two.kind && one.name === two.name) && !one.isJob && !two.isJob;
}

/** Two files of a folder may hold alternatives, though hardly two DaemonSets. */
function isAppliedTogether(one: ObjectView, two: ObjectView): boolean {
  return one.isInFileOf(two) || (one.kind === 'DaemonSet' && two.kind === 'DaemonSet' && one.isInFolderOf(two));
}

/** Whether two workloads take a port of the same nodes, as far as is known. */
function isOverlapping(a: NodePort, b: NodePort): boolean {
  const isSameAddress = a.address === b.address || a.address === '' || b.address === '';
  return isSameAddress && toNodes(a.pod) === toNodes(b.pod);
}

/** The nodes that a pod may come to, as a text that is the same for the same nodes. */
function toNodes({ spec }: PodView): string {
  return JSON.stringify([spec.at('nodeSelector').value, spec.at('affinity').value, spec.at('nodeName').value]);
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
