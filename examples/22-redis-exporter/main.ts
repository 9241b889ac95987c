import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, RedisExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'cache');
const secret = kplus.Secret.fromSecretName(chart, 'credentials', 'redis-credentials');

const redis = new kplus.Deployment(chart, 'redis', { replicas: 1, strategy: kplus.DeploymentStrategy.recreate() });
const pod = MultiContainerPod.of(redis);
pod.addMainContainer({
  name: 'redis',
  image: 'docker.io/library/redis:8.2.1',
  user: 999,
  args: ['--requirepass', '$(REDIS_PASSWORD)', '--save', ''],
  envVariables: { REDIS_PASSWORD: secret.envValue('password') },
  ports: [{ number: 6379, name: 'redis' }],
  writableDirectories: ['/data'],
});

// Prometheus reads it twice a minute, where its operator selects PodMonitors by the label `release`.
pod.add(
  new RedisExporter({
    password: { secret, key: 'password' },
    monitor: { interval: Duration.seconds(30), labels: { release: 'prometheus' } },
  }),
);
pod.expose();

app.synth();
