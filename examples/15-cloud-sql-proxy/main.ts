import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CloudSqlEngine, CloudSqlNetwork, CloudSqlProxy, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

// Google's IAM knows the pod by its ServiceAccount, and the database knows that account: no password is needed.
const serviceAccount = new kplus.ServiceAccount(chart, 'identity', { metadata: { name: 'orders' } });
const deployment = new kplus.Deployment(chart, 'orders', {
  serviceAccount,
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:2.3.0',
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
const proxy = new CloudSqlProxy({
  instances: [
    {
      connectionName: 'acme-prod:europe-west1:orders',
      engine: CloudSqlEngine.POSTGRESQL,
      network: CloudSqlNetwork.PRIVATE_IP,
      autoIamAuthn: true,
    },
  ],
});
const pod = MultiContainerPod.of(deployment);
pod.add(proxy);
pod.expose({ port: 80, name: 'orders' });

app.synth();
