import type { Container } from './manifest';

/**
 * The port that a probe dials by mistake: where a probe names no port, cdk8s-plus writes 80. Undefined where all probes
 * dial a port that the container lists, or where it lists none.
 */
export function unlistedProbePort(container: Container): number | string | undefined {
  const listed = (container.ports ?? []).flatMap(({ containerPort, name }) => [containerPort, name]);
  const dialled = [container.startupProbe, container.livenessProbe, container.readinessProbe]
    .map((probe) => probe?.httpGet?.port ?? probe?.tcpSocket?.port)
    .filter((port) => port !== undefined);
  return listed.length > 0 ? dialled.find((port) => !listed.includes(port)) : undefined;
}
