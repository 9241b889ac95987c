import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, PostgresExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');
const admin = kplus.Secret.fromSecretName(chart, 'admin', 'orders-db-admin');
const monitor = kplus.Secret.fromSecretName(chart, 'monitor', 'orders-db-monitor');

// First, so that no pod waits for it.
const claim = new kplus.PersistentVolumeClaim(chart, 'data', {
  accessModes: [kplus.PersistentVolumeAccessMode.READ_WRITE_ONCE],
  storage: Size.gibibytes(20),
});
const database = new kplus.Deployment(chart, 'db', {
  replicas: 1,
  strategy: kplus.DeploymentStrategy.recreate(),
  securityContext: { fsGroup: 999 },
});
const pod = MultiContainerPod.of(database);
pod.addMainContainer({
  name: 'postgres',
  image: 'docker.io/library/postgres:18.1',
  user: 999,
  args: ['-c', 'shared_preload_libraries=pg_stat_statements'],
  envVariables: {
    POSTGRES_PASSWORD: admin.envValue('password'),
    PGDATA: kplus.EnvValue.fromValue('/data/pg'),
  },
  ports: [{ number: 5432, name: 'postgres' }],
  volumeMounts: [{ path: '/data', volume: kplus.Volume.fromPersistentVolumeClaim(chart, 'volume', claim) }],
  writableDirectories: ['/var/run/postgresql', '/tmp'],
});

// Its role is a member of pg_monitor, in a database with the extension pg_stat_statements.
pod.add(
  new PostgresExporter({
    username: { secret: monitor, key: 'username' },
    password: { secret: monitor, key: 'password' },
    collectors: { settings: false, stat_statements: true },
  }),
);
pod.expose();

app.synth();
