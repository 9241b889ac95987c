import { App, Chart, Duration } from 'cdk8s';
import { FluentBit, FluentBitOutput, JobWithLogAgent, LogFiles } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'import');

new JobWithLogAgent(chart, 'import', {
  job: { name: 'import', image: 'acme/import:5.2.0', user: 1000 },
  logs: LogFiles.inDirectory('/var/log/import', { pattern: '*.log' }),
  logAgent: new FluentBit({ output: FluentBitOutput.loki({ host: 'loki.logging' }) }),
  backoffLimit: 2,
  ttlAfterFinished: Duration.days(1),
});

app.synth();
