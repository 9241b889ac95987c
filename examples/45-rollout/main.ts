import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import { HaProxy, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'checkout');

const checkout = new Include(chart, 'checkout', { url: join(__dirname, 'chart.yaml') });

// Another kind, the same pod inside.
MultiContainerPod.of(checkout).add(
  new HaProxy({
    backends: [
      {
        name: 'payments',
        localPort: 9200,
        servers: [{ host: 'payments.example.com', port: 443, addresses: 3 }],
        tls: {},
      },
    ],
  }),
);

app.synth();
