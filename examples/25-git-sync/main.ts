import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth, GitSync, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'handbook');

const content = new GitSync({
  repository: 'https://git.example.com/acme/handbook.git',
  auth: GitAuth.password(kplus.Secret.fromSecretName(chart, 'git', 'handbook-git')),
  revision: 'published',
  subdirectory: 'public',
  directory: '/content',
});

// The server opens each file through the link in the volume, so that it always serves the current version.
const deployment = new kplus.Deployment(chart, 'handbook', {
  containers: [
    {
      name: 'server',
      image: 'acme/static-server:3.1.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      resources: {
        cpu: { request: kplus.Cpu.millis(100) },
        memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
      },
      ports: [{ name: 'http', number: 8080 }],
      securityContext: { user: 1000 },
      envVariables: { DOCUMENT_ROOT: kplus.EnvValue.fromValue(content.contentPath) },
    },
  ],
});
MultiContainerPod.of(deployment).add(content);

app.synth();
