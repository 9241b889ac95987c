import { App, Chart } from 'cdk8s';
import { WebWithLogAgentPod } from './index';

const app = new App();
new WebWithLogAgentPod(new Chart(app, 'my-app'), 'my-app');
app.synth();
