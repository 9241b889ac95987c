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
} from '../../../../src/index';
import { describeCompanion } from '../../../contract';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../../support';

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
    expect(nginx.volumeMounts).toContainEqual({ mountPath: '/etc/nginx/tls', name: 'nginx-proxy-tls', readOnly: true });
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
      web.bind(pod);
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

  test.each<[string, NginxReverseProxyProps, string]>([
    [
      'a port of root',
      { port: 443 },
      '`port` is 443, which no process opens without root; pass an integer from 1024 to 65535',
    ],
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
