import { Protocol } from 'cdk8s-plus-28';
import type { MultiContainerPod } from '../../pod/multi-container-pod';
import type { Endpoint } from '../../pod/network/endpoint';
import { createError, describeChoices } from '../../private/errors';
import type { RunningCompanionOptions } from './companion-options';

/** Options that all proxies that receive the requests of a pod have in common. */
export interface InboundProxyOptions extends RunningCompanionOptions {
  /**
   * Port it receives requests on. One below 1024 takes `net.ipv4.ip_unprivileged_port_start` in `securityContext.sysctls`
   * of the workload.
   *
   * @default - the port that the companion's own description gives
   */
  readonly port?: number;

  /**
   * Port of the main container that it forwards requests to, on 127.0.0.1. One that the container does not list is listed
   * from then on.
   *
   * @default - the one port of the main container, or that of its ports which is named "http"
   */
  readonly upstreamPort?: number;
}

/**
 * The listener to which a proxy forwards the requests that it receives.
 *
 * @throws where the main container has no port, or several of which none is meant
 */
export function resolveUpstream(pod: MultiContainerPod, port?: number): Endpoint {
  const container = pod.main.name;
  const known = pod.network.endpoints.filter(
    (endpoint) => endpoint.container === container && endpoint.protocol === Protocol.TCP,
  );
  if (port !== undefined) {
    return known.find((endpoint) => endpoint.port === port) ?? pod.network.claim({ container, port, exposed: false });
  }
  if (known.length === 0) {
    throw createError(
      pod.workload,
      `container "${container}" lists no port that requests could go to; declare it in its \`ports\`, or pass \`upstreamPort\``,
    );
  }
  const upstream = known.length === 1 ? known[0] : known.find(({ name }) => name === 'http');
  if (!upstream) {
    const ports = known.map((endpoint) => endpoint.name ?? String(endpoint.port));
    throw createError(
      pod.workload,
      `requests could go to any port of container "${container}"; pass one as \`upstreamPort\`, or name it "http"${describeChoices('ports', ports)}`,
    );
  }
  return upstream;
}
