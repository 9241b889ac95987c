import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  NginxExporter,
  OAuth2Provider,
  OAuth2Proxy,
  WebServer,
  WebWithLogAgentDeployment,
} from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'wiki', { disableResourceNameHashes: true });

// A web server and its log agent. Only the containers of the pod reach the web server, and the page that tells how busy it is.
const wiki = new WebWithLogAgentDeployment(chart, 'wiki', {
  web: WebServer.nginx({ loopback: true, statusPort: 8082, content: { 'index.html': '<h1>wiki</h1>' } }),
  logAgent: new FluentBit({ output: FluentBitOutput.loki({ host: 'loki.logging' }) }),
});

// A metrics adapter, which Prometheus scrapes.
wiki.pod.add(new NginxExporter({ monitor: { labels: { release: 'prometheus' } } }));

// A proxy that asks for a login, through which requests enter.
const secret = kplus.Secret.fromSecretName(chart, 'login', 'wiki-login');
wiki.pod.add(
  new OAuth2Proxy({
    provider: OAuth2Provider.oidc({ issuerUrl: 'https://id.example.com' }),
    clientId: 'wiki',
    clientSecret: { secret, key: 'client-secret' },
    cookieSecret: { secret, key: 'cookie-secret' },
    emailDomains: ['example.com'],
    redirectUrl: 'https://wiki.example.com/oauth2/callback',
  }),
);

// Four containers, and still one Service to the right one, one autoscaler of the web server, one budget.
wiki.expose({ port: 80 });
wiki.scaleOnCpu({ minReplicas: 2, maxReplicas: 6, averageUtilization: 70 });
wiki.keepAvailable();

app.synth();
