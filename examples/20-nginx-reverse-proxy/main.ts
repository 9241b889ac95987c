import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, NginxReverseProxy, PreStopSleep } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'upload', { disableResourceNameHashes: true });

// An application that exists, and knows nothing of TLS.
const deployment = new kplus.Deployment(chart, 'upload', {
  replicas: 2,
  containers: [
    {
      image: 'acme/upload:2.1.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      name: 'app',
      portNumber: 8080,
      securityContext: { user: 1000 },
    },
  ],
});

const pod = MultiContainerPod.of(deployment);
pod.add(
  new NginxReverseProxy({
    tls: { secret: kplus.Secret.fromSecretName(chart, 'certificate', 'upload-tls') },
    redirectPort: 8000,
    maxBodySize: Size.mebibytes(64),
  }),
);
// It answers on while the endpoint is being removed.
pod.lifecycle.waitBeforeStop('app', Duration.seconds(5), PreStopSleep.ACTION);
pod.expose({ port: 443 }).bind(80, { name: 'http', targetPort: 8000 });

app.synth();
