import { App, Chart } from 'cdk8s';
import { WebWithLogAgentPod } from 'cdk8s-pod-patterns';

const app = new App();
new WebWithLogAgentPod(new Chart(app, 'my-app'), 'my-app', { metadata: { name: 'my-app' } });
app.synth();
