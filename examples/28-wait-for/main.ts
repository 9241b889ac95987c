import { App, Chart, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, WaitFor } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

const orders = new kplus.Deployment(chart, 'orders', {
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:1.9.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      securityContext: { user: 1000 },
    },
  ],
});
const pod = MultiContainerPod.of(orders);
pod.add(WaitFor.tcp({ host: 'queue.shop.svc', port: 5672, name: 'wait-for-queue' }));
pod.add(
  WaitFor.http({ url: 'http://stock.shop.svc:8080/healthz', name: 'wait-for-stock', timeout: Duration.minutes(2) }),
);

app.synth();
