import { App, Chart } from 'cdk8s';
import { AppWithConfigReloaderDeployment, ConfigReload, ConfigReloader, PreStopSleep } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'router', { disableResourceNameHashes: true });

// A changed route takes effect in the running pods: the reloader calls the router, at a port that only its pod reaches.
const router = new AppWithConfigReloaderDeployment(chart, 'router', {
  app: {
    name: 'router',
    image: 'acme/router:2.7.1',
    user: 1000,
    args: ['--admin=127.0.0.1:9000'],
    port: 8080,
    healthPath: '/healthz',
    preStopSleep: PreStopSleep.ACTION,
  },
  configReloader: new ConfigReloader({
    directory: '/etc/router',
    files: { 'routes.conf': '/shop -> http://shop\n/blog -> http://blog\n' },
    reload: ConfigReload.byHttp({ port: 9000, path: '/-/reload' }),
  }),
  replicas: 2,
});
router.expose({ port: 80 });
router.keepAvailable();

app.synth();
