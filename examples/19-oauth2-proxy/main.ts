import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, OAuth2Provider, OAuth2Proxy, WebServer } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'wiki', { disableResourceNameHashes: true });

const deployment = new kplus.Deployment(chart, 'wiki', { replicas: 2 });
const pod = MultiContainerPod.of(deployment);

// Nobody reaches nginx but through the proxy, which lets only users of one domain in.
WebServer.nginx({ loopback: true, logsToStdout: true, content: { 'index.html': '<h1>wiki</h1>' } }).addTo(pod);
const secret = kplus.Secret.fromSecretName(chart, 'login', 'wiki-login');
pod.add(
  new OAuth2Proxy({
    provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
    clientId: 'wiki',
    clientSecret: { secret, key: 'client-secret' },
    cookieSecret: { secret, key: 'cookie-secret' },
    emailDomains: ['example.com'],
    redirectUrl: 'https://wiki.example.com/oauth2/callback',
  }),
);
pod.expose({ port: 80 });

app.synth();
