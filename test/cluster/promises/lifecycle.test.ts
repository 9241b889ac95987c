import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  SidecarMode,
  WebServer,
  WebWithLogAgentDaemonSet,
  WebWithLogAgentDeployment,
  WebWithLogAgentStatefulSet,
} from '../../../src';
import { expectRequestsReceived } from '../examples/proofs';
import { spawnLines } from '../kubectl';
import { Namespace } from '../namespace';
import { type Ending, listStatuses, type Pod } from '../pods';
import { describeReal } from '../real';
import { SMALL, synthesize, toReceiver } from '../workloads';

describeReal('a web server and its log agent', ['nginx', 'fluent-bit'], () => {
  const namespace = new Namespace('promise-lifecycle');

  beforeEach(() => Namespace.create(namespace.name));
  afterAll(() => namespace.delete());

  test('start and stop in order, and the signal to the agent comes last', async () => {
    await namespace.apply(
      synthesize((chart) => {
        new WebWithLogAgentDeployment(chart, 'web', { replicas: 2, web: WebServer.nginx(), logAgent: agent() });
      }),
    );
    const pods = await namespace.waitForPods(2);
    for (const pod of pods) {
      expect(findStart(pod, 'log-agent') <= findStart(pod, 'webserver')).toBe(true);
    }
    const signals = pods.map((pod) => followSignal(namespace, pod));
    for (const [index, ending] of sortByPod(await namespace.end(), pods).entries()) {
      const { webserver, 'log-agent': logAgent } = ending.containers;
      expect([webserver?.exitCode, logAgent?.exitCode]).toEqual([0, 0]);
      expect(webserver!.finishedAt <= logAgent!.finishedAt).toBe(true);
      expect((await signals[index]!).slice(0, 19) >= webserver!.finishedAt.slice(0, 19)).toBe(true);
      expect(ending.seconds).toBeLessThan(15);
    }
  });

  test('work in classic mode, and end within the grace period', async () => {
    await namespace.apply(
      synthesize((chart) => {
        new WebWithLogAgentDeployment(chart, 'web', {
          replicas: 1,
          web: WebServer.nginx(),
          logAgent: new FluentBit({ output: toReceiver(), resources: SMALL, mode: SidecarMode.CLASSIC }),
        });
      }),
    );
    const [pod] = await namespace.waitForPods(1);
    expect(pod!.spec.initContainers).toBeUndefined();
    await expectRequestsReceived(namespace);
    const [ending] = await namespace.end();
    expect(ending!.containers['log-agent']?.exitCode).toBe(0);
    expect(ending!.seconds).toBeLessThan(ending!.gracePeriod);
  });

  test('are a StatefulSet, whose pods start one after the other', async () => {
    await namespace.apply(
      synthesize((chart) => {
        new WebWithLogAgentStatefulSet(chart, 'web', {
          replicas: 2,
          web: WebServer.nginx(),
          logAgent: agent(),
          service: new kplus.Service(chart, 'governing', { ports: [{ port: 8080 }], clusterIP: 'None' }),
        });
      }),
    );
    const [first, second] = [...(await namespace.waitForPods(2))].sort((a, b) =>
      a.metadata.name.localeCompare(b.metadata.name),
    );
    expect(findStart(first!, 'webserver') <= findStart(second!, 'log-agent')).toBe(true);
    await expectReceivedAndEnded(namespace);
  });

  test('are a DaemonSet, with a pod on every node', async () => {
    await namespace.apply(
      synthesize((chart) => {
        new WebWithLogAgentDaemonSet(chart, 'web', {
          web: WebServer.nginx({ preStopPause: Duration.seconds(1) }),
          logAgent: agent(),
        });
      }),
    );
    await namespace.waitForRollout('daemonset/test-web');
    await expectReceivedAndEnded(namespace);
  });
});

function agent(): FluentBit {
  return new FluentBit({ output: toReceiver(), resources: SMALL });
}

async function expectReceivedAndEnded(namespace: Namespace): Promise<void> {
  await expectRequestsReceived(namespace);
  for (const { containers } of await namespace.end()) {
    expect(Object.values(containers).map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  }
}

function findStart(pod: Pod, container: string): string {
  return listStatuses(pod).find(({ name }) => name === container)!.state.running!.startedAt;
}

/** When Fluent Bit says that it was told to end. */
async function followSignal(namespace: Namespace, pod: Pod): Promise<string> {
  const follow = ['logs', '--namespace', namespace.name, pod.metadata.name, '-c', 'log-agent', '-f', '--timestamps'];
  for await (const line of spawnLines('kubectl', follow)) {
    if (line.includes('caught signal (SIGTERM)')) {
      return line.split(' ')[0]!;
    }
  }
  throw new Error(`the agent of ${pod.metadata.name} was told nothing`);
}

function sortByPod(endings: readonly Ending[], pods: readonly Pod[]): readonly Ending[] {
  return pods.map(({ metadata }) => endings.find(({ pod }) => pod === metadata.name)!);
}
