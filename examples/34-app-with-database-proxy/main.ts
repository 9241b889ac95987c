import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  AppWithDatabaseProxyDeployment,
  CloudSqlEngine,
  CloudSqlNetwork,
  CloudSqlProxy,
  PreStopSleep,
} from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders', { disableResourceNameHashes: true });

// The application finds the database at PGHOST and PGPORT. Google's IAM knows the pod by its ServiceAccount, and the
// database knows that account: no password is needed.
const orders = new AppWithDatabaseProxyDeployment(chart, 'orders', {
  app: {
    name: 'orders',
    image: 'acme/orders:2.3.0',
    user: 1000,
    port: 8080,
    healthPath: '/healthz',
    preStopSleep: PreStopSleep.ACTION,
    envVariables: {
      PGUSER: kplus.EnvValue.fromValue('orders@acme-prod.iam'),
      PGDATABASE: kplus.EnvValue.fromValue('orders'),
    },
  },
  databaseProxy: new CloudSqlProxy({
    instances: [
      {
        connectionName: 'acme-prod:europe-west1:orders',
        engine: CloudSqlEngine.POSTGRESQL,
        network: CloudSqlNetwork.PRIVATE_IP,
        autoIamAuthn: true,
      },
    ],
  }),
  serviceAccount: new kplus.ServiceAccount(chart, 'identity', {
    metadata: { annotations: { 'iam.gke.io/gcp-service-account': 'orders@acme-prod.iam.gserviceaccount.com' } },
  }),
});
orders.expose({ port: 80 });
orders.scaleOnCpu({ minReplicas: 2, maxReplicas: 10, averageUtilization: 70 });
orders.keepAvailable();

app.synth();
