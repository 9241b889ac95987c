import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, OAuth2Provider, OAuth2Proxy } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'dashboard');
const dashboard = new Include(chart, 'dashboard', { url: join(__dirname, 'chart.yaml') });
const secret = kplus.Secret.fromSecretName(chart, 'login', 'dashboard-login');

// A login in front of the dashboard. The Service of the chart leads to it from now on, and its port for metrics stays.
const pod = MultiContainerPod.find(dashboard, 'Deployment/dashboard');
pod.add(
  new OAuth2Proxy({
    provider: OAuth2Provider.oidc({ issuerUrl: 'https://login.example.com' }),
    clientId: 'dashboard',
    clientSecret: { secret, key: 'client-secret' },
    cookieSecret: { secret, key: 'cookie-secret' },
    emailDomains: ['example.com'],
    upstreamPort: 3000,
  }),
);
pod.receiveFrom(dashboard, 'web');

app.synth();
