import { App, Chart } from 'cdk8s';
import { LogStreamer, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'site');

// The agent of the node collects standard output: each log file of nginx gets a container that prints it.
new WebWithLogAgentDeployment(chart, 'site', { logAgent: new LogStreamer() });

app.synth();
