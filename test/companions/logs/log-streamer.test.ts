import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  LogFiles,
  LogFormat,
  LogStreamer,
  type LogStreamerProps,
  MultiContainerPod,
  PreStopSleep,
  SidecarMode,
  WebWithLogAgentPod,
} from '../../../src';
import { describeCompanion } from '../../contract';
import { APP, container, manifests, newChart, newDeployment, podSpec } from '../../support';

const DIRECTORY = '/var/log/app';
const LOGS = LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log' });
const NAME = 'log-streamer-var-log-app-app-log';

describeCompanion('LogStreamer', {
  make: () => new LogStreamer({ logs: LOGS }),
  containers: [NAME],
  mebibytes: 16,
  copy: {
    props: () => ({ logs: LOGS, envVariables: { REGION: kplus.EnvValue.fromValue('eu') } }),
    from: (props) => new LogStreamer(props),
  },
});

function stream(props: LogStreamerProps = { logs: LOGS }) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  const streamer = new LogStreamer(props);
  pod.add(streamer);
  return { chart, pod, streamer };
}

const scripts = (chart: ReturnType<typeof newChart>): string[] =>
  manifests(chart, 'ConfigMap').flatMap(({ data }) => Object.values<string>(data));
const files = (chart: ReturnType<typeof newChart>) =>
  scripts(chart).map((script) => /^FILE='(.*)'$/m.exec(script)?.[1]);

describe('a LogStreamer', () => {
  test('prints the file by a script, as a user without rights, and opens no port', () => {
    const { chart } = stream();
    const found = container(chart, NAME);
    expect(found).toMatchObject({
      image: expect.stringContaining('busybox'),
      command: ['sh', '/log-streamer/stream-log.sh'],
      securityContext: { runAsUser: 10001 },
      resources: { requests: { cpu: '10m', memory: '16Mi' } },
    });
    expect(found).not.toHaveProperty('ports');
    expect(files(chart)).toEqual(['/var/log/app/app.log']);
  });

  test('sees the directory read-only and writes nowhere', () => {
    const mounts = container(stream().chart, NAME).volumeMounts!;
    expect(mounts.map(({ mountPath, readOnly }) => [mountPath, readOnly]).sort()).toEqual([
      ['/log-streamer', true],
      [DIRECTORY, true],
    ]);
  });

  test('goes where the log agent of a pattern goes, with a container for each file', () => {
    const chart = newChart();
    new WebWithLogAgentPod(chart, 'web', { logAgent: new LogStreamer() });
    expect(podSpec(chart).initContainers!.map(({ name }) => name)).toEqual([
      'log-streamer-var-log-nginx-access-log',
      'log-streamer-var-log-nginx-error-log',
    ]);
    expect(files(chart).sort()).toEqual(['/var/log/nginx/access.log', '/var/log/nginx/error.log']);
  });

  test('prints a file once, however often and in whatever format it is collected', () => {
    const { chart, pod, streamer } = stream();
    streamer.collect(pod, LOGS);
    streamer.collect(pod, LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log', format: LogFormat.json() }));
    expect(files(chart)).toHaveLength(1);
  });

  test('prints files of other containers, named for these', () => {
    const { chart, pod, streamer } = stream();
    pod.addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0', user: 77 });
    streamer.collect(pod, LogFiles.inDirectory(DIRECTORY, { pattern: 'app.log', container: 'proxy' }));
    expect(container(chart, 'log-streamer-proxy-var-log-app-app-log')).toBeDefined();
    expect(files(chart).sort()).toEqual(['/logs/proxy/var/log/app/app.log', '/var/log/app/app.log']);
  });

  test('takes another name, image, user, resources and environment', () => {
    const { chart } = stream({
      logs: LOGS,
      name: 'out',
      image: 'acme/shell:1.0.0',
      user: 4321,
      envVariables: { A: kplus.EnvValue.fromValue('b') },
      resources: { cpu: { request: kplus.Cpu.millis(7) } },
    });
    expect(container(chart, 'out-var-log-app-app-log')).toMatchObject({
      image: 'acme/shell:1.0.0',
      securityContext: { runAsUser: 4321 },
      resources: { requests: { cpu: '7m' } },
      env: [{ name: 'A', value: 'b' }],
    });
  });

  test('is given the time to print what was written last', () => {
    expect(podSpec(stream().chart).terminationGracePeriodSeconds).toBe(30 + 2 + 5);
  });

  test('as a classic sidecar waits by a command, which an image of one’s own must be said to have', () => {
    const { chart } = stream({ logs: LOGS, mode: SidecarMode.CLASSIC });
    expect(container(chart, NAME).lifecycle).toMatchObject({ preStop: { exec: { command: ['sleep', '32'] } } });
    const image = 'acme/shell:1.0.0';
    expect(() => stream({ logs: LOGS, image, mode: SidecarMode.CLASSIC })).toThrow('say with `preStopSleep`');
    const own = { logs: LOGS, image, mode: SidecarMode.CLASSIC, preStopSleep: PreStopSleep.ACTION };
    expect(container(stream(own).chart, NAME).lifecycle).toMatchObject({ preStop: { sleep: { seconds: 32 } } });
  });

  test('fails with a pattern of several files', () => {
    const logs = LogFiles.inDirectory(DIRECTORY, { pattern: '*.log' });
    const problem =
      '"/var/log/app/*.log" may be several files, whose lines would be mixed in one stream; name each file by itself, such as "app.log"';
    expect(() => new LogStreamer({ logs })).toThrow(new Error(`[LogStreamer] ${problem}`));
    const { pod, streamer } = stream();
    expect(() => streamer.collect(pod, logs)).toThrow(new Error(`[shop/web] ${problem}`));
  });

  test('fails in a pod it was not added to', () => {
    const stranger = MultiContainerPod.of(newDeployment(newChart(), { containers: [APP] }));
    expect(() => stream().streamer.collect(stranger, LOGS)).toThrow(
      new Error('[shop/web] log streamer "log-streamer" is not in this pod; call `pod.add` with it first'),
    );
  });

  test('fails at synth where it prints nothing', () => {
    expect(() => Testing.synth(stream({}).chart)).toThrow(
      '[shop/web] log streamer "log-streamer" prints nothing; pass `logs`',
    );
  });
});
