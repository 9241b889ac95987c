import { App, Chart, Cron, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'report');

const job = new kplus.CronJob(chart, 'report', {
  schedule: Cron.daily(),
  containers: [
    {
      name: 'report',
      image: 'acme/report:2.0.1',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      securityContext: { user: 1000 },
    },
  ],
});
const pod = MultiContainerPod.of(job);
pod.add(
  new FluentBit({
    logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
    output: FluentBitOutput.stdout(),
  }),
);
const cache = pod.storage.share('cache', { sizeLimit: Size.mebibytes(64) });
cache.writtenBy('report', '/var/cache/report');
const admin = pod.network.claim({ container: 'report', port: 9000, name: 'admin', loopback: true });
admin.url; // http://127.0.0.1:9000

app.synth();
