import { Chart, YamlOutputType } from 'cdk8s';
import { FastApp, WebServer, WebWithLogAgentDeployment } from 'cdk8s-pod-patterns';

// Hundreds of charts synthesize in seconds; here there are three, which depend on each other.
const app = new FastApp({ yamlOutputType: YamlOutputType.FILE_PER_APP });

const charts = ['catalog', 'cart', 'orders'].map((name) => {
  const chart = new Chart(app, name);
  const web = WebServer.nginx({ content: { 'index.html': `<!doctype html><title>${name}</title>` } });
  new WebWithLogAgentDeployment(chart, name, { web }).expose({ port: 80, name });
  return chart;
});
for (const [index, chart] of charts.slice(1).entries()) {
  chart.addDependency(charts[index]!);
}

app.synth();
