import { App, Chart, Size } from 'cdk8s';
import { CopyFiles, WebServer, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'docs');

// A site that is delivered as an image, served by nginx.
const { pod } = new WebWithLogAgentDeployment(chart, 'docs', { web: WebServer.nginx() });
pod.add(
  new CopyFiles({
    image: 'acme/docs:2026.4',
    user: 1000,
    sourceDirectory: '/site',
    directory: '/usr/share/nginx/html',
    sizeLimit: Size.mebibytes(200),
  }),
);

app.synth();
