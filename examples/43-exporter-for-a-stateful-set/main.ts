import { join } from 'node:path';
import { App, Chart, Duration, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PostgresExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders-db');
const database = new Include(chart, 'orders-db', { url: join(__dirname, 'chart.yaml') });
const secret = kplus.Secret.fromSecretName(chart, 'exporter', 'orders-db-exporter');

// Metrics of a database that somebody else's chart runs. Its claims are none of our business.
MultiContainerPod.find(database, 'StatefulSet/orders-db').add(
  new PostgresExporter({
    username: { secret, key: 'username' },
    password: { secret, key: 'password' },
    monitor: { interval: Duration.seconds(30) },
  }),
);

app.synth();
