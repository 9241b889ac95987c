import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { RunningContainerOptions } from '../pod/containers/container-options';
import { isNginxPath } from '../software/nginx';

/**
 * Probes of a server: over HTTP where a path tells its health, with three minutes to start. Otherwise it is ready while
 * its port is open, which says nothing of whether a server that hangs should be restarted.
 */
export function buildHealthProbes(
  port: number,
  path?: string,
): Pick<RunningContainerOptions, 'startup' | 'readiness' | 'liveness'> {
  const often = { port, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(2) };
  if (path === undefined) {
    return { readiness: kplus.Probe.fromTcpSocket(often) };
  }
  const atStart = { ...often, periodSeconds: Duration.seconds(2), failureThreshold: 90 };
  const seldom = { port, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) };
  return {
    startup: kplus.Probe.fromHttpGet(path, atStart),
    readiness: kplus.Probe.fromHttpGet(path, often),
    liveness: kplus.Probe.fromHttpGet(path, seldom),
  };
}

/** What is wrong with a health path, where there is one. */
export function validateHealthPath(path: string | undefined): string[] {
  return path === undefined || isNginxPath(path)
    ? []
    : [`\`healthPath\` "${path}" is not a path; begin it with "/", and use no blanks, quotes or braces`];
}
