import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CopyFiles, type ICompanion, MultiContainerPod, RunFirst, WaitFor } from '../../src';
import { newChart } from '../support';
import { describePods } from './runtime/describe-pods';
import { busyboxImage } from './runtime/images';
import { RunningPod } from './runtime/pod';

jest.setTimeout(120_000);

const BRIEF = { timeout: Duration.seconds(2), period: Duration.seconds(1) };

/** The pod of a main container that runs a script to its end, with what runs before it. */
function jobOf(script: string, ...companions: ICompanion[]): any[] {
  const chart = newChart();
  const command = ['sh', '-c', script];
  const envVariables = { RELEASE: kplus.EnvValue.fromValue('7') };
  const app = { name: 'app', image: 'acme/app:1', command, securityContext: { user: 1000 }, envVariables };
  const pod = MultiContainerPod.of(new kplus.Job(chart, 'job', { containers: [app] }));
  pod.storage.scratch('app', '/data');
  for (const companion of companions) {
    pod.add(companion);
  }
  return Testing.synth(chart);
}

describePods('what runs before the main container', ['busybox'], () => {
  const hosts = { 'db.shop.svc': '127.0.0.2' };
  const images = {
    app: busyboxImage(),
    migrate: busyboxImage(),
    'wait-for-db-shop-svc': busyboxImage(),
    'copy-files': { ...busyboxImage(), files: { '/site/index.html': 'hello\n', '/site/css/a.css': 'body {}\n' } },
  };

  test('waits for a server, migrates and copies, in this order, and the main container finds what was done', async () => {
    const listen = `require('net').createServer().listen(5432, '127.0.0.2')`;
    const running = await RunningPod.start(
      jobOf(
        'cat /data/log /srv/index.html /srv/css/a.css; touch /srv/new',
        WaitFor.tcp({ host: 'db.shop.svc', port: 5432, period: Duration.seconds(1) }),
        RunFirst.ofMain({
          name: 'migrate',
          command: ['sh', '-c', 'nc db.shop.svc 5432 -e true && echo "migrated to $RELEASE" >/data/log'],
          writes: ['/data'],
        }),
        new CopyFiles({ image: 'acme/site:1', user: 1001, sourceDirectory: '/site', directory: '/srv' }),
      ),
      { images, hosts, slowServer: ['sh', '-c', `sleep 1.5; exec ${process.execPath} -e "${listen}"`] },
    );
    const { output } = running.container('wait-for-db-shop-svc');
    expect(output).toMatch(
      /^waiting for db.shop.svc:5432, at most 300 s\nno answer yet: .* refused\ndb.shop.svc:5432 answers after [1-9] s\n$/,
    );
    const [app] = [running.container('app')];
    const exits = await running.complete();
    expect(app.output).toBe('migrated to 7\nhello\nbody {}\ntouch: /srv/new: Read-only file system\n');
    expect(exits).toEqual({ 'wait-for-db-shop-svc': 0, migrate: 0, 'copy-files': 0, app: 1 });
  });

  test.each<[string, WaitFor, string]>([
    ['a server', WaitFor.tcp({ ...BRIEF, host: 'db.shop.svc', port: 5432 }), 'db.shop.svc:5432'],
    ['a page', WaitFor.http({ ...BRIEF, url: 'http://db.shop.svc:5432/up' }), 'http://db.shop.svc:5432/up'],
  ])('%s that does not come in time fails the pod, whose status says what, how long and why', async (_, wait, what) => {
    await expect(RunningPod.start(jobOf('true', wait), { images, hosts })).rejects.toThrow(
      new RegExp(
        `^init container "wait-for-db-shop-svc" ended with 1: gave up: ${what} did not answer within 2 s; last error: .* refused\n$`,
      ),
    );
  });

  test('a migration that fails keeps the main container from starting', async () => {
    const migrate = RunFirst.ofMain({ name: 'migrate', command: ['sh', '-c', 'echo "no such table"; exit 4'] });
    await expect(RunningPod.start(jobOf('true', migrate), { images })).rejects.toThrow(
      'init container "migrate" ended with 4: no such table',
    );
  });
});
