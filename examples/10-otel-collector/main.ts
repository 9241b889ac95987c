import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogFormat, LogRotation, MultiContainerPod, OtelCollector, OtelExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

const deployment = new kplus.Deployment(chart, 'orders', {
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:3.1.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      ports: [{ number: 8080, name: 'http' }],
      securityContext: { user: 1000 },
      resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { limit: Size.mebibytes(512) } },
    },
  ],
});
const pod = MultiContainerPod.of(deployment);

// The application writes its log as JSON, and sends its traces and metrics to the collector on localhost.
const logs = LogFiles.inDirectory('/var/log/orders', {
  pattern: 'orders.log',
  format: LogFormat.json({ timeKey: 'time' }),
});
pod.logs.write(logs, { rotation: LogRotation.byApplication() });
pod.add(
  new OtelCollector({
    logs,
    otlp: {},
    exporter: OtelExporter.otlp({ endpoint: 'collector.observability:4317' }),
  }),
);

app.synth();
