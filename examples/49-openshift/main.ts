import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod, Platform, PodDefaults } from 'cdk8s-pod-patterns';

const app = new App();
PodDefaults.of(app).add({
  platform: Platform.openShift(),
  annotations: { 'cdk8s-pod-patterns/ignore': 'nonroot-image: OpenShift gives each project a range of users' },
});

const chart = new Chart(app, 'report');
const deployment = new kplus.Deployment(chart, 'report', {
  containers: [{ name: 'report', image: 'acme/report:3.1.0', portNumber: 8080 }],
});
MultiContainerPod.of(deployment).add(
  new FluentBit({
    logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
    output: FluentBitOutput.stdout(),
  }),
);

app.synth();
