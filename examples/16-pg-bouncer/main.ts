import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  MultiContainerPod,
  PgBouncer,
  PgBouncerAuthentication,
  PgBouncerCredentials,
  PgBouncerPoolMode,
  PgBouncerTlsMode,
} from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'shop');

const deployment = new kplus.Deployment(chart, 'shop', {
  containers: [
    {
      name: 'shop',
      image: 'acme/shop:1.4.2',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
      envVariables: { PGUSER: kplus.EnvValue.fromValue('shop'), PGDATABASE: kplus.EnvValue.fromValue('shop') },
    },
  ],
});

// Only the containers of the pod reach it, so they name a user and need no password: PgBouncer has it.
const secret = kplus.Secret.fromSecretName(chart, 'database', 'shop-database');
const pool = new PgBouncer({
  databases: [{ name: 'shop', host: 'postgres.databases' }],
  credentials: PgBouncerCredentials.ofUser('shop', { secret, key: 'password' }),
  authentication: PgBouncerAuthentication.TRUST,
  poolMode: PgBouncerPoolMode.TRANSACTION,
  poolSize: 5,
  tlsMode: PgBouncerTlsMode.REQUIRE,
});
MultiContainerPod.of(deployment).add(pool);

app.synth();
