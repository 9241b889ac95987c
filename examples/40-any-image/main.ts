import { App, Chart, Size } from 'cdk8s';
import { InitContainer, Sidecar, WebWithLogAgentDaemonSet } from 'cdk8s-pod-patterns';

const app = new App();

// A mirror on every node: nginx serves what one image of your own fetches first and another keeps up to date.
const { pod, web } = new WebWithLogAgentDaemonSet(new Chart(app, 'mirror'), 'mirror');
const content = pod.storage.share('content', { sizeLimit: Size.gibibytes(2) });
content.readBy(web.name, '/usr/share/nginx/html');
pod.add(new InitContainer({ name: 'fetch', image: 'acme/mirror:2.1.0', user: 1000, args: ['fetch', '--once'] }));
content.writtenBy('fetch', '/content');
pod.add(new Sidecar({ name: 'refresh', image: 'acme/mirror:2.1.0', user: 1000, args: ['fetch', '--every=10m'] }));
content.writtenBy('refresh', '/content');

app.synth();
