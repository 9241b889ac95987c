import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Alloy, AlloyOutput, LogFiles, LogRotation, MultiContainerPod, Multiline } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

const orders = new kplus.Deployment(chart, 'orders', {
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:7.1.0',
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
const pod = MultiContainerPod.of(orders);

// Stack traces go with the line before them; a record begins with its date.
const logs = LogFiles.inDirectory('/var/log/orders', {
  pattern: 'orders.log',
  multiline: Multiline.startingWith('^\\d{4}-\\d{2}-\\d{2} '),
});
pod.logs.write(logs, { rotation: LogRotation.byApplication() });

const loki = kplus.Secret.fromSecretName(chart, 'loki', 'loki-writer');
pod.add(
  new Alloy({
    logs,
    output: AlloyOutput.loki({
      endpoint: 'http://loki.logging:3100',
      tenantId: 'orders',
      labels: { team: 'orders' },
      username: { secret: loki, key: 'user' },
      password: { secret: loki, key: 'password' },
    }),
  }),
);

app.synth();
