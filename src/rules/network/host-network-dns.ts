import { Severity } from '../finding';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import { listFlags, listVariables, type Setting } from '../model/settings';
import type { Problem, Rule } from '../rule';

/** A name in the DNS of the cluster: `db.shop.svc`, with or without what follows. */
const CLUSTER_NAME = /(?<![\w.-])([a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+\.svc)(?=[.:/\s"',]|$)/;
/** The host of an address in a text. */
const URL_HOST = /\/\/(?:[^\s/@]*@)?([a-z0-9][a-z0-9-]*)(?=[:/\s"',]|$)/;
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
    .flatMap((container) => [...listFlags(container), ...listVariables(container)])
    .map((setting) => findClusterName(setting, pod, set))
    .find((name) => name !== undefined);
  const message = `the pod is in the network of its node and asks for "${found}", which only the DNS of the cluster knows`;
  return found === undefined ? [] : [{ at: pod.spec.at('dnsPolicy'), message }];
}

function findClusterName({ name, value }: Setting, { owner }: PodView, set: ManifestSet): string | undefined {
  if (NAMES.test(name)) {
    return undefined;
  }
  const full = CLUSTER_NAME.exec(value)?.[1];
  const short = URL_HOST.exec(value)?.[1];
  return full ?? (short !== undefined && set.find('Service', short, owner) ? short : undefined);
}
