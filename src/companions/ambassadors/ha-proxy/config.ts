import { joinHostPort } from '../../../software/hosts';

/** A server behind a backend. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly addresses: number;
  readonly weight?: number;
  readonly backup: boolean;
}

/** A loopback port, and the servers behind it. */
export interface Backend {
  readonly name: string;
  readonly localPort: number;
  readonly isHttp: boolean;
  readonly balance: string;
  readonly servers: readonly Server[];
  readonly hostHeader?: string;
  readonly healthCheckPath?: string;
  readonly tls?: { readonly serverName?: string; readonly caFile: string };
  readonly connectSeconds: number;
  readonly idleSeconds: number;
}

/** The settings that all backends share. */
export interface Common {
  readonly healthPort: number;
  readonly healthPath: string;
  readonly stopSeconds: number;
  /** Of each backend. */
  readonly maxConnections: number;
  /** The number of backends. */
  readonly backends: number;
  readonly accessLog: boolean;
}

/** Connections that no backend can take from the health page. */
const HEALTH_CONNECTIONS = 20;

/** An outage of the DNS leaves servers as they are. */
const RESOLVERS = [
  'resolvers kubernetes',
  'parse-resolv-conf',
  'accepted_payload_size 8192',
  'hold valid 10s',
  ...['other', 'refused', 'timeout'].map((outage) => `hold ${outage} 1h`),
];

/** The names of sections that stand in this file already. */
export const OWN_SECTIONS = ['kubernetes', 'health'];

/**
 * The part of the configuration that every HAProxy of this library has: limits, logging, the resolvers of the pod, and a
 * health page on all interfaces. A name that is not known yet keeps nothing from starting.
 *
 * @see https://docs.haproxy.org/3.4/configuration.html
 */
export function renderCommon(common: Common): string {
  const { healthPort, healthPath, stopSeconds, maxConnections, backends, accessLog } = common;
  return joinSections([
    [
      'global',
      'log stdout format raw local0 info',
      `maxconn ${maxConnections * backends + HEALTH_CONNECTIONS}`,
      'nbthread 2',
      `hard-stop-after ${stopSeconds}s`,
    ],
    [
      'defaults',
      'log global',
      accessLog ? 'option dontlognull' : 'option dontlog-normal',
      `maxconn ${maxConnections}`,
      'option redispatch',
      'retries 2',
      'timeout connect 5s',
      'timeout client 60s',
      'timeout server 60s',
      'default-server init-addr none resolvers kubernetes',
    ],
    RESOLVERS,
    ['frontend health', `bind :${healthPort}`, 'mode http', 'no log', `monitor-uri ${healthPath}`],
  ]);
}

/** A section for each backend. */
export function renderBackends(backends: readonly Backend[]): string {
  return joinSections(backends.map(toBackendSection));
}

function toBackendSection(backend: Backend): string[] {
  const { name, localPort, isHttp, balance, servers, hostHeader, healthCheckPath, connectSeconds, idleSeconds } =
    backend;
  return [
    `listen ${name}`,
    `bind 127.0.0.1:${localPort}`,
    `mode ${isHttp ? 'http' : 'tcp'}`,
    `option ${isHttp ? 'httplog' : 'tcplog'}`,
    `balance ${balance}`,
    `timeout connect ${connectSeconds}s`,
    `timeout client ${idleSeconds}s`,
    `timeout server ${idleSeconds}s`,
    ...(hostHeader === undefined ? [] : [`http-request set-header Host ${hostHeader}`]),
    ...(healthCheckPath === undefined ? [] : toHealthCheckDirectives(healthCheckPath, hostHeader)),
    ...servers.map((server, index) => toServerLine(backend, server, `s${index + 1}`)),
  ];
}

function toHealthCheckDirectives(path: string, host: string | undefined): string[] {
  return ['option httpchk', `http-check send meth GET uri ${path}${host === undefined ? '' : ` hdr Host ${host}`}`];
}

function toServerLine({ tls }: Backend, { host, port, addresses, weight, backup }: Server, name: string): string {
  const peer = tls?.serverName ?? host;
  return [
    addresses > 1 ? `server-template ${name}- ${addresses}` : `server ${name}`,
    `${joinHostPort(host, port)} check`,
    ...(weight === undefined ? [] : [`weight ${weight}`]),
    ...(backup ? ['backup'] : []),
    ...(tls
      ? [`ssl verify required ca-file ${tls.caFile}`, `sni str(${peer}) check-sni ${peer} verifyhost ${peer}`]
      : []),
  ].join(' ');
}

function joinSections(list: readonly (readonly string[])[]): string {
  return list.map(([title, ...lines]) => [title, ...lines.map((line) => `  ${line}`), ''].join('\n')).join('\n');
}
