import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CaCertificates,
  FluentBit,
  FluentBitOutput,
  MultiContainerPod,
  NginxReverseProxy,
  type NginxReverseProxyProps,
  OAuth2Provider,
  OAuth2Proxy,
  PodRules,
  SidecarMode,
  WebServer,
} from '../../../src';
import {
  type ReverseProxyConfig,
  renderReverseProxy,
} from '../../../src/companions/ambassadors/nginx-reverse-proxy/config';
import { validateReverseProxy } from '../../../src/companions/ambassadors/nginx-reverse-proxy/validate';
import { parseDirectives } from '../../../src/rules/configs/nginx';
import { describeCompanion } from '../../contract';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../support';

describe('nginx reverse proxy', () => {
  const SECRET = kplus.Secret.fromSecretName(newChart(), 'certificate', 'shop-tls');
  const CA = CaCertificates.fromSecret({
    secret: kplus.Secret.fromSecretName(newChart(), 'ca', 'clients'),
    key: 'ca.crt',
  });
  const TLS = { secret: SECRET };

  describeCompanion('NginxReverseProxy', {
    make: () => new NginxReverseProxy({ tls: TLS, redirectPort: 8000 }),
    containers: ['nginx-proxy'],
    copy: {
      props: () => ({
        tls: { secret: SECRET, clientCa: CA },
        redirectPort: 8001,
        trustedProxies: ['10.0.0.0/8'],
        serverDirectives: 'gzip on;',
        envVariables: { TZ: kplus.EnvValue.fromValue('UTC') },
      }),
      from: (props) => new NginxReverseProxy(props),
    },
  });
  describeCompanion('NginxReverseProxy without TLS', {
    make: () => new NginxReverseProxy(),
    containers: ['nginx-proxy'],
  });

  /** A Deployment "shop/web" of the application "app" with a proxy. */
  function front(props: NginxReverseProxyProps = {}, sidecarMode?: SidecarMode) {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [APP] }), { sidecarMode });
    const proxy = new NginxReverseProxy(props);
    pod.add(proxy);
    const [{ data: files }] = manifests(chart, 'ConfigMap');
    return { chart, pod, proxy, files, nginx: container(chart, proxy.name) as any };
  }

  describe('nginx as a reverse proxy', () => {
    test('speaks HTTP, and forwards to the main container', () => {
      const { nginx, files, proxy } = front();
      expect(nginx.ports).toEqual([
        { containerPort: 8000, name: 'http-proxy' },
        { containerPort: 8082, name: 'nginx-health' },
      ]);
      expect([proxy.name, proxy.port]).toEqual(['nginx-proxy', 8000]);
      expect(files['nginx.conf']).toContain('server 127.0.0.1:8080;');
      expect(Object.keys(files)).toEqual(['nginx.conf']);
      expect(nginx.securityContext.runAsUser).toBe(101);
    });

    test('speaks HTTPS with the certificate of a Secret, which it only reads', () => {
      const { chart, nginx, proxy } = front({ tls: TLS });
      expect(proxy.port).toBe(8443);
      expect(nginx.ports[0]).toEqual({ containerPort: 8443, name: 'https' });
      expect(nginx.volumeMounts).toContainEqual({
        mountPath: '/etc/nginx/tls',
        name: 'nginx-proxy-tls',
        readOnly: true,
      });
      expect(podSpec(chart).volumes).toContainEqual({
        name: 'nginx-proxy-tls',
        secret: {
          secretName: 'shop-tls',
          items: [
            { key: 'tls.crt', path: 'tls.crt' },
            { key: 'tls.key', path: 'tls.key' },
          ],
        },
      });
    });

    test('loads renewed certificates, those of the authorities too', () => {
      expect(front({ tls: TLS }).files['reload-certificates.sh']).toContain(
        "FILES='/etc/nginx/tls/tls.crt /etc/nginx/tls/tls.key'\n",
      );
      const { files, nginx } = front({ tls: { ...TLS, clientCa: CA } });
      expect(files['reload-certificates.sh']).toContain(
        "FILES='/etc/nginx/tls/tls.crt /etc/nginx/tls/tls.key /etc/trusted-ca/clients/ca.crt'\n",
      );
      expect(files['nginx.conf']).toContain('ssl_client_certificate /etc/trusted-ca/clients/ca.crt;');
      expect(nginx.volumeMounts).toContainEqual(
        expect.objectContaining({
          mountPath: '/docker-entrypoint.d/90-reload-certificates.sh',
          subPath: 'reload-certificates.sh',
        }),
      );
    });

    test('takes all that it is told', () => {
      const { files, nginx } = front({
        tls: TLS,
        port: 9443,
        redirectPort: 9080,
        healthPort: 9082,
        upstreamPort: 9000,
        maxBodySize: Size.mebibytes(8),
        timeout: Duration.minutes(5),
        trustedProxies: ['10.0.0.0/8'],
        serverDirectives: 'gzip on;',
        flush: Duration.seconds(30),
      });
      for (const text of [
        'listen 9443 ssl;',
        'listen 9080;',
        'listen 9082;',
        'server 127.0.0.1:9000;',
        'client_max_body_size 8192k;',
        'proxy_read_timeout 300s;',
        'set_real_ip_from 10.0.0.0/8;',
        'gzip on;',
      ]) {
        expect(files['nginx.conf']).toContain(text);
      }
      expect(nginx.args).toEqual(['nginx', '-g', 'daemon off; worker_shutdown_timeout 30s;']);
      expect(nginx.ports.map(({ name }: any) => name)).toEqual(['https', 'http-redirect', 'nginx-health']);
    });

    test('keeps the pod from being ready, asked at a port that clients do not use', () => {
      const { nginx } = front({ tls: TLS });
      const httpGet = { path: '/healthz', port: 8082, scheme: 'HTTP' };
      expect([nginx.readinessProbe.httpGet, nginx.livenessProbe.httpGet]).toEqual([httpGet, httpGet]);
    });

    test.each([
      [10, 3],
      [60, 7],
    ])('may fail its liveness probes for longer than a flush of %d s', (seconds, failureThreshold) => {
      const { nginx } = front({ flush: Duration.seconds(seconds) });
      expect(nginx.livenessProbe).toMatchObject({ failureThreshold, periodSeconds: 10 });
    });

    test('outlives the main container, native and classic', () => {
      const { chart } = front({ flush: Duration.seconds(20) });
      expect(podSpec(chart).initContainers?.[0]).toMatchObject({ name: 'nginx-proxy', restartPolicy: 'Always' });
      expect(podSpec(chart).terminationGracePeriodSeconds).toBe(30 + 20 + 5);
      const { nginx } = front({}, SidecarMode.CLASSIC);
      expect(nginx.lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '32'] } } });
    });

    test('is what a Service leads to, and its redirect where that is bound too', () => {
      const { chart, pod } = front({ tls: TLS, redirectPort: 8000 });
      pod.expose({ port: 443 }).bind(80, { name: 'http', targetPort: 8000 });
      expect(manifests(chart, 'Service')[0].spec.ports).toEqual([
        { name: 'https', port: 443, targetPort: 8443 },
        { name: 'http', port: 80, targetPort: 8000 },
      ]);
      expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
    });

    test.each([SidecarMode.NATIVE, SidecarMode.CLASSIC])(
      'stands before nginx on loopback and its log agent, %s',
      (sidecarMode) => {
        const chart = newChart();
        const pod = MultiContainerPod.of(newDeployment(chart, { containers: [] }), { sidecarMode });
        const web = WebServer.nginx({ loopback: true });
        web.addTo(pod);
        pod.add(new NginxReverseProxy({ tls: TLS, trustedProxies: ['10.0.0.0/8'] }));
        pod.add(new FluentBit({ logs: web.logs[0], output: FluentBitOutput.stdout() }));
        pod.expose({ port: 443 });
        expect(manifests(chart, 'Service')[0].spec.ports).toEqual([{ name: 'https', port: 443, targetPort: 8443 }]);
        expect(PodRules.check(Testing.synth(chart)).findings).toEqual([]);
      },
    );

    test('fails beside another companion that receives the requests', () => {
      const { pod } = front();
      const oauth2 = new OAuth2Proxy({
        provider: OAuth2Provider.google(),
        clientId: 'shop',
        clientSecret: { secret: SECRET, key: 'client' },
        cookieSecret: { secret: SECRET, key: 'cookie' },
        emailDomains: ['example.com'],
      });
      expect(() => pod.add(oauth2)).toThrow(
        new Error(
          '[shop/web] requests enter the pod through port 8000/TCP of container "nginx-proxy" already, so they cannot enter through port 4180/TCP of container "oauth2-proxy"; add one of the two',
        ),
      );
    });

    describe('opens ports below 1024', () => {
      const LOW = { port: 443, redirectPort: 80, healthPort: 82 };
      const START = 'net.ipv4.ip_unprivileged_port_start';
      const start = (sysctls: kplus.Sysctl[] = []) => {
        const chart = newChart();
        const deployment = newDeployment(chart, { containers: [APP], securityContext: { sysctls } });
        MultiContainerPod.of(deployment).add(new NginxReverseProxy({ tls: TLS, ...LOW }));
        return chart;
      };

      test('where the pod says that everybody may', () => {
        const chart = start([{ name: START, value: '80' }]);
        expect(() => Testing.synth(chart)).not.toThrow();
        expect(container(chart, 'nginx-proxy').ports?.map(({ containerPort }) => containerPort)).toEqual([443, 80, 82]);
      });

      test.each(Object.entries(LOW))('and fails elsewhere with its `%s`', (prop, port) => {
        expect(() => Testing.synth(start())).toThrow(
          `[shop/web] \`${prop}\` of container "nginx-proxy" is ${port}, which no process opens without root; pass an integer from 1024 to 65535, or give the pod \`${START}\` "${port}" in \`securityContext.sysctls\` of the workload`,
        );
      });
    });

    test.each<[string, NginxReverseProxyProps, string]>([
      ['a port that is none', { port: 65536 }, '`port` 65536 is not a port number; pass an integer from 1 to 65535'],
      ['one port for two listeners', { port: 8082 }, '`port` and `healthPort` are both 8082; pass a port for each'],
      [
        'a redirect to HTTPS that it does not speak',
        { redirectPort: 8001 },
        '`redirectPort` 8001 would redirect to HTTPS, which takes `tls`; pass it too',
      ],
      [
        'a trusted proxy that is no address',
        { trustedProxies: ['10.0.0.0/8', 'ingress'] },
        '`trustedProxies` has "ingress", which is no IP address or CIDR; pass one such as 10.0.0.0/8',
      ],
      [
        'a credential in its directives',
        { serverDirectives: 'gzip on;\nproxy_set_header Authorization "Basic YTpi";' },
        '`serverDirectives` shows a credential in `proxy_set_header Authorization`, and everybody who may read ConfigMaps could read it; let the main container set it',
      ],
    ])('fails with %s', (_, props, message) => {
      expect(() => new NginxReverseProxy(props)).toThrow(new Error(`[NginxReverseProxy] ${message}`));
    });
  });
});

