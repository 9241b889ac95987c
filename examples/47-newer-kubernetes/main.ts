import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, ResizeRestart, SupplementalGroupsPolicy, VaultAgent, VaultAuth } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

const deployment = new kplus.Deployment(chart, 'orders', {
  serviceAccount: new kplus.ServiceAccount(chart, 'identity', { automountToken: false }),
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:5.0.2',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
      resources: { cpu: { request: kplus.Cpu.millis(250) }, memory: { request: Size.mebibytes(256) } },
    },
  ],
});
const pod = MultiContainerPod.of(deployment);

// Users of the pod's own, and one budget for all of its containers (Kubernetes 1.34).
pod.configure({
  hostUsers: false,
  supplementalGroupsPolicy: SupplementalGroupsPolicy.STRICT,
  resources: { cpu: { request: kplus.Cpu.millis(500) }, memory: { limit: Size.gibibytes(1) } },
});

// The data of an image as files, without a container that copies them (1.35).
pod.storage.mount('orders', '/srv/geo', pod.storage.fromImage('acme/geo-data:2026.11'));

// A secret of Vault as a variable, without a shell (1.35); the agent may be resized as it runs (1.33).
pod.add(
  new VaultAgent({
    address: 'https://vault.example.com:8200',
    auth: VaultAuth.kubernetes({ role: 'orders' }),
    templates: [
      {
        file: 'database.env',
        content: `{{ with secret "database/creds/orders" }}
DB_PASSWORD='{{ .Data.password }}'
{{ end }}
`,
        variables: ['DB_PASSWORD'],
      },
    ],
    resizePolicy: { memory: ResizeRestart.RESTART_CONTAINER },
  }),
);

// Any other field, by the names of containers, volumes and ports.
pod.patch({
  annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' },
  spec: {
    priorityClassName: 'shop',
    containers: [
      { name: 'orders', terminationMessagePolicy: 'FallbackToLogsOnError' },
      { name: 'vault-agent', resources: { limits: { cpu: '200m' } } },
    ],
  },
});

app.synth();
