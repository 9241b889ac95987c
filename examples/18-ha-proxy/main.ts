import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HaProxy, HaProxyBalance, HaProxyMode, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'search');

const deployment = new kplus.Deployment(chart, 'search', {
  containers: [
    {
      name: 'search',
      image: 'acme/search:5.0.1',
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
const haproxy = new HaProxy({
  backends: [
    {
      name: 'index',
      localPort: 9200,
      // A headless Service, of which each pod is a server.
      servers: [{ host: 'index.search.svc.cluster.local', port: 9200, addresses: 5 }],
      healthCheckPath: '/_cluster/health',
    },
    {
      name: 'mysql',
      localPort: 3306,
      mode: HaProxyMode.TCP,
      balance: HaProxyBalance.LEAST_CONNECTIONS,
      servers: [{ host: 'mysql-read.search.svc.cluster.local', port: 3306, addresses: 3 }],
      variables: { host: 'MYSQL_HOST', port: 'MYSQL_TCP_PORT' },
    },
  ],
});
MultiContainerPod.of(deployment).add(haproxy);

app.synth();
