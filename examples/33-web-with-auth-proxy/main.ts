import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { OAuth2Provider, OAuth2Proxy, PreStopSleep, WebServer, WebWithAuthProxyDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'reports', { disableResourceNameHashes: true });

const secret = kplus.Secret.fromSecretName(chart, 'login', 'reports-login');
const reports = new WebWithAuthProxyDeployment(chart, 'reports', {
  // It listens on 127.0.0.1:8080, where only the proxy reaches it, and tells the kubelet on port 8081 that it is healthy.
  web: WebServer.of({
    name: 'reports',
    image: 'acme/reports:3.2.0',
    user: 1000,
    args: ['--listen=127.0.0.1:8080', '--health=:8081'],
    port: 8080,
    loopback: true,
    healthPort: 8081,
    healthPath: '/healthz',
    preStopSleep: PreStopSleep.ACTION,
  }),
  authProxy: new OAuth2Proxy({
    provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
    clientId: 'reports',
    clientSecret: { secret, key: 'client-secret' },
    cookieSecret: { secret, key: 'cookie-secret' },
    emailDomains: ['example.com'],
    redirectUrl: 'https://reports.example.com/oauth2/callback',
  }),
  replicas: 2,
});
reports.expose({ port: 80 });
reports.keepAvailable();

app.synth();
