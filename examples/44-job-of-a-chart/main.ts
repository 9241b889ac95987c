import { join } from 'node:path';
import { App, Chart, Include } from 'cdk8s';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod } from 'cdk8s-pod-patterns';

const app = new App();
const backup = new Include(new Chart(app, 'backup'), 'backup', { url: join(__dirname, 'chart.yaml') });

// The Job ends when the backup does, and the last line is shipped. The one object of the file is the pod's.
MultiContainerPod.of(backup).add(
  new FluentBit({
    logs: LogFiles.inDirectory('/var/log/backup', { pattern: 'backup.log' }),
    output: FluentBitOutput.loki({ host: 'loki.logging' }),
  }),
);

app.synth();
