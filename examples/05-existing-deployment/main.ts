import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, LogFiles, LogFormat, MultiContainerPod, Multiline } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'api');

// A Deployment as it was before: its container already keeps its logs on a volume.
const logs = kplus.Volume.fromEmptyDir(chart, 'logs', 'logs');
const deployment = new kplus.Deployment(chart, 'api', {
  containers: [
    {
      name: 'api',
      image: 'acme/api:1.4.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
      volumeMounts: [{ path: '/var/log/api', volume: logs }],
    },
  ],
});

// The agent beside it: reads that volume, and sends to Elasticsearch with credentials from a Secret.
const secret = kplus.Secret.fromSecretName(chart, 'elastic', 'elastic-credentials');
const agent = new FluentBit({
  logs: LogFiles.inDirectory('/var/log/api', { pattern: 'app.log', multiline: Multiline.java() }),
  output: FluentBitOutput.elasticsearch({
    host: 'elastic.logging',
    index: 'api',
    tls: true,
    username: { secret, key: 'user' },
    password: { secret, key: 'password' },
  }),
});
agent.addLogs(
  LogFiles.inDirectory('/var/log/api', { pattern: 'audit.json', format: LogFormat.json({ timeKey: 'at' }) }),
);

const pod = MultiContainerPod.of(deployment);
pod.add(agent);
pod.expose({ port: 80, name: 'api' });

app.synth();
