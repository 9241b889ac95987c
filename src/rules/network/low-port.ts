import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { PodView } from '../model/pod-view';
import type { Rule } from '../rule';

/** The first port that every user may open. */
const FIRST_FREE = 1024;
const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';
const CAPABILITIES = new Set(['NET_BIND_SERVICE', 'CAP_NET_BIND_SERVICE', 'ALL']);

export const LOW_PORT: Rule = {
  id: 'low-port',
  severity: Severity.WARNING,
  catches: `A port below ${FIRST_FREE} of a container that does not run as root.`,
  consequence:
    'Nodes whose container runtime keeps such ports for root, as containerd before 2.0 does, let the container crash.',
  fix: `listen on a port from ${FIRST_FREE} up, or set the sysctl \`${SYSCTL}\` of the pod to "0"`,
  source: 'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/#safe-and-unsafe-sysctls',
  checkPod: (pod) => {
    const low = pod.running.filter(({ ports }) => ports.some(({ number }) => isLow(number)));
    return low.length === 0 || usesNodeSettings(pod)
      ? []
      : low
          .filter((container) => isUnprivileged(container, pod))
          .flatMap((container) => checkLowPorts(container, findFirstFreePort(pod)));
  },
};

function isLow(number: number | undefined, limit = FIRST_FREE): boolean {
  return number !== undefined && number > 0 && number < limit;
}

/** Whether the settings of the node count, or there is no root. */
function usesNodeSettings({ spec, isWindows }: PodView): boolean {
  return isWindows || spec.at('hostNetwork').isTrue;
}

/** Whether a container surely lacks the right: with the capability it depends on its image. */
function isUnprivileged(container: ContainerView, { spec }: PodView): boolean {
  const setting = (name: string) => {
    const ofContainer = container.getSecuritySetting(name);
    return ofContainer.exists ? ofContainer : spec.at('securityContext', name);
  };
  const user = setting('runAsUser').number;
  const isNonRoot = user === undefined ? setting('runAsNonRoot').isTrue : user > 0;
  const mayBind =
    container.getSecuritySetting('privileged').isTrue ||
    container.getSecuritySetting('capabilities', 'add').texts.some((name) => CAPABILITIES.has(name));
  return isNonRoot && !mayBind;
}

/** The first port that every user of the pod may open. */
function findFirstFreePort({ spec }: PodView): number {
  const sysctl = spec
    .at('securityContext', 'sysctls')
    .items.find((item) => item.at('name').text?.replace(/\//g, '.') === SYSCTL);
  const value = Number.parseInt(sysctl?.at('value').scalar ?? '', 10);
  return Number.isNaN(value) ? FIRST_FREE : value;
}

function checkLowPorts({ name, ports }: ContainerView, limit: number) {
  return ports
    .filter(({ number }) => isLow(number, Math.min(limit, FIRST_FREE)))
    .map(({ field, number }) => ({
      at: field.at('containerPort'),
      message: `container "${name}" does not run as root, but listens on port ${number}`,
    }));
}
