import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-34';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'ledger');

// A workload of another release of cdk8s-plus. From 31 on its StatefulSets render none of the volumes of their pods (cdk8s#2858);
// here they are.
const ledger = new kplus.StatefulSet(chart, 'ledger', {
  containers: [
    {
      name: 'ledger',
      image: 'registry.example.com/ledger:2.2.0',
      portNumber: 8080,
      securityContext: { user: 1000 },
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(200) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      volumeMounts: [
        {
          path: '/var/cache/ledger',
          volume: kplus.Volume.fromEmptyDir(chart, 'cache', 'cache', { sizeLimit: Size.mebibytes(64) }),
        },
      ],
    },
  ],
  securityContext: { fsGroup: 1000 },
});
MultiContainerPod.of(ledger).add(
  new FluentBit({
    logs: LogFiles.inDirectory('/var/log/ledger', { pattern: 'ledger.log' }),
    output: FluentBitOutput.loki({ host: 'loki.logging' }),
  }),
);

app.synth();
