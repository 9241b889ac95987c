import { App, Chart, Cron, Duration, Size } from 'cdk8s';
import { CronJobWithLogAgent, FluentBit, FluentBitOutput, LogFiles, LogFormat } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'billing');

new CronJobWithLogAgent(chart, 'billing', {
  schedule: Cron.daily(),
  timeZone: 'Europe/Berlin',
  job: { name: 'billing', image: 'acme/billing:3.0.7', user: 1000, writableDirectories: ['/tmp'] },
  logs: LogFiles.inDirectory('/var/log/billing', { pattern: 'billing.json', format: LogFormat.json() }),
  logSizeLimit: Size.mebibytes(256),
  // It writes much in its last seconds: the agent gets more time to read that.
  logAgent: new FluentBit({
    output: FluentBitOutput.loki({ host: 'loki.logging' }),
    catchUp: Duration.seconds(20),
  }),
});

app.synth();
