// What the apps of the other languages are held against: `node app.js <folder>` writes the YAML of four charts there, by `App` and
// by `FastApp`, and prints what the rules and the kernel have to say.
import { join } from 'node:path';
import { App, Chart, Cron, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FastApp,
  FluentBit,
  FluentBitOutput,
  type ICompanion,
  LogFiles,
  LogRotation,
  MultiContainerPod,
  PodRules,
  Severity,
  WebServer,
  WebWithLogAgentDeployment,
  WebWithLogAgentPod,
} from 'cdk8s-pod-patterns';

class Echo implements ICompanion {
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar({ name: 'echo', image: 'acme/echo:1.0.0', user: 1000, ports: [{ name: 'echo', number: 7007 }] });
  }
}

/** A web server of one's own with its log agent. */
function addShop(app: App): void {
  const shop = new WebWithLogAgentDeployment(new Chart(app, 'shop'), 'shop', {
    replicas: 3,
    web: WebServer.of({
      image: 'acme/shop:1.4.2',
      port: 8080,
      user: 1000,
      writableDirectories: ['/tmp'],
      logs: LogFiles.inDirectory('/var/log/shop', { pattern: '*.log' }),
      rotation: LogRotation.byApplication(),
    }),
    logAgent: new FluentBit({
      output: FluentBitOutput.loki({ host: 'loki.logging', port: 3100, labels: { app: 'shop' } }),
    }),
  });
  shop.expose({ port: 80 });
  shop.scaleOnCpu({ minReplicas: 3, maxReplicas: 30, averageUtilization: 60 });
  shop.keepAvailable({ minAvailable: kplus.PercentOrAbsolute.percent(50) });
}

/** An agent beside a workload that exists, and more of the pod's storage and network. */
function addReport(app: App): void {
  const job = new kplus.CronJob(new Chart(app, 'report'), 'report', {
    schedule: Cron.daily(),
    containers: [{ name: 'report', image: 'acme/report:2.0.1', securityContext: { user: 1000 } }],
  });
  const pod = MultiContainerPod.of(job);
  pod.add(
    new FluentBit({
      logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
      output: FluentBitOutput.of('forward', { host: 'logs', port: 24224, retry_limit: 3, tls: true }),
    }),
  );
  const cache = pod.storage.share('cache', { sizeLimit: Size.mebibytes(64) });
  cache.writtenBy('report', '/var/cache/report');
  const admin = pod.network.claim({ container: 'report', port: 9000, name: 'admin', loopback: true });
  pod.main.env.addVariable('ADMIN_URL', kplus.EnvValue.fromValue(admin.url));
}

/** A companion of one's own beside a Deployment. */
function addApi(app: App): void {
  const deployment = new kplus.Deployment(new Chart(app, 'api'), 'api', {
    containers: [
      {
        name: 'api',
        image: 'acme/api:1.4.0',
        ports: [{ name: 'http', number: 8080 }],
        securityContext: { user: 1000 },
      },
    ],
  });
  MultiContainerPod.of(deployment).add(new Echo());
}

function synthesize(app: App): void {
  new WebWithLogAgentPod(new Chart(app, 'my-app'), 'my-app');
  addShop(app);
  addReport(app);
  addApi(app);
  app.synth();
}

/** The message of the error that a call ends in. */
function messageOf(call: () => unknown): string {
  try {
    call();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
}

/** Two containers of a pod on one port. */
function clash(): void {
  const chart = new Chart(Testing.app(), 'shop');
  const pod = MultiContainerPod.of(
    new kplus.Pod(chart, 'web', { containers: [{ image: 'acme/web:1', portNumber: 8080 }] }),
  );
  pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1', user: 1000, ports: [{ name: 'proxy', number: 8080 }] });
}

/** A Deployment as it is often written. */
function createPlain(app: App): Chart {
  const chart = new Chart(app, 'plain');
  new kplus.Deployment(chart, 'plain', { containers: [{ name: 'plain', image: 'acme/plain' }] });
  return chart;
}

function enforce(): void {
  const app = Testing.app();
  const chart = createPlain(app);
  PodRules.enforce(app, { failOn: Severity.WARNING });
  Testing.synth(chart);
}

const outdir = process.argv[2]!;
synthesize(new App({ outdir: join(outdir, 'app') }));
synthesize(new FastApp({ outdir: join(outdir, 'fast') }));
console.log(`clash: ${messageOf(clash)}`);
const { findings } = PodRules.check(Testing.synth(createPlain(Testing.app())));
for (const finding of findings) {
  console.log(`check: ${finding.severity} ${finding.rule} at ${finding.path}: ${finding.message}; ${finding.fix}`);
}
console.log(`enforce: ${messageOf(enforce)}`);
