import { setTimeout as sleep } from 'node:timers/promises';
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
import { NEWEST_BUSYBOX, type Software } from '../images';
import { Namespace } from '../namespace';
import { PROGRAMS_IMAGE } from '../places';
import { isReady, listStatuses, type Pod } from '../pods';
import { testReal } from '../real';
import { PROGRAMS_USER } from '../security';
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

const STREAMER = 'log-streamer-var-log-nginx-access-log';

describe('what once went wrong on a cluster', () => {
  const namespace = new Namespace('promise-faults');

  beforeEach(() => Namespace.create(namespace.name));
  afterAll(() => namespace.delete());

  for (const [software, createAgent] of Object.entries(AGENTS) as [Software, () => ILogAgent][]) {
    testReal(`the pod is ready although the receiver of ${software} has no name`, [software, 'nginx'], async () => {
      await namespace.apply(
        synthesize((chart) => {
          new WebWithLogAgentDeployment(chart, 'web', { replicas: 1, web: WebServer.nginx(), logAgent: createAgent() });
        }),
      );
      await namespace.waitForPods(1, 60);
      await requestEachPod(namespace, 8080);
      await sleep(20_000);
      const [pod] = await namespace.waitForPods(1, 1);
      expect(listStatuses(pod!).map(({ restartCount }) => restartCount)).toEqual([0, 0]);
      const [ending] = await namespace.end();
      expect(ending!.seconds).toBeLessThan(ending!.gracePeriod);
    });
  }

  testReal('the script of LogStreamer ends with the newest BusyBox', ['newest-busybox', 'nginx'], async () => {
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
    await namespace.waitForPods(1);
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
            user: PROGRAMS_USER,
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
