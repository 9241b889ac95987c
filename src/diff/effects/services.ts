import type { ManifestSet } from '../../rules/model/manifest-set';
import type { ObjectView } from '../../rules/model/object-view';
import type { PodView } from '../../rules/model/pod-view';
import { Effect } from '../report';
import { findValue, isSame, listFieldSets } from '../stored/json';
import { toStored } from '../stored/stored-object';
import { type Change, type Explanation, touches, type World } from './change';
import { formatChange, formatValue, formatWord, joinWords } from './show';

/** The targets of the ports of a Service, each in words: `80 -> Deployment/web, container "app", port 8080`. */
export type Reach = ReadonlyMap<string, string>;

/** The way of the requests to a Service. */
export function explainService(change: Change, world: World): Explanation {
  const [was, is] = [findReach(change.old, world.before), findReach(change.next, world.after)];
  const routes = describeRoutes(was, is);
  const notes = listNotes(change);
  if (routes.length > 0) {
    return { effect: Effect.REROUTE, summary: describeReroute(was, is), reasons: routes, notes };
  }
  const isOtherType = touches(change, 'spec', 'type');
  const reasons = change.fields.filter(({ keys: [part] }) => part === 'spec').map(formatChange);
  return isOtherType
    ? { effect: Effect.REROUTE, summary: notes[0]!, notes: notes.slice(1) }
    : { effect: Effect.APPLY, summary: 'leads where it led; no pod is touched', reasons };
}

/** The same for a Service that stays as it is, where its pods are others: nothing if it leads where it led. */
export function explainUnchangedService(old: ObjectView, next: ObjectView, world: World): Explanation | undefined {
  const [was, is] = [findReach(old, world.before), findReach(next, world.after)];
  const reasons = describeRoutes(was, is);
  const summary = `${describeReroute(was, is)}, though it stays as it is`;
  return reasons.length === 0 ? undefined : { effect: Effect.REROUTE, summary, reasons };
}

function describeReroute(was: Reach, is: Reach): string {
  const isLost = [...was.keys()].some((port) => !isUnknown(was.get(port)) && isUnknown(is.get(port) ?? ''));
  return isLost ? 'leads to no pod of these manifests any more' : 'leads elsewhere';
}

const ELSEWHERE = ', which are not in these manifests';

function isUnknown(target = ''): boolean {
  return target.endsWith(ELSEWHERE);
}

function describeRoutes(was: Reach, is: Reach): string[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((port) => {
    const [old, next] = [was.get(port), is.get(port)];
    if (old === next) {
      return [];
    }
    if (next === undefined) {
      return [`port ${port} is gone; it led to ${old}`];
    }
    return [old === undefined ? `new port ${port}, which leads to ${next}` : `port ${port}: ${old} -> ${next}`];
  });
}

/** The targets of the ports of a Service in a set. */
export function findReach(service: ObjectView, set: ManifestSet): Reach {
  const spec = toStored(service).spec ?? {};
  const selector = service.spec.at('selector');
  if (spec.type === 'ExternalName') {
    return new Map([['(name)', `the host ${formatWord(spec.externalName)}`]]);
  }
  if (selector.names.length === 0) {
    return new Map();
  }
  const pods = set.listPodsWith(selector, service);
  const labels = selector.fields
    .map(({ name, text = '' }) => `${name}=${text}`)
    .sort()
    .join(',');
  return new Map(
    listFieldSets(spec.ports).map(({ port, targetPort, protocol }) => [
      `${formatWord(port)}${protocol === 'TCP' ? '' : `/${formatWord(protocol)}`}`,
      pods.length === 0
        ? `pods with ${labels}${ELSEWHERE}`
        : joinWords([...new Set(pods.map((pod) => describeTarget(pod, targetPort, protocol)))]),
    ]),
  );
}

function describeTarget(pod: PodView, target: unknown, protocol: string): string {
  const listed = pod.running.flatMap((container) =>
    container.ports.filter((port) => port.protocol === protocol).map((port) => ({ container, port })),
  );
  const found = listed.find(({ port }) => (typeof target === 'string' ? port.name === target : port.number === target));
  const { title } = pod.owner;
  if (!found) {
    return typeof target === 'string'
      ? `no port named "${target}" of ${title}`
      : `${title}, port ${formatWord(target)}`;
  }
  return `${title}, container "${found.container.name}", port ${found.port.number}`;
}

function listNotes(change: Change): string[] {
  const { before, after } = change;
  const [was, is] = [before, after].map((stored) => findValue(stored, 'spec', 'type'));
  const policies = ['externalTrafficPolicy', 'internalTrafficPolicy', 'sessionAffinity', 'publishNotReadyAddresses'];
  const other = change.fields.filter(
    ({ keys: [part, field = ''] }) => part === 'spec' && policies.includes(field) && was === is,
  );
  return [
    ...(isSame(was, is) ? [] : [describeTypes(was, is)]),
    ...(touches(change, 'spec', 'type') ? [] : other.map(formatChange)),
  ];
}

function describeTypes(was: unknown, is: unknown): string {
  const consequence =
    was === 'LoadBalancer'
      ? ': its load balancer and its address outside of the cluster go'
      : was === 'NodePort' && is === 'ClusterIP'
        ? ': its port on each node goes'
        : is === 'LoadBalancer'
          ? ': it gets a load balancer'
          : '';
  const [old, next] = [was, is].map((type) => (typeof type === 'string' ? type : formatValue(type)));
  return `${old} becomes ${next}${consequence}`;
}
