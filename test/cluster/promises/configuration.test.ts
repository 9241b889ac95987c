import { setTimeout as sleep } from 'node:timers/promises';
import { FluentBit, WebServer, WebWithLogAgentDeployment } from '../../../src';
import { request } from '../examples/proofs';
import { expectNoFailures, Load } from '../load';
import { Namespace } from '../namespace';
import { listKept } from '../pods';
import { describeReal } from '../real';
import { SMALL, synthesize, toReceiver } from '../workloads';

describeReal('manifests that change', ['nginx', 'fluent-bit'], () => {
  const namespace = new Namespace('promise-configuration');

  beforeAll(() => Namespace.create(namespace.name));
  afterAll(() => namespace.delete());

  test('a changed file rolls the pods, without a failed request', async () => {
    await namespace.apply(toSite('version 1'));
    const before = await namespace.waitForPods(2);
    const load = await Load.start('change', `http://web.${namespace.name}`, 50);
    await namespace.apply(toSite('version 2'));
    await namespace.waitForRollout('deployment/test-web');
    expect(await request(`http://web.${namespace.name}/`)).toContain('version 2');
    const after = await namespace.waitForPods(2);
    expect(listKept(after, before)).toEqual([]);
    expectNoFailures(await load.stop());
  });

  test('the same file changes nothing, and kubectl says so', async () => {
    const before = await namespace.listPods();
    const { objects } = await namespace.apply(toSite('version 2'));
    expect(objects.filter((line) => !line.endsWith(' unchanged'))).toEqual([]);
    await sleep(5000);
    const after = await namespace.listPods();
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
  });

  test('nothing waits for an object that comes later in the file', async () => {
    const { items } = await namespace.get<{ items: { reason: string; message: string }[] }>('events');
    expect(items.filter(({ reason }) => /FailedMount|FailedScheduling/.test(reason))).toEqual([]);
  });
});

function toSite(page: string): string {
  return synthesize((chart) => {
    const web = new WebWithLogAgentDeployment(chart, 'web', {
      replicas: 2,
      web: WebServer.nginx({ content: { 'index.html': page } }),
      logAgent: new FluentBit({ output: toReceiver(), resources: SMALL }),
    });
    web.expose({ port: 80, name: 'web' });
  });
}
