import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { RunningContainerOptions } from '../pod/containers/container-options';
import { createError } from '../private/errors';
import { isNginxPath } from '../software/nginx';

type Health = Pick<RunningContainerOptions, 'startup' | 'readiness' | 'liveness'>;

/**
 * Probes of a server: over HTTP where a path tells its health, with three minutes to start. Otherwise it is ready while
 * its port is open, which says nothing of whether a server that hangs should be restarted.
 *
 * @param where whom errors name
 */
export function buildHealthProbes(where: Construct | string, port: number, path?: string): Health {
  const often = { port, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(2) };
  if (path === undefined) {
    return { readiness: kplus.Probe.fromTcpSocket(often) };
  }
  if (!isNginxPath(path)) {
    throw createError(
      where,
      `\`healthPath\` "${path}" is not a path; begin it with "/", and use no blanks, quotes or braces`,
    );
  }
  const atStart = { ...often, periodSeconds: Duration.seconds(2), failureThreshold: 90 };
  const seldom = { port, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(5) };
  return {
    startup: kplus.Probe.fromHttpGet(path, atStart),
    readiness: kplus.Probe.fromHttpGet(path, often),
    liveness: kplus.Probe.fromHttpGet(path, seldom),
  };
}
