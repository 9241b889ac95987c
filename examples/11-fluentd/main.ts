import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Fluentd, FluentdOutput, LogFiles, LogFormat, LogRotation, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'billing');

const billing = new kplus.Deployment(chart, 'billing', {
  containers: [
    {
      name: 'billing',
      image: 'acme/billing:2.3.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      portNumber: 8080,
      securityContext: { user: 1000 },
    },
  ],
});
const pod = MultiContainerPod.of(billing);

// The application writes JSON and rotates its files itself; a Fluentd of the cluster takes the records.
const logs = LogFiles.inDirectory('/var/log/billing', { pattern: '*.json', format: LogFormat.json({ timeKey: 'ts' }) });
pod.logs.write(logs, { rotation: LogRotation.byApplication() });
pod.add(
  new Fluentd({
    logs,
    output: FluentdOutput.forward({
      host: 'fluentd.logging',
      tls: true,
      sharedKey: { secret: kplus.Secret.fromSecretName(chart, 'forward', 'fluentd-forward'), key: 'shared-key' },
    }),
  }),
);

app.synth();
