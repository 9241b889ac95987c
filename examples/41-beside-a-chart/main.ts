import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import { FluentBit, FluentBitOutput, LogFiles, LogFormat, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'storefront');

// What the chart gives stays as it is; the agent reads the volume that apache mounts already.
const storefront = new Include(chart, 'storefront', { url: join(__dirname, 'chart.yaml') });
const pod = MultiContainerPod.find(storefront, 'Deployment/storefront');
pod.add(
  new FluentBit({
    logs: LogFiles.inDirectory('/var/log/apache2', { pattern: '*.log', format: LogFormat.json() }),
    output: FluentBitOutput.loki({ host: 'loki.logging' }),
  }),
);

app.synth();