describe('config', () => {
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
    parseDirectives(renderReverseProxy({ ...CONFIG, ...config })).map(({ name, words }) => [name, ...words].join(' '));

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
      const written = directives().filter((directive) =>
        /^(pid|\w+_temp_path|access_log|error_log) \//.test(directive),
      );
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
});

test.each<[string, string | undefined]>([
  ['proxy_set_header Authorization "Basic YTpi";', 'proxy_set_header Authorization'],
  ['location /a {\n  proxy_set_header X-Api-Key abc;\n}', 'proxy_set_header X-Api-Key'],
  ["add_header Set-Cookie 'session=abc';", 'add_header Set-Cookie'],
  ['proxy_pass https://ann:abc@backend;', 'proxy_pass https://ann:abc@backend'],
  ['proxy_set_header Authorization $http_authorization;', undefined],
  ['proxy_set_header Authorization "Bearer $token";', undefined],
  ['proxy_set_header Authorization "";', undefined],
  ['# proxy_set_header Authorization abc;', undefined],
  ['add_header Strict-Transport-Security "max-age=63072000" always;', undefined],
  ['gzip on;', undefined],
  ['', undefined],
])('%p shows %p', (serverDirectives, shown) => {
  const problems = shown === undefined ? [] : [expect.stringContaining(`shows a credential in \`${shown}\`, and`)];
  expect(validateReverseProxy({ serverDirectives }, { port: 8000, healthPort: 8082 })).toEqual(problems);
});
