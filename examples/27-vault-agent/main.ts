import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, VaultAgent, VaultAuth } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'orders');

// The role "orders" in Vault is bound to this ServiceAccount and to the audience "vault".
const deployment = new kplus.Deployment(chart, 'orders', {
  serviceAccount: new kplus.ServiceAccount(chart, 'identity', { automountToken: false }),
  containers: [
    {
      name: 'orders',
      image: 'acme/orders:5.0.2',
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
MultiContainerPod.of(deployment).add(
  new VaultAgent({
    address: 'https://vault.example.com:8200',
    auth: VaultAuth.kubernetes({ role: 'orders' }),
    templates: [
      {
        file: 'database.env',
        content: `{{ with secret "database/creds/orders" }}
DB_USER={{ .Data.username }}
DB_PASSWORD={{ .Data.password }}
{{ end }}
`,
      },
    ],
  }),
);

app.synth();
