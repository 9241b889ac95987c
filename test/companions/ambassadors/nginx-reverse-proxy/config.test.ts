import {
  type ReverseProxyConfig,
  renderReverseProxy,
} from '../../../../src/companions/ambassadors/nginx-reverse-proxy/config';
import { directivesOf } from '../../../../src/rules/configs/nginx-text';

const CONFIG: ReverseProxyConfig = {
  port: 8000,
  healthPort: 8082,
  upstreamPort: 8080,
  maxBodyKibibytes: 1024,
  timeoutSeconds: 60,
  trustedProxies: [],
};
const TLS = { certificate: '/tls/tls.crt', key: '/tls/tls.key' };

/** The directives of the configuration, each as one text. */
const directives = (config: Partial<ReverseProxyConfig> = {}): string[] =>
  directivesOf(renderReverseProxy({ ...CONFIG, ...config })).map(({ name, words }) => [name, ...words].join(' '));

describe('the configuration of the proxy', () => {
  test('listens, forwards, and answers the kubelet', () => {
    expect(directives()).toEqual(
      expect.arrayContaining([
        'listen 8000',
        'proxy_pass http://app',
        'server 127.0.0.1:8080',
        'listen 8082',
        'location = /healthz',
        'client_max_body_size 1024k',
        'proxy_read_timeout 60s',
        'proxy_send_timeout 60s',
      ]),
    );
    expect(directives().filter((directive) => directive.startsWith('listen'))).toHaveLength(2);
  });

  test('writes below /tmp and to its standard streams alone', () => {
    const written = directives().filter((directive) => /^(pid|\w+_temp_path|access_log|error_log) \//.test(directive));
    expect(written.map((directive) => directive.split(' ')[1])).toEqual([
      '/tmp/nginx.pid',
      '/dev/stderr',
      '/tmp/client_body',
      '/tmp/proxy',
      '/tmp/fastcgi',
      '/tmp/uwsgi',
      '/tmp/scgi',
      '/dev/stdout',
    ]);
  });

  test('sets every header that could name another client', () => {
    const headers = directives().filter((directive) => directive.startsWith('proxy_set_header'));
    expect(headers.map((directive) => directive.split(' ')[1])).toEqual([
      'Host',
      'Upgrade',
      'Connection',
      'X-Real-IP',
      'X-Forwarded-For',
      'X-Forwarded-Host',
      'X-Forwarded-Proto',
      'Forwarded',
    ]);
    expect(headers).toContain('proxy_set_header X-Forwarded-For $remote_addr');
  });

  test('speaks TLS where it has a certificate', () => {
    expect(directives({ tls: TLS })).toEqual(
      expect.arrayContaining([
        'listen 8000 ssl',
        'http2 on',
        'ssl_certificate /tls/tls.crt',
        'ssl_certificate_key /tls/tls.key',
        'ssl_protocols TLSv1.2 TLSv1.3',
        'ssl_session_tickets off',
      ]),
    );
    expect(directives({ tls: TLS }).join('\n')).not.toContain('ssl_verify_client');
    expect(directives().join('\n')).not.toMatch(/ssl|http2/);
  });

  test('asks clients for a certificate', () => {
    expect(directives({ tls: { ...TLS, clientCa: '/ca/ca.crt' } })).toEqual(
      expect.arrayContaining(['ssl_client_certificate /ca/ca.crt', 'ssl_verify_client on']),
    );
  });

  test('redirects plain HTTP', () => {
    expect(directives({ tls: TLS, redirectPort: 8001 })).toEqual(
      expect.arrayContaining(['listen 8001', 'return 308 https://$host$request_uri']),
    );
  });

  test('believes the proxies in front that it is told to', () => {
    const trusting = directives({ trustedProxies: ['10.0.0.0/8', 'fd00::/8'] });
    expect(trusting).toEqual(
      expect.arrayContaining([
        'set_real_ip_from 10.0.0.0/8',
        'set_real_ip_from fd00::/8',
        'real_ip_recursive on',
        '10.0.0.0/8 1',
        'fd00::/8 1',
        'proxy_set_header X-Forwarded-Proto $forwarded_proto',
      ]),
    );
    expect(directives().join('\n')).not.toMatch(/real_ip|geo/);
  });

  test('has the directives of the user in its server, indented', () => {
    const text = renderReverseProxy({ ...CONFIG, serverDirectives: '\ngzip on;\nlocation /a {\n  return 404;\n}\n' });
    expect(text).toContain(
      '  server {\n    listen 8000;\n\n    gzip on;\n    location /a {\n      return 404;\n    }\n\n    location / {',
    );
  });
});
