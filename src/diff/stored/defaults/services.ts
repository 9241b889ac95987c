import { completeField, ensureFields, type Fields, findValue, listFieldSets } from '../json';

/** Seconds for which a client stays with a pod, three hours. */
const AFFINITY_SECONDS = 10_800;

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/apis/core/v1/defaults.go */
export function completeService(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  completeField(spec, 'type', 'ClusterIP');
  completeAffinity(spec);
  for (const port of listFieldSets(spec.ports)) {
    completeField(port, 'protocol', 'TCP');
    if ([undefined, '', 0].includes(port.targetPort)) {
      port.targetPort = port.port;
    }
  }
  if (isExternal(spec)) {
    completeField(spec, 'externalTrafficPolicy', 'Cluster');
  }
  if (spec.type !== 'ExternalName') {
    completeField(spec, 'internalTrafficPolicy', 'Cluster');
  }
  if (spec.type === 'LoadBalancer') {
    completeField(spec, 'allocateLoadBalancerNodePorts', true);
  }
  omitOthers(spec);
  completeAddress(spec);
}

/** Fields of another type go with it. */
function omitOthers(spec: Fields): void {
  const gone = [
    ...(isExternal(spec) ? [] : ['externalTrafficPolicy']),
    ...(spec.type === 'LoadBalancer' ? [] : ['allocateLoadBalancerNodePorts', 'loadBalancerClass']),
    ...(spec.type === 'ExternalName' ? ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'] : []),
  ];
  for (const name of gone) {
    delete spec[name];
  }
}

function completeAffinity(spec: Fields): void {
  completeField(spec, 'sessionAffinity', 'None');
  if (spec.sessionAffinity === 'None') {
    delete spec.sessionAffinityConfig;
  } else if (findValue(spec.sessionAffinityConfig, 'clientIP', 'timeoutSeconds') === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
  }
}

function isExternal({ type, externalIPs }: Fields): boolean {
  return type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && externalIPs !== undefined);
}

/** The first of the addresses is the address, and the other way round. */
function completeAddress(spec: Fields): void {
  const [first] = Array.isArray(spec.clusterIPs) ? spec.clusterIPs : [spec.clusterIP];
  if (first !== undefined) {
    completeField(spec, 'clusterIP', first);
    completeField(spec, 'clusterIPs', [spec.clusterIP]);
  }
}

/** Each port of a policy is one of TCP, and a policy is one for what it speaks of. */
export function completeNetworkPolicy(object: Fields): void {
  const spec = ensureFields(object, 'spec');
  for (const rule of [...listFieldSets(spec.ingress), ...listFieldSets(spec.egress)]) {
    for (const port of listFieldSets(rule.ports)) {
      completeField(port, 'protocol', 'TCP');
    }
  }
  completeField(spec, 'policyTypes', spec.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress']);
}
