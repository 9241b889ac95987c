import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Envoy, EnvoyProtocol, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'checkout');

const deployment = new kplus.Deployment(chart, 'checkout', {
  containers: [
    {
      name: 'checkout',
      image: 'acme/checkout:3.1.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
    },
  ],
});
const envoy = new Envoy({
  upstreams: [
    {
      name: 'payments',
      host: 'api.payments.example.com',
      port: 443,
      localPort: 10001,
      tls: {},
      timeout: Duration.seconds(10),
      limits: { maxConnections: 50, maxPendingRequests: 20 },
    },
    { name: 'stock', host: 'stock.warehouse', port: 9000, localPort: 10002, protocol: EnvoyProtocol.HTTP2 },
  ],
});
MultiContainerPod.of(deployment).add(envoy);

app.synth();
