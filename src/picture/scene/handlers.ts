import type { Field } from '../../rules/model/field';
import { toElement } from './elements';
import type { HandlerScene } from './pod-scene';

const PERIOD_SECONDS = 10;
const FAILURES = 3;

/** The deed of a probe or hook: `GET :8080/healthz`, `connect :5432`, `sleep 5 s`. */
export function formatHandler(handler: Field): string {
  const [get, tcp, grpc, exec, sleep] = ['httpGet', 'tcpSocket', 'grpc', 'exec', 'sleep'].map((name) =>
    handler.at(name),
  );
  if (get!.exists) {
    const scheme = get!.at('scheme').text === 'HTTPS' ? 'https ' : '';
    return `GET ${scheme}${formatTarget(get!)}${get!.at('path').text ?? '/'}`;
  }
  if (tcp!.exists) {
    return `connect ${formatTarget(tcp!)}`;
  }
  if (grpc!.exists) {
    return `gRPC ${formatTarget(grpc!)}`;
  }
  return exec!.exists ? formatCommand(exec!.at('command').texts) : formatSleep(sleep!);
}

function formatTarget(dial: Field): string {
  return `${dial.at('host').text ?? ''}:${dial.at('port').scalar ?? '?'}`;
}

/** A command in one line. */
function formatCommand(words: readonly string[]): string {
  const line = words.join(' ').replace(/\s+/g, ' ').trim();
  return line === '' ? 'a command' : line;
}

function formatSleep(sleep: Field): string {
  const { number } = sleep.at('seconds');
  return number === undefined ? 'nothing' : `sleep ${number} s`;
}

/** Seconds within which a startup probe must pass before the container is restarted. */
export function readStartSeconds(probe: Field): number {
  const read = (name: string, otherwise: number) => probe.at(name).number ?? otherwise;
  return read('initialDelaySeconds', 0) + read('periodSeconds', PERIOD_SECONDS) * read('failureThreshold', FAILURES);
}

/** The probes of a container, in the order in which they count. */
export function listProbeScenes(container: Field, object: string): HandlerScene[] {
  return (['startup', 'readiness', 'liveness'] as const).flatMap((type) => {
    const probe = container.at(`${type}Probe`);
    return probe.exists ? [{ ...toElement(probe, object), type, text: formatHandler(probe) }] : [];
  });
}
