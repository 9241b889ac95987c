import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, RunFirst } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'shop');
const database = kplus.Secret.fromSecretName(chart, 'database', 'shop-database');

const shop = new kplus.Deployment(chart, 'shop', {
  containers: [
    {
      name: 'shop',
      image: 'acme/shop:1.4.2',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      securityContext: { user: 1000 },
      envVariables: { DATABASE_URL: kplus.EnvValue.fromSecretValue({ secret: database, key: 'url' }) },
    },
  ],
});
// Runs in each pod before the shop, with its image, user and environment. The tool takes a lock in the database.
MultiContainerPod.of(shop).add(RunFirst.ofMain({ name: 'migrate', command: ['bin/shop', 'migrate'] }));

app.synth();
