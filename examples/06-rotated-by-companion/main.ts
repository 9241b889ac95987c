import { App, Chart, Size } from 'cdk8s';
import { LogFiles, LogRotation, WebServer, WebWithLogAgentStatefulSet } from 'cdk8s-pod-patterns';

const app = new App();
const chart = new Chart(app, 'legacy');

// An Apache that never rotates its logs and opens them again on USR1. The `LogRotator` is a third container.
new WebWithLogAgentStatefulSet(chart, 'legacy', {
  replicas: 2,
  web: WebServer.of({
    image: 'acme/legacy-httpd:2.4.62',
    port: 8080,
    user: 48,
    writableDirectories: ['/tmp', '/run/httpd'],
    logs: LogFiles.inDirectory('/var/log/httpd', { pattern: '*.log' }),
    rotation: LogRotation.renameAndSignal({
      process: 'httpd',
      signal: 'USR1',
      maxFileSize: Size.mebibytes(32),
      keep: 2,
    }),
  }),
});

app.synth();
