import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth, GitSync, WebWithContentSyncDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'handbook', { disableResourceNameHashes: true });

// nginx serves what is on the branch "published", a minute after it was pushed.
const handbook = new WebWithContentSyncDeployment(chart, 'handbook', {
  contentSync: new GitSync({
    repository: 'https://git.example.com/acme/handbook.git',
    auth: GitAuth.password(kplus.Secret.fromSecretName(chart, 'git', 'handbook-git')),
    revision: 'published',
    subdirectory: 'public',
    directory: '/content',
  }),
  replicas: 2,
});
handbook.expose({ port: 80 });
handbook.keepAvailable();

app.synth();
