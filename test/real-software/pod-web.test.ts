import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogStreamer, MultiContainerPod, NginxExporter, Sidecar, WebServer, WebWithLogAgentPod } from '../../src';
import { newChart } from '../support';
import { describePods, edited } from './runtime/describe-pods';
import { busyboxImage, debianImage, nginxImage } from './runtime/images';
import { POD_IP } from './runtime/network';
import { RunningPod } from './runtime/pod';

const ROTATIONS = 20;
const LOGS = ['access', 'error'];

/** The scripts with smaller files, and all times shorter by about the same factor. */
const FASTER = {
  'MAX_BYTES=65536': 'MAX_BYTES=10000',
  'INTERVAL=10 ': 'INTERVAL=0.5 ',
  'REOPEN=2 ': 'REOPEN=0.3 ',
  'INTERVAL=1 ': 'INTERVAL=0.05 ',
};

const NO_PAUSE = { preStopPause: Duration.seconds(0) };

jest.setTimeout(120_000);

/** Clients that request files without pause. No such files exist, so each has a line in the access log and one in the error log. */
class Load {
  private readonly sent: string[] = [];
  private readonly clients: Promise<void>[];
  private stops = false;

  public constructor(private readonly pod: RunningPod) {
    this.clients = Array.from({ length: 4 }, () => this.request());
  }

  /** Ends it, and gives the names of all files that were requested. */
  public async end(): Promise<string[]> {
    this.stops = true;
    await Promise.all(this.clients);
    return this.sent.sort();
  }

  private async request(): Promise<void> {
    while (!this.stops) {
      const first = this.sent.length + 1;
      const batch = Array.from({ length: 20 }, (_, index) => `r${first + index}`);
      this.sent.push(...batch);
      const urls = batch.map((file) => `http://localhost:8080/${file}`);
      const answers = await this.pod.curl(...urls.flatMap((url) => ['-o', '/dev/null', '-w', '%{http_code} ', url]));
      expect(answers).toBe('404 '.repeat(batch.length));
    }
  }
}

describePods('a web server with a log agent', ['nginx', 'busybox'], () => {
  test('nginx serves and logs to a volume that a neighbour reads', async () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Pod(chart, 'web'));
    const web = WebServer.nginx({ ...NO_PAUSE, content: { 'index.html': 'hello' } });
    web.addTo(pod);
    const command = ['sh', '-c', 'trap "exit 0" TERM; tail -n+1 -F /logs/access.log & wait $!'];
    pod.add(new Sidecar({ name: 'tail', image: 'acme/tail:1', user: 4242, command }));
    pod.logs.write(web.logs[0]!).readBy('tail', '/logs');
    const images = { webserver: nginxImage(), tail: busyboxImage() };
    const running = await RunningPod.start(Testing.synth(chart), { images });
    expect(await running.curl('http://localhost:8080/')).toBe('hello');
    await running.until('the line is there', () => running.container('tail').output.includes('GET / HTTP/1.1'));
    expect(await running.stop()).toEqual({ webserver: 0, tail: 0 });
  });

  test('no line is lost or doubled between requests and what is printed, over 20 rotations under load and while it stops', async () => {
    const chart = newChart();
    const rotation = { maxFileSize: Size.kibibytes(64), keep: 99 };
    const web = WebServer.nginx({ rotation, preStopPause: Duration.seconds(2) });
    new WebWithLogAgentPod(chart, 'web', { web, logAgent: new LogStreamer() });
    const streamers = LOGS.map((log) => `log-streamer-var-log-nginx-${log}-log`);
    const images = { webserver: nginxImage(), ...Object.fromEntries(streamers.map((name) => [name, busyboxImage()])) };
    const running = await RunningPod.start(edited(Testing.synth(chart), FASTER), { images });
    const printed = streamers.map((name) => running.container(name));

    const load = new Load(running);
    await running.until(`both logs were rotated ${ROTATIONS} times`, () => {
      const files = readdirSync(running.volumes.at('webserver-var-log-nginx'));
      return LOGS.every((log) => files.filter((name) => name.startsWith(`${log}.log.`)).length >= ROTATIONS);
    });
    const exits = running.stop();
    await sleep(1000); // requests arrive as long as the endpoint is not removed everywhere
    const sent = await load.end();

    expect(await exits).toEqual(Object.fromEntries(['webserver', ...streamers].map((name) => [name, 0])));
    for (const { output } of printed) {
      const lines = output.match(/(?<="GET \/)r\d+(?= HTTP)/g) ?? [];
      expect(lines.sort()).toEqual(sent);
    }
  });
});

describePods('nginx and its exporter', ['nginx', 'prometheus-nginx-exporter'], () => {
  // Debian's exporter is 0.11, which ends where nginx is not there yet, as 1.0 and later do not. It can be told to wait.
  const exporterImage = {
    ...debianImage(1001, { NGINX_RETRIES: '100', NGINX_RETRY_INTERVAL: '100ms' }),
    entrypoint: ['prometheus-nginx-exporter'],
  };

  test('metrics are at the pod IP, the status page is not, and the exporter lives on without nginx', async () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'web'));
    WebServer.nginx({ ...NO_PAUSE, statusPort: 8081 }).addTo(pod);
    pod.add(new NginxExporter());
    const images = { webserver: nginxImage(), 'nginx-exporter': exporterImage };
    const running = await RunningPod.start(Testing.synth(chart), { images });
    const exporter = running.container('nginx-exporter');
    const { containerPort } = exporter.manifest.ports!.find(({ name }) => name === 'metrics')!;
    const metrics = () => running.curl(`http://${POD_IP}:${containerPort}/metrics`);
    expect(await metrics()).toMatch(/^nginx_up 1$/m);
    expect(await metrics()).toMatch(/^nginx_http_requests_total [1-9]/m);
    expect(await running.curl('http://127.0.0.1:8081/stub_status')).toContain('Active connections');
    expect(await running.isOpen(`${POD_IP}:8081`)).toBe(false);
    expect(await running.curl(`http://${POD_IP}:8080/stub_status`)).toContain('404 Not Found');

    running.container('webserver').signal('SIGKILL');
    await running.container('webserver').end();
    await running.until('that is told', async () => /^nginx_up 0$/m.test(await metrics()));
    expect(await exporter.answers(exporter.manifest.livenessProbe)).toBe(true);
    exporter.assertRunning();
  });
});
