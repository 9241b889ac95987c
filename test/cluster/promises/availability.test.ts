import { FluentBit, WebServer, WebWithLogAgentDeployment, type WebWithLogAgentDeploymentProps } from '../../../src';
import { drainNodes } from '../drain';
import { expectNoFailures, Load, type LoadResult } from '../load';
import { Namespace } from '../namespace';
import { exhaustMemory, signalContainer } from '../node';
import { countRestarts, isReady, listKept, listStatuses, type Pod } from '../pods';
import { describeReal } from '../real';
import { waitFor } from '../wait';
import { SMALL, synthesize, toReceiver } from '../workloads';

/** Kills after which the kubelet waits for ten seconds and more before it starts the agent again. */
const KILLS = 3;

describeReal('the Service of web servers with log agents', ['nginx', 'fluent-bit'], () => {
  const namespace = new Namespace('promise-availability');

  beforeEach(() => Namespace.create(namespace.name));
  afterAll(() => namespace.delete());

  test('has the ports of the web server alone', async () => {
    await deploy(namespace, { replicas: 2 });
    const { items } = await namespace.get<{ items: { ports: { port: number }[]; endpoints: object[] }[] }>(
      'endpointslices',
    );
    expect(items.map(({ ports, endpoints }) => [ports.map(({ port }) => port), endpoints.length])).toEqual([
      [[8080], 2],
    ]);
  });

  test('loses a single pod while its agent waits to be restarted, although the web server runs', async () => {
    await deploy(namespace, { replicas: 1 });
    const { result, pods } = await killAgentUnderLoad(namespace, 'one');
    expect(result.failed).toBeGreaterThan(0);
    expect(countRestarts(pods, 'webserver')).toBe(0);
  });

  test('refuses no request where there is a second pod', async () => {
    await deploy(namespace, { replicas: 2 });
    const { result, pods } = await killAgentUnderLoad(namespace, 'two');
    expectNoFailures(result);
    expect(countRestarts(pods, 'webserver')).toBe(0);
    expect(countRestarts(pods, 'log-agent')).toBe(KILLS);
  });

  test('goes on while the kernel kills an agent for its memory, and the web server beside it is not restarted', async () => {
    await deploy(namespace, { replicas: 2 });
    const load = await Load.start('memory', `http://web.${namespace.name}`, 50);
    const [{ metadata }] = (await namespace.listPods()) as [Pod];
    await exhaustMemory(await namespace.get<Pod>('pod', metadata.name), 'log-agent');
    const pod = await waitFor('restart of the agent', async () => {
      const found = await namespace.get<Pod>('pod', metadata.name);
      return countRestarts([found], 'log-agent') > 0 && isReady(found) && found;
    });
    const agent = listStatuses(pod).find(({ name }) => name === 'log-agent');
    expect(agent?.lastState?.terminated).toMatchObject({ reason: 'OOMKilled' });
    expect(countRestarts([pod], 'webserver')).toBe(0);
    expectNoFailures(await load.stop());
  });

  test('refuses no request while its node is drained: the budget holds the last pod back', async () => {
    await deploy(namespace, { replicas: 2 }, (web) => web.keepAvailable());
    const load = await Load.start('drain', `http://web.${namespace.name}`, 50);
    const before = await namespace.waitForPods(2);
    await drainNodes(namespace, before, async () => {
      // The other pod is held back as long as no new one can start anywhere.
      expect((await namespace.listPods()).filter(isReady)).toHaveLength(1);
    });
    const after = await namespace.waitForPods(2);
    expect(listKept(after, before)).toEqual([]);
    expectNoFailures(await load.stop());
  });

  test('is scaled by its autoscaler, and its budget counts', async () => {
    await deploy(namespace, {}, (web) => {
      web.scaleOnCpu({ minReplicas: 2, maxReplicas: 3, averageUtilization: 60 });
      web.keepAvailable();
    });
    await namespace.waitForPods(2);
    const { items } = await namespace.get<{ items: { spec: { metrics: object[] } }[] }>('horizontalpodautoscalers');
    expect(items[0]!.spec.metrics).toEqual([
      expect.objectContaining({
        type: 'ContainerResource',
        containerResource: expect.objectContaining({ container: 'webserver' }),
      }),
    ]);
    await waitFor('disruption that the budget allows', async () => {
      const budgets = await namespace.get<{ items: { status: { disruptionsAllowed: number } }[] }>(
        'poddisruptionbudgets',
      );
      return budgets.items[0]!.status.disruptionsAllowed === 1;
    });
  });
});

async function deploy(
  namespace: Namespace,
  props: WebWithLogAgentDeploymentProps,
  complete: (web: WebWithLogAgentDeployment) => void = () => undefined,
): Promise<void> {
  await namespace.apply(
    synthesize((chart) => {
      const web = new WebWithLogAgentDeployment(chart, 'web', {
        web: WebServer.nginx(),
        logAgent: new FluentBit({ output: toReceiver(), resources: SMALL }),
        ...props,
      });
      web.expose({ port: 80, name: 'web' });
      complete(web);
    }),
  );
  await namespace.waitForRollout('deployment/test-web');
}

/** Kills the agent of one pod again and again. */
async function killAgentUnderLoad(
  namespace: Namespace,
  runId: string,
): Promise<{ result: LoadResult; pods: readonly Pod[] }> {
  const load = await Load.start(runId, `http://web.${namespace.name}`, 50);
  const { name } = (await namespace.listPods())[0]!.metadata;
  for (let kill = 1; kill <= KILLS; kill++) {
    await signalContainer(await namespace.waitForPod(name), 'log-agent', 'KILL');
    await waitFor(
      `restart ${kill} of the agent`,
      async () => countRestarts(await namespace.listPods(), 'log-agent') >= kill,
    );
  }
  await namespace.waitForRollout('deployment/test-web');
  return { result: await load.stop(), pods: await namespace.listPods() };
}
