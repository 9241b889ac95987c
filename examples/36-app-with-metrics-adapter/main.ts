import { App, Chart, Duration } from 'cdk8s';
import { AppWithMetricsAdapterDeployment, PreStopSleep, StatsdExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'checkout', { disableResourceNameHashes: true });

// The application speaks StatsD, to the address in STATSD_HOST and STATSD_PORT; Prometheus asks the adapter.
const checkout = new AppWithMetricsAdapterDeployment(chart, 'checkout', {
  app: {
    name: 'checkout',
    image: 'acme/checkout:4.2.0',
    user: 1000,
    port: 8080,
    healthPath: '/healthz',
    preStopSleep: PreStopSleep.ACTION,
  },
  adapter: new StatsdExporter({
    mappings: [{ match: 'checkout.paid.*', name: 'checkout_paid_total', labels: { card: '$1' } }],
  }),
  replicas: 2,
});
checkout.expose({ port: 80 });
checkout.keepAvailable();
checkout.monitor({ interval: Duration.seconds(30), labels: { release: 'prometheus' } });

app.synth();
