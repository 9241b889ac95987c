import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ConfigReload, ConfigReloader, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'router');

const deployment = new kplus.Deployment(chart, 'router', {
  containers: [
    {
      name: 'router',
      image: 'acme/router:2.7.1',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
    },
  ],
});

// A changed route takes effect in the running pods. The router reads its files again on SIGHUP.
MultiContainerPod.of(deployment).add(
  new ConfigReloader({
    directory: '/etc/router',
    files: { 'routes.conf': '/shop -> http://shop\n/blog -> http://blog\n' },
    reload: ConfigReload.bySignal({ process: 'router' }),
  }),
);

app.synth();
