import { Size } from 'cdk8s';
import {
  Alloy,
  AlloyOutput,
  Filebeat,
  FilebeatOutput,
  FluentBit,
  FluentBitOutput,
  Fluentd,
  FluentdOutput,
  type ILogAgent,
  LogFiles,
  LogRotation,
  LogStreamer,
  OtelCollector,
  OtelExporter,
  Vector,
  VectorSink,
  WebServer,
  WebWithLogAgentDeployment,
} from '../../../src';
import { expectPrintedOnce, requestEachPod } from '../examples/proofs';
import { listUnproved, type Software } from '../images';
import { Namespace } from '../namespace';
import { PROGRAMS_IMAGE } from '../places';
import { isReady, listStatuses, type Pod } from '../pods';
import { waitFor } from '../wait';
import { SMALL, synthesize, toReceiver } from '../workloads';

/** A receiver whose name no DNS knows, as before it is deployed. */
const NOBODY = 'receiver.nowhere';

const AGENTS: Readonly<Partial<Record<Software, () => ILogAgent>>> = {
  'fluent-bit': () => new FluentBit({ output: FluentBitOutput.loki({ host: NOBODY }) }),
  vector: () => new Vector({ sink: VectorSink.loki({ endpoint: `http://${NOBODY}:3100` }) }),
  otelcol: () => new OtelCollector({ exporter: OtelExporter.otlp({ endpoint: `${NOBODY}:4317` }) }),
  fluentd: () => new Fluentd({ output: FluentdOutput.forward({ host: NOBODY }) }),
  filebeat: () => new Filebeat({ output: FilebeatOutput.elasticsearch({ hosts: [`http://${NOBODY}:9200`] }) }),
  alloy: () => new Alloy({ output: AlloyOutput.loki({ endpoint: `http://${NOBODY}:3100/loki/api/v1/push` }) }),
};

/** The newest BusyBox: its shell treats a trap differently from those before. */
const STREAMER = 'log-streamer-var-log-nginx-access-log';
const NEWEST_BUSYBOX = 'docker.io/library/busybox:1.38.0';

describe('what once went wrong on a cluster', () => {
  const namespace = new Namespace('promise-faults');

  beforeEach(() => Namespace.create(namespace.name));
  afterAll(() => namespace.delete());

  for (const [software, createAgent] of Object.entries(AGENTS) as [Software, () => ILogAgent][]) {
    const testReal = listUnproved([software, 'nginx']).length === 0 ? test : test.skip;
    testReal(`the pod is ready although the receiver of ${software} has no name`, async () => {
      await namespace.apply(
        synthesize((chart) => {
          new WebWithLogAgentDeployment(chart, 'web', { replicas: 1, web: WebServer.nginx(), logAgent: createAgent() });
        }),
      );
      await namespace.waitForPods(1, '', 60);
      await requestEachPod(namespace, 8080);
      await new Promise((resolve) => setTimeout(resolve, 20_000));
      const [pod] = await namespace.waitForPods(1, '', 1);
      expect(listStatuses(pod!).map(({ restartCount }) => restartCount)).toEqual([0, 0]);
      const [ending] = await namespace.end();
      expect(ending!.seconds).toBeLessThan(ending!.gracePeriod);
    });
  }

  test('the script of LogStreamer ends with the newest BusyBox', async () => {
    await namespace.apply(
      synthesize((chart) => {
        const logs = LogFiles.inDirectory('/var/log/nginx', { pattern: 'access.log' });
        new WebWithLogAgentDeployment(chart, 'web', {
          replicas: 1,
          web: WebServer.nginx(),
          logAgent: new LogStreamer({ logs, image: NEWEST_BUSYBOX }),
        });
      }),
    );
    if (await isMissing(namespace)) {
      console.log(`not proved: ${NEWEST_BUSYBOX} is not to be had here`);
      return;
    }
    const [[pod, word]] = [...(await requestEachPod(namespace, 8080))] as [[string, string]];
    await expectPrintedOnce(namespace, pod, STREAMER, word);
    const [ending] = await namespace.end();
    expect(ending!.containers[STREAMER]?.killed).toBe(false);
    expect(ending!.seconds).toBeLessThan(ending!.gracePeriod);
  });

  test('a log that nobody rotates fills its volume: the pod is replaced, and not its node filled', async () => {
    await namespace.apply(
      synthesize((chart) => {
        new WebWithLogAgentDeployment(chart, 'web', {
          replicas: 1,
          web: WebServer.of({
            name: 'writer',
            image: PROGRAMS_IMAGE,
            args: ['write', '--file', '/var/log/app/app.log', '--run', 'full', '--rate', '20000', '--health', ':8080'],
            port: 8080,
            user: 65532,
            logs: LogFiles.inDirectory('/var/log/app', { pattern: '*.log' }),
            rotation: LogRotation.byApplication({ maxFileSize: Size.mebibytes(1), keep: 1 }),
          }),
          logAgent: new FluentBit({ output: toReceiver(), resources: SMALL }),
        });
      }),
    );
    const evicted = await waitFor(
      'eviction of the pod',
      async () => {
        const { items } = await namespace.get<{ items: (Pod & { status: { reason?: string } })[] }>('pods');
        return items.find(({ status }) => status.reason === 'Evicted');
      },
      150,
    );
    expect(evicted.status.message).toMatch(/exceeds the limit/);
    await waitFor('pod in its place', async () => (await namespace.listPods()).some(isReady));
  });
});

async function isMissing(namespace: Namespace): Promise<boolean> {
  return waitFor('pods that run or have no image', async () => {
    const pods = await namespace.listPods();
    const states = pods.flatMap(listStatuses).map(({ state }) => state.waiting?.reason ?? '');
    if (states.some((reason) => /Image/.test(reason))) {
      return 'missing' as const;
    }
    return pods.length > 0 && pods.every(({ status }) => status.phase === 'Running') && ('there' as const);
  }).then((answer) => answer === 'missing');
}
