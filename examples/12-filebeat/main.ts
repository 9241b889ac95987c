import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Filebeat, FilebeatOutput, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'shop');

// nginx, with its logs in a data stream of Elasticsearch. The API key needs no right but to write there.
const elastic = kplus.Secret.fromSecretName(chart, 'elastic', 'elastic-logs');
new WebWithLogAgentDeployment(chart, 'shop', {
  logAgent: new Filebeat({
    output: FilebeatOutput.elasticsearch({
      hosts: ['elasticsearch.logging:9200'],
      tls: true,
      index: 'logs-nginx-shop',
      apiKey: { secret: elastic, key: 'api-key' },
    }),
    processors: [{ drop_event: { when: { equals: { 'parsed.path': '/favicon.ico' } } } }],
  }),
});

app.synth();
