import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Vector, VectorSink, VectorTransform, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'catalog');
const login = kplus.Secret.fromSecretName(chart, 'login', 'loki-login');

// nginx, with Vector in place of Fluent Bit. Requests for images stay out of Loki.
new WebWithLogAgentDeployment(chart, 'catalog', {
  logAgent: new Vector({
    sink: VectorSink.loki({
      endpoint: 'https://loki.example.com',
      labels: { app: 'catalog' },
      username: { secret: login, key: 'user' },
      password: { secret: login, key: 'password' },
    }),
    transforms: [VectorTransform.filter('!starts_with(to_string(.path) ?? "", "/images/")')],
  }),
});

app.synth();
