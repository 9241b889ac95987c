import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import { listListeners } from '../model/listeners';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { type Dialled, type Handled, listProbes } from './shared/handlers';

const LOOPBACK = '(127\\.0\\.0\\.1|localhost|\\[::1\\])';
const LOOPBACK_HOST = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/;
/** An address to listen on: alone, or the value of a flag. */
const OWN_ADDRESS = new RegExp(`^(?:(-{1,2}[\\w.-]+)=)?(?:http://)?${LOOPBACK}:(\\d+)$`);
/** Flags that say on which address a program listens. */
const LISTEN_FLAG = /listen|bind|http.?addr|^-{1,2}(addr|address|http|web)$/i;

export const LOOPBACK_PROBE: Rule = {
  id: 'loopback-probe',
  severity: Severity.WARNING,
  catches:
    'A probe of a port that only the containers of the pod reach, or one that asks the node in place of the pod.',
  consequence: 'The kubelet asks from outside the pod, so the probe fails although the container works.',
  fix: 'let the container listen on "0.0.0.0", or probe it by a command',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#probe-check-methods',
  checkPod: (pod, set) => listProbes(pod).flatMap((probe) => checkProbeReach(probe, pod, set) ?? []),
};

function checkProbeReach(probe: Handled, pod: PodView, set: ManifestSet): Problem | undefined {
  const target = probe.dialled;
  if (!target) {
    return undefined;
  }
  return target.host.exists ? checkProbeHost(probe, target, pod) : checkLoopbackPort(probe, target, pod, set);
}

/** In the network of the node, its loopback is that of the pod. */
function checkProbeHost({ title }: Handled, { host }: Dialled, { spec }: PodView): Problem | undefined {
  const isOfNode = LOOPBACK_HOST.test(host.text ?? '') && !spec.at('hostNetwork').isTrue;
  const message = `${title} asks "${host.text}", which is the node and not the pod`;
  return isOfNode ? { at: host, message, fix: 'remove `host`' } : undefined;
}

function checkLoopbackPort(
  probe: Handled,
  { port, number }: Dialled,
  pod: PodView,
  set: ManifestSet,
): Problem | undefined {
  const { container } = probe;
  if (
    number === undefined ||
    !(listensOnLoopback(container, number) || isLoopbackListener(container, number, pod, set))
  ) {
    return undefined;
  }
  return { at: port, message: `${probe.title} asks port ${number}, which the container opens for the pod alone` };
}

function isLoopbackListener(container: ContainerView, number: number, pod: PodView, set: ManifestSet): boolean {
  return listListeners(container, pod, set).some((listener) => listener.number === number && listener.isLoopback);
}

/** Whether the command line says so, and nowhere that the port is open to others, too. */
function listensOnLoopback({ commandLine }: ContainerView, number: number): boolean {
  const isOpen = commandLine.some((word) => word.endsWith(`0.0.0.0:${number}`) || /(^|=):\d+$/.test(word));
  return !isOpen && commandLine.some((word, index) => isOwnAddress(word, commandLine[index - 1] ?? '', number));
}

function isOwnAddress(word: string, before: string, number: number): boolean {
  const [, flag = before, , port] = OWN_ADDRESS.exec(word) ?? [];
  return port === String(number) && LISTEN_FLAG.test(flag);
}
