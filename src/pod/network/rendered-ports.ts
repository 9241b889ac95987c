import * as kplus from 'cdk8s-plus-28';
import type { Container, Probe } from '../manifest/pod-template';
import type { Listener } from './listener';

/** Whether a probe of a rendered container asks at this port. */
export function dialsPort({ startupProbe, readinessProbe, livenessProbe }: Container, port: number): boolean {
  const dialled = (probe?: Probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  return [startupProbe, readinessProbe, livenessProbe].some((probe) => dialled(probe) === port);
}

/** Lists in a rendered container the ports that it was said to open to all. */
export function addClaimedPorts(container: Container, claims: readonly Listener[]): void {
  const listed = [...(container.ports ?? [])];
  const known = new Map(listed.map((port) => [`${port.containerPort}/${port.protocol ?? 'TCP'}`, port]));
  for (const { port, protocol, name, hostPort, hostIp: hostIP } of claims.filter(({ loopback }) => !loopback)) {
    const key = `${port}/${protocol}`;
    const present = known.get(key);
    if (present) {
      present.name ??= name;
    } else {
      const unusual = protocol === kplus.Protocol.TCP ? undefined : protocol;
      const added = { containerPort: port, name, protocol: unusual, hostPort, hostIP };
      known.set(key, added);
      listed.push(added);
    }
  }
  container.ports = listed.length > 0 ? listed : undefined;
}
