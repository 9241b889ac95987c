import * as kplus from 'cdk8s-plus-28';
import {
  type ICompanion,
  LogFiles,
  LogRotation,
  NginxReverseProxy,
  OAuth2Provider,
  OAuth2Proxy,
  PreStopSleep,
  Sidecar,
  WebServer,
  WebWithAuthProxyDeployment,
} from '../../src';
import { describePattern } from '../pattern-contract';
import { container, manifests, newChart, podSpec } from '../support';

function oauth2Proxy(): OAuth2Proxy {
  const secret = kplus.Secret.fromSecretName(newChart(), 'secret', 'login');
  return new OAuth2Proxy({
    provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
    clientId: 'shop',
    clientSecret: { secret, key: 'client-secret' },
    cookieSecret: { secret, key: 'cookie-secret' },
    emailDomains: ['example.com'],
  });
}

describePattern('WebWithAuthProxyDeployment', {
  build: (scope, props) => new WebWithAuthProxyDeployment(scope, 'web', { authProxy: oauth2Proxy(), ...props }),
  prop: ['web', 'web server'],
  main: 'webserver',
  companions: ['oauth2-proxy'],
  parts: ['web', 'authProxy'],
  servedPort: 4180,
  servedName: 'oauth2-proxy',
  scales: true,
});

/** A Deployment "shop/web" of a web server behind a proxy. */
function protect(web?: WebServer, authProxy: ICompanion = oauth2Proxy()) {
  const chart = newChart();
  return { chart, pattern: new WebWithAuthProxyDeployment(chart, 'web', { web, authProxy }) };
}

const GRAFANA = { name: 'grafana', image: 'acme/grafana:12.0.0', user: 472, port: 3000 };

test('nobody reaches the web server but the proxy', () => {
  const { chart, pattern } = protect();
  pattern.expose({ port: 80 });
  expect(container(chart, 'webserver').ports).toEqual([{ containerPort: 8081, name: 'health' }]);
  expect(manifests(chart, 'ConfigMap')[0].data['default.conf']).toContain('listen 127.0.0.1:8080;');
  expect(container(chart, 'oauth2-proxy').args).toContain('--upstream=http://127.0.0.1:8080');
  expect(manifests(chart, 'Service').map(({ spec }) => spec.ports)).toEqual([
    [{ name: 'oauth2-proxy', port: 80, targetPort: 4180 }],
  ]);
});

test('the web server answers on while its endpoint is removed, and the proxy outlives it', () => {
  const { chart } = protect();
  expect(container(chart, 'webserver').lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '5'] } } });
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(5 + 25 + 5 + 5);
});

test('nginx prints its logs, which nobody in the pod ships', () => {
  const { chart, pattern } = protect();
  expect(pattern.web.logs).toEqual([]);
  expect(container(chart, 'webserver').volumeMounts?.map(({ mountPath }) => mountPath)).not.toContain('/var/log/nginx');
});

test('the web server may be one of your own that prints its logs', () => {
  const web = WebServer.of({ ...GRAFANA, loopback: true, healthPort: 3001, preStopSleep: PreStopSleep.ACTION });
  const { chart, pattern } = protect(web);
  expect(pattern.web).toBe(web);
  expect(container(chart, 'oauth2-proxy').args).toContain('--upstream=http://127.0.0.1:3000');
  expect(container(chart, 'grafana').ports).toEqual([{ containerPort: 3001, name: 'health' }]);
});

test('the proxy may be any through which requests enter', () => {
  const { chart, pattern } = protect(undefined, new NginxReverseProxy());
  pattern.expose();
  expect(manifests(chart, 'Service')[0].spec.ports).toEqual([
    expect.objectContaining({ name: 'http-proxy', targetPort: 8000 }),
  ]);
});

test('fails with a web server that other pods reach', () => {
  const LOGS = LogFiles.inDirectory('/var/log/grafana', { pattern: '*.log' });
  const web = WebServer.of({ ...GRAFANA, logs: LOGS, rotation: LogRotation.byApplication() });
  expect(() => protect(web)).toThrow(
    new Error(
      '[shop/web] web server "grafana" opens port 3000 to other pods, which get there past the proxy; let it listen on 127.0.0.1 and pass `loopback: true`',
    ),
  );
});

test('fails with a proxy through which no requests enter', () => {
  const ports = [{ number: 9000, name: 'metrics' }];
  const web = WebServer.of({ ...GRAFANA, ports, loopback: true, healthPort: 3001 });
  expect(() => protect(web, new Sidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 2000 }))).toThrow(
    new Error(
      '[shop/web] no requests enter the pod through `authProxy`; pass a proxy that says so with `pod.network.receiveThrough`',
    ),
  );
});
