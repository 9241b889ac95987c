import { setTimeout as sleep } from 'node:timers/promises';
import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ConfigReload, ConfigReloader, MultiContainerPod } from '../../src';
import { newChart } from '../support';
import { describePods, edited } from './runtime/describe-pods';
import { busyboxImage, nginxImage } from './runtime/images';
import { RunningPod } from './runtime/pod';

jest.setTimeout(120_000);

const FASTER = { 'INTERVAL=5 ': 'INTERVAL=0.2 ', 'SETTLE=1 ': 'SETTLE=0.2 ' };
const files = (answer: string) => ({ 'default.conf': `server { listen 8080; return 200 "${answer}"; }` });

// Not run: the reload by HTTP, whose program, configmap-reload, is in no package of Debian.
describePods('a reload by signal', ['nginx', 'busybox'], () => {
  test('a change of the ConfigMap makes nginx read its files again, once and without a restart', async () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Deployment(chart, 'web'));
    pod.addMainContainer({ name: 'web', image: 'acme/web:1', user: 101, writableDirectories: ['/tmp'] });
    pod.add(
      new ConfigReloader({
        directory: '/etc/nginx/conf.d',
        files: files('old'),
        reload: ConfigReload.bySignal({ process: 'nginx' }),
      }),
    );
    const images = { web: nginxImage(), 'config-reloader': busyboxImage() };
    const running = await RunningPod.start(edited(Testing.synth(chart), FASTER), { images });
    const [web, reloader] = ['web', 'config-reloader'].map((name) => running.container(name));
    const answers = (text: string) => async () => (await running.curl('http://localhost:8080/')) === text;
    const reloads = () => web!.output.match(/signal 1 \(SIGHUP\) received from \d+, reconfiguring/g) ?? [];
    await running.until('it serves', answers('old'));
    await sleep(1000); // several looks of the reloader
    expect(reloads()).toHaveLength(0);

    running.volumes.update('config-reloader-files', files('new'));
    await running.until('it serves what is new', answers('new'));
    await sleep(1000);
    expect(reloads()).toHaveLength(1);
    expect(reloader!.output).toBe('/config-reloader/signal-on-change.sh: the files changed, sent HUP to nginx\n');
    expect(await running.stop()).toEqual({ 'config-reloader': 0, web: 0 });
  });
});
