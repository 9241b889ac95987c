import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  LogFiles,
  LogRotation,
  WebServer,
  WebWithLogAgentDeployment,
} from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'shop');

const shop = new WebWithLogAgentDeployment(chart, 'shop', {
  replicas: 3,
  web: WebServer.of({
    image: 'acme/shop:1.4.2',
    port: 8080,
    user: 1000,
    writableDirectories: ['/tmp'],
    logs: LogFiles.inDirectory('/var/log/shop', { pattern: '*.log' }),
    rotation: LogRotation.byApplication(),
  }),
  logAgent: new FluentBit({
    output: FluentBitOutput.loki({ host: 'loki.logging', port: 3100, labels: { app: 'shop' } }),
  }),
});
shop.expose({ port: 80 });
shop.scaleOnCpu({ minReplicas: 3, maxReplicas: 30, averageUtilization: 60 });
shop.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.percent(50) });

app.synth();
