import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, StatsdExporter } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'checkout');

// An application that speaks StatsD, to the address in STATSD_HOST and STATSD_PORT.
const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'checkout', { replicas: 2 }));
pod.addMainContainer({
  name: 'checkout',
  image: 'acme/checkout:4.2.0',
  user: 1000,
  ports: [{ number: 8080, name: 'http' }],
});

// "checkout.paid.visa" becomes checkout_paid_total{card="visa"}; what is for debugging goes nowhere.
pod.add(
  new StatsdExporter({
    mappings: [
      { match: 'checkout.paid.*', name: 'checkout_paid_total', labels: { card: '$1' } },
      { match: 'checkout.duration', name: 'checkout_duration_seconds', histogramBuckets: [0.1, 0.5, 1, 5] },
      { match: 'debug.*' },
    ],
  }),
);

app.synth();
