import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import type { Problem } from '../../rule';
import { listSecurityScopes } from './scopes';

/** Containers that are processes of a node of Windows: all of a pod, or none. */
export function checkHostProcesses(pod: PodView): Problem[] {
  const [whole, ...scopes] = listSecurityScopes(pod).map(({ context }) => context.at('windowsOptions', 'hostProcess'));
  const hosts = scopes.filter((at) => (at.exists ? at.isTrue : whole!.isTrue));
  return [
    ...scopes.flatMap((at) => checkAgreement(at, whole!)),
    ...(hosts.length > 0 ? checkHosts(hosts[0]!, hosts.length === scopes.length, pod.spec.at('hostNetwork')) : []),
  ];
}

function checkAgreement(at: Field, whole: Field): Problem[] {
  const message = `\`hostProcess\` is ${at.value}, and that of the pod is ${whole.value}`;
  return at.exists && whole.exists && at.value !== whole.value
    ? [{ at, message, fix: 'say it once, for the pod' }]
    : [];
}

function checkHosts(at: Field, isAll: boolean, network: Field): Problem[] {
  const fix = 'write `hostProcess: true` for the pod';
  const message = 'a container is a process of the node, and the pod has no `hostNetwork`';
  return [
    ...(isAll ? [] : [{ at, message: 'a container is a process of the node, and another is not', fix }]),
    ...(network.isTrue ? [] : [{ at: network, message, fix: 'write `hostNetwork: true`' }]),
  ];
}
