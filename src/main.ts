import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  PodRules,
  WebServer,
  WebWithLogAgentDeployment,
  WebWithLogAgentPod,
} from './index';

const app = new App();
PodRules.recordConstructs(app);

// The smallest thing that works: nginx, and an agent that prints each request it reads from nginx's access log.
new WebWithLogAgentPod(new Chart(app, 'my-app'), 'my-app');

// The same two containers as a team would run them: several, reachable, scaled, kept up, their logs shipped to Loki.
const site = new WebWithLogAgentDeployment(new Chart(app, 'site'), 'site', {
  web: WebServer.nginx({ content: { 'index.html': '<!doctype html><title>Hello</title><p>Hello from a pod of two.' } }),
  logAgent: new FluentBit({ output: FluentBitOutput.loki({ host: 'loki.logging', labels: { app: 'site' } }) }),
});
site.expose({ port: 80, name: 'site' });
site.scaleOnCpu({ minReplicas: 2, maxReplicas: 10, averageUtilization: 60 });
site.keepAvailable({ maxUnavailable: kplus.PercentOrAbsolute.absolute(1) });

app.synth();
