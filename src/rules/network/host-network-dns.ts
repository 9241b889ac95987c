import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import { listGivenVariables } from '../model/given-variables';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { listFlags } from '../model/settings';
import type { Problem, Rule } from '../rule';
import { listNamedHosts } from './shared/named-hosts';

/** A name in the DNS of the cluster: `db.shop.svc`, with or without what follows. */
const CLUSTER_NAME = /(?<![\w.-])([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+\.svc)(?=[.:/\s"',]|$)/;
/** Settings that name others without looking for them. */
const NAMES =
  /issuer|audience|cert|san|dns|server.?name|host.?name|no.?proxy|allow|exclu|ignore|domain|origin|cors|advertis|external|webhook/;

export const HOST_NETWORK_DNS: Rule = {
  id: 'host-network-dns',
  severity: Severity.WARNING,
  catches:
    'A pod in the network of the node that asks for names of the cluster without `dnsPolicy: ClusterFirstWithHostNet`.',
  consequence: 'The pod asks the name servers of the node, which do not know the Services of the cluster.',
  fix: 'set `dnsPolicy: ClusterFirstWithHostNet`',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy',
  checkPod: (pod, set) => {
    const policy = pod.spec.at('dnsPolicy');
    return pod.spec.at('hostNetwork').isTrue && (policy.text ?? 'ClusterFirst') === 'ClusterFirst' && !pod.isWindows
      ? checkNames(pod, set)
      : [];
  },
};

function checkNames(pod: PodView, set: ManifestSet): Problem[] {
  const found = pod.all
    .map((container) => findFullName(container, pod, set) ?? findShortName(container, pod, set))
    .find((name) => name !== undefined);
  const message = `the pod is in the network of its node and asks for "${found}", which only the DNS of the cluster knows`;
  return found === undefined ? [] : [{ at: pod.spec.at('dnsPolicy'), message }];
}

function findFullName(container: ContainerView, pod: PodView, set: ManifestSet): string | undefined {
  const settings = [...listFlags(container), ...listGivenVariables(container, pod, set)];
  return settings
    .filter(({ name }) => !NAMES.test(name))
    .map(({ value }) => CLUSTER_NAME.exec(value)?.[1])
    .find((name) => name !== undefined);
}

/** The name of a Service of the set, with one of its ports where a port stands beside it. */
function findShortName(container: ContainerView, pod: PodView, set: ManifestSet): string | undefined {
  const hosts = listNamedHosts(container, pod, set).filter(({ name }) => !NAMES.test(name));
  return hosts.find(({ host, port }) => {
    const service = set.find('Service', host, pod.owner);
    const ports = service?.spec.at('ports').items ?? [];
    return service && (port === undefined || ports.some((item) => item.at('port').number === port));
  })?.host;
}
