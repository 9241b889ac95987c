import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { RunningContainerOptions } from '../pod/container-options';

/**
 * Probes of a web server: over HTTP where a path tells its health. Otherwise it is ready while its port is open, which
 * says nothing of whether a server that hangs should be restarted.
 */
export function healthProbes(port: number, path?: string): Pick<RunningContainerOptions, 'readiness' | 'liveness'> {
  const often = { port, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(2) };
  if (path === undefined) {
    return { readiness: kplus.Probe.fromTcpSocket(often) };
  }
  const seldom = { port, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) };
  return { readiness: kplus.Probe.fromHttpGet(path, often), liveness: kplus.Probe.fromHttpGet(path, seldom) };
}
