import { isPort } from '../../private/ports';
import { type ConfiguredListener, toLiteralValue } from './config';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Whether a listener on this host is reached only from its own machine, here the pod. */
export function isLoopbackHost(host: string): boolean {
  return LOOPBACK.test(host);
}

/** The port behind an address such as `0.0.0.0:4317`, `:8888` or `[::]:80`, if that is literal. */
export function parseListeners(
  address: string | undefined,
  purpose: string,
  protocol: string = 'TCP',
): readonly ConfiguredListener[] {
  const match = /^(.*):(\d+)$/.exec(toLiteralValue(address) ?? '');
  return match ? toListeners(match[1]!, match[2], purpose, protocol) : [];
}

/** The same for a host and a port that stand apart. A host that is not known may be any. */
export function toListeners(
  host: string | undefined,
  port: string | undefined,
  purpose: string,
  protocol: string = 'TCP',
): readonly ConfiguredListener[] {
  const number = /^\d+$/.test(port ?? '') ? Number(port) : 0;
  return isPort(number) ? [{ number, protocol, isLoopback: isLoopbackHost(host ?? ''), purpose }] : [];
}
