import { memoize } from '../../../private/memo';
import { NGINX_PID_FILE, renderHealthServer, renderNginxBlock } from '../../../software/nginx';

/** The settings of the configuration of the proxy. */
export interface ReverseProxyConfig {
  readonly port: number;
  readonly healthPort: number;
  readonly redirectPort?: number;
  readonly upstreamPort: number;
  readonly tls?: { readonly certificate: string; readonly key: string; readonly clientCa?: string };
  readonly maxBodyKibibytes: number;
  readonly timeoutSeconds: number;
  readonly trustedProxies: readonly string[];
  readonly serverDirectives?: string;
}

/** Directories of temporary files, in a place where the image may write. */
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((use) => `${use}_temp_path /tmp/${use};`);

/**
 * The main configuration file of the proxy. Its directives stand as far out as they may, so that locations of the user
 * inherit them.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html
 */
export const renderReverseProxy = memoize((config: ReverseProxyConfig): string => {
  const { healthPort, redirectPort } = config;
  const redirect = redirectPort === undefined ? [] : [renderRedirectServer(redirectPort), ''];
  const http = [
    ...toGeneralDirectives(config),
    '',
    ...toForwardingDirectives(config),
    '',
    ...toTrustDirectives(config.trustedProxies),
    renderNginxBlock('upstream app', [`server 127.0.0.1:${config.upstreamPort};`, 'keepalive 16;']),
    '',
    renderProxyServer(config),
    '',
    ...redirect,
    "# For the kubelet's probes.",
    renderHealthServer(healthPort, '/healthz').trimEnd(),
  ];
  const main = ['worker_processes 2;', `pid ${NGINX_PID_FILE};`, 'error_log /dev/stderr warn;', ''];
  return `${[...main, renderNginxBlock('events', ['worker_connections 1024;']), '', renderNginxBlock('http', http)].join('\n')}\n`;
});

function toGeneralDirectives({ maxBodyKibibytes }: ReverseProxyConfig): string[] {
  return [...TEMPORARY, 'access_log /dev/stdout;', 'server_tokens off;', `client_max_body_size ${maxBodyKibibytes}k;`];
}

/** The headers say what the proxy knows itself, whatever a client sent. */
function toForwardingDirectives({ timeoutSeconds, trustedProxies }: ReverseProxyConfig): string[] {
  const scheme = trustedProxies.length > 0 ? '$forwarded_proto' : '$scheme';
  return [
    renderNginxBlock('map $http_upgrade $connection_header', ['default upgrade;', '"" "";']),
    'proxy_http_version 1.1;',
    'proxy_set_header Host $http_host;',
    'proxy_set_header Upgrade $http_upgrade;',
    'proxy_set_header Connection $connection_header;',
    'proxy_set_header X-Real-IP $remote_addr;',
    'proxy_set_header X-Forwarded-For $remote_addr;',
    'proxy_set_header X-Forwarded-Host $http_host;',
    `proxy_set_header X-Forwarded-Proto ${scheme};`,
    'proxy_set_header Forwarded "";',
    `proxy_read_timeout ${timeoutSeconds}s;`,
    `proxy_send_timeout ${timeoutSeconds}s;`,
  ];
}

/** The client is who the proxies in front say it is, as long as they say it. */
function toTrustDirectives(proxies: readonly string[]): string[] {
  return proxies.length === 0
    ? []
    : [
        ...proxies.map((proxy) => `set_real_ip_from ${proxy};`),
        'real_ip_header X-Forwarded-For;',
        'real_ip_recursive on;',
        renderNginxBlock('geo $realip_remote_addr $is_trusted', [
          'default 0;',
          ...proxies.map((proxy) => `${proxy} 1;`),
        ]),
        renderNginxBlock('map $is_trusted:$http_x_forwarded_proto $forwarded_proto', [
          'default $scheme;',
          '1:http http;',
          '1:https https;',
        ]),
        '',
      ];
}

function renderProxyServer({ port, tls, serverDirectives }: ReverseProxyConfig): string {
  const listen = tls ? [`listen ${port} ssl;`, 'http2 on;', ...toTlsDirectives(tls)] : [`listen ${port};`];
  return renderNginxBlock('server', [
    ...listen,
    ...(serverDirectives === undefined ? [] : ['', serverDirectives.trim()]),
    '',
    renderNginxBlock('location /', ['proxy_pass http://app;']),
  ]);
}

/**
 * TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only.
 *
 * @see https://wiki.mozilla.org/Security/Server_Side_TLS
 */
function toTlsDirectives({ certificate, key, clientCa }: NonNullable<ReverseProxyConfig['tls']>): string[] {
  return [
    `ssl_certificate ${certificate};`,
    `ssl_certificate_key ${key};`,
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;',
    'ssl_session_cache shared:tls:1m;',
    'ssl_session_timeout 1d;',
    'ssl_session_tickets off;',
    ...(clientCa === undefined ? [] : [`ssl_client_certificate ${clientCa};`, 'ssl_verify_client on;']),
  ];
}

/** 308 keeps the method and the body of the request. */
function renderRedirectServer(port: number): string {
  return renderNginxBlock('server', [`listen ${port};`, 'return 308 https://$host$request_uri;']);
}
