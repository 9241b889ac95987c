import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, NginxExporter, WebServer } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'docs');

// nginx tells how busy it is on a loopback port. The exporter finds it there, and turns it into metrics of Prometheus.
const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'docs', { replicas: 2 }));
const content = { 'index.html': '<!doctype html><title>Docs</title>' };
WebServer.nginx({ statusPort: 8081, logsToStdout: true, content }).addTo(pod);
pod.add(new NginxExporter());
pod.expose({ port: 80 });

app.synth();
