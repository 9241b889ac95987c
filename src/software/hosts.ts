import { isIP } from 'node:net';

/** A DNS name; Kubernetes and SRV records have "_", too. */
const NAME = /^(\w([\w-]*\w)?\.)*\w([\w-]*\w)?\.?$/;
const MAX_NAME = 253;

/** Whether this names a host: a DNS name or an address. */
export function isHost(host: string): boolean {
  return isIP(host) !== 0 || (host.length <= MAX_NAME && NAME.test(host));
}

/** Finds that the text that is to name a host does not. */
export function validateHost(host: string, whose = ''): string[] {
  return isHost(host)
    ? []
    : [`\`host\` "${host}"${whose} is no name or address of a host; pass one without port and path`];
}

/** Whether this is an address rather than a name. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0;
}

/** Whether this is an address, or a range of them in CIDR notation. */
export function isNetwork(text: string): boolean {
  const [, address = '', bits = '0'] = /^([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits) <= (version === 4 ? 32 : 128);
}

/** Host and port as one word. */
export function joinHostPort(host: string, port: number): string {
  return `${toUrlHost(host)}:${port}`;
}

/** The `Host` header of requests to a server: with its port, unless that is the usual one. */
export function toHostHeader(host: string, port: number, tls: boolean): string {
  return port === (tls ? 443 : 80) ? toUrlHost(host) : joinHostPort(host, port);
}

function toUrlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
