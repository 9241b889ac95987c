import { NANOS_PER_UNIT } from '../private/quantities';
import type { ObjectView } from '../rules/model/object-view';
import { isDevice, isHugePages } from '../rules/resources/shared/amounts';
import { type Amounts, type Resources, sumAmounts, toMultiple } from './amounts';
import { listVolumeClaims } from './claims';
import type { PodBudget } from './pod-budget';

/** Names of quotas that count objects of a kind, beside `count/...`. */
const COUNTED_KINDS: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  Service: 'services',
  ReplicationController: 'replicationcontrollers',
  ResourceQuota: 'resourcequotas',
};

/** Quotas that nothing here can tell the usage of: what controllers make of other objects. */
const UNKNOWN =
  /^count\/(?:replicasets\.apps|controllerrevisions\.apps|endpointslices\..*|endpoints|events.*|leases\..*)$/;

/** The amounts that a pod counts as in a quota, by the names in `hard`. */
export function toPodUsage({ requests, limits }: Resources): Amounts {
  const entries: [string, bigint][] = [
    ['pods', NANOS_PER_UNIT],
    ['count/pods', NANOS_PER_UNIT],
  ];
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const [request, limit] = [requests.get(name), limits.get(name)];
    entries.push(
      ...(request === undefined
        ? []
        : ([
            [name, request],
            [`requests.${name}`, request],
          ] as [string, bigint][])),
    );
    entries.push(...(limit === undefined ? [] : ([[`limits.${name}`, limit]] as [string, bigint][])));
  }
  for (const [name, request] of requests) {
    entries.push(...(isHugePages(name) ? [[name, request] as [string, bigint]] : []));
    entries.push(...(isHugePages(name) || isDevice(name) ? [[`requests.${name}`, request] as [string, bigint]] : []));
  }
  return new Map(entries);
}

/** A moment for which pods are counted. */
export type Moment = 'least' | 'most' | 'rollout';
export const MOMENTS: readonly Moment[] = ['least', 'most', 'rollout'];

/** The amounts that pods count as in a quota, all together. */
export function sumPodUsage(pods: readonly PodBudget[], moment: Moment): Amounts {
  return sumAmounts(pods.map((pod) => toMultiple(toPodUsage(pod), BigInt(pod.count[moment]))));
}

/** The amounts that the objects of a namespace count as beside their pods: their numbers, claims and storage. */
export function sumObjectUsage(objects: readonly ObjectView[], pods: readonly PodBudget[], moment: Moment): Amounts {
  return sumAmounts([
    ...objects.map(toObjectUsage),
    ...listVolumeClaims(objects, pods, moment).map(({ usage, count }) => toMultiple(usage, BigInt(count))),
  ]);
}

/** Whether the usage under such a name of a quota is known from manifests. */
export function isKnownUsage(name: string): boolean {
  return !UNKNOWN.test(name);
}

function toObjectUsage(object: ObjectView): Amounts {
  const { kind, apiVersion } = object;
  if (kind === '' || kind === 'Pod' || kind === 'PersistentVolumeClaim') {
    return new Map();
  }
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const names = [`count/${toPlural(kind)}${group === '' ? '' : `.${group}`}`];
  const counted = group === '' ? COUNTED_KINDS[kind] : undefined;
  const entries = [...names, ...(counted ? [counted] : [])].map((name): [string, bigint] => [name, NANOS_PER_UNIT]);
  return new Map([...entries, ...(kind === 'Service' ? listServiceUsage(object) : [])]);
}

function listServiceUsage({ spec }: ObjectView): [string, bigint][] {
  const type = spec.at('type').text ?? 'ClusterIP';
  const hasNodePorts =
    type === 'NodePort' || (type === 'LoadBalancer' && !spec.at('allocateLoadBalancerNodePorts').isFalse);
  const ports = BigInt(spec.at('ports').items.length) * NANOS_PER_UNIT;
  return [
    ...(type === 'LoadBalancer' ? [['services.loadbalancers', NANOS_PER_UNIT] as [string, bigint]] : []),
    ...(hasNodePorts ? [['services.nodeports', ports] as [string, bigint]] : []),
  ];
}

/** The name of a kind in the paths of the API. */
function toPlural(kind: string): string {
  const name = kind.toLowerCase();
  return /(?:s|x|ch|sh)$/.test(name) ? `${name}es` : name.replace(/([^aeiou])y$/, '$1ie').concat('s');
}
