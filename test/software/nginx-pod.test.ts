import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, Sidecar, WebServer } from '../../src';
import { newChart } from '../support';
import { busyboxImage, nginxImage } from './runtime/images';
import { RunningPod } from './runtime/pod';
import { requireTools } from './tools';

beforeAll(() => requireTools('nginx', 'busybox', 'bwrap', 'curl', 'ip'));
jest.setTimeout(60_000);

test('nginx serves and logs to a volume that a neighbour reads', async () => {
  const chart = newChart();
  const workload = new kplus.Pod(chart, 'web');
  const pod = MultiContainerPod.of(workload);
  const web = WebServer.nginx({ content: { 'index.html': 'hello' } });
  web.bind(pod);
  const command = ['sh', '-c', 'trap "exit 0" TERM; tail -n+1 -F /logs/access.log & wait $!'];
  pod.add(new Sidecar({ name: 'tail', image: 'acme/tail:1', user: 4242, command }));
  pod.logs.write(web.logs[0]!).readBy('tail', '/logs');
  const running = await RunningPod.start(Testing.synth(chart), {
    images: { webserver: nginxImage(), tail: busyboxImage() },
  });
  expect(running.curl('http://localhost:8080/')).toBe('hello');
  await running.until('the line is there', () => running.container('tail').output.includes('GET / HTTP/1.1'));
  expect(await running.stop()).toEqual({ webserver: 0, tail: 0 });
});
