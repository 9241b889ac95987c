import { type Chart, Cron, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type BatchWithLogAgentOptions,
  CronJobWithLogAgent,
  FluentBit,
  FluentBitOutput,
  type ILogAgent,
  JobWithLogAgent,
  LogFiles,
  LogFormat,
  LogRotation,
  LogStreamer,
  MultiContainerPod,
  PreStopSleep,
  Sidecar,
  SidecarMode,
} from '../../src';
import { fluentBitConfig, tailedPaths } from '../fluent-bit-schema';
import { APP, container, newChart, podSpec } from '../support';

const JOB = { name: 'report', image: 'acme/report:2.0.1', user: 1000 };
const LOGS = LogFiles.inDirectory('/var/log/report', { pattern: '*.log' });

function run(props: Partial<BatchWithLogAgentOptions> = {}) {
  const chart = newChart();
  return { chart, pattern: new JobWithLogAgent(chart, 'report', { job: JOB, logs: LOGS, ...props }) };
}

const paths = (chart: Chart) => tailedPaths(fluentBitConfig(chart));
const hookOf = (chart: Chart, name = 'log-agent') => container(chart, name).lifecycle;

/** An agent as somebody else may write one. */
function stranger(bind: (pod: MultiContainerPod) => void): ILogAgent {
  return { name: 'shipper', bind, collect: (pod, logs) => void pod.logs.read(logs, 'shipper') };
}
const SHIPPER = { name: 'shipper', image: 'acme/shipper:1', user: 7 };

describe('a job with a log agent', () => {
  test('is the main container, and the agent a native sidecar, which keeps no Job from completing', () => {
    const { containers, initContainers, restartPolicy } = podSpec(run().chart);
    expect(containers.map(({ name }) => name)).toEqual(['report']);
    expect(initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([['log-agent', 'Always']]);
    expect(restartPolicy).toBe('Never');
  });

  test('has an agent that looks for new files each second and runs on after the job for longer than that', () => {
    const { chart } = run();
    expect(fluentBitConfig(chart).pipeline.inputs.map((input: any) => input.refresh_interval)).toEqual([1]);
    expect(hookOf(chart)).toEqual({ preStop: { sleep: { seconds: 3 } } });
  });

  test('gives the pod the time to stop the job, to read on and to deliver', () => {
    expect(podSpec(run().chart).terminationGracePeriodSeconds).toBe(30 + 10 + 5);
    const logAgent = new FluentBit({ output: FluentBitOutput.stdout(), catchUp: Duration.minutes(1) });
    expect(podSpec(run({ logAgent }).chart).terminationGracePeriodSeconds).toBe(60 + 10 + 5);
  });

  test('has an agent that runs on for the time that it was told', () => {
    const agent = (options: object) => new FluentBit({ output: FluentBitOutput.stdout(), ...options });
    const twenty = agent({ catchUp: Duration.seconds(20), preStopSleep: PreStopSleep.COMMAND });
    expect(hookOf(run({ logAgent: twenty }).chart)).toEqual({ preStop: { exec: { command: ['sleep', '20'] } } });
    expect(hookOf(run({ logAgent: agent({ catchUp: Duration.seconds(0) }) }).chart)).toBeUndefined();
  });

  test('lets an agent of your own run on for fifteen seconds, unless it says for how long', () => {
    const silent = stranger((pod) => void pod.addSidecar(SHIPPER));
    expect(hookOf(run({ logAgent: silent }).chart, 'shipper')).toEqual({ preStop: { sleep: { seconds: 15 } } });
    const brief = stranger((pod) => {
      pod.addSidecar(SHIPPER);
      pod.lifecycle.runOnAfterMain('shipper', Duration.seconds(2));
    });
    expect(hookOf(run({ logAgent: brief }).chart, 'shipper')).toEqual({ preStop: { sleep: { seconds: 2 } } });
  });

  test('takes an agent of several containers, which say themselves how long they run on', () => {
    const log = (pattern: string) => LogFiles.inDirectory('/var/log/report', { pattern });
    const { chart } = run({ logs: log('app.log'), moreLogs: [log('errors.log')], logAgent: new LogStreamer() });
    const streamers = ['app', 'errors'].map((file) => `log-streamer-var-log-report-${file}-log`);
    expect(podSpec(chart).initContainers?.map(({ name }) => name)).toEqual(streamers);
    expect(streamers.map((name) => hookOf(chart, name))).toEqual([undefined, undefined]); // they look once more at their end
  });

  test('fails with an agent that is a classic sidecar', () => {
    const classic = new FluentBit({ output: FluentBitOutput.stdout(), mode: SidecarMode.CLASSIC });
    expect(() => run({ logAgent: classic })).toThrow(
      new Error(
        '[shop/report] container "log-agent" is a classic sidecar of a Job, which would then never complete; use SidecarMode.NATIVE',
      ),
    );
  });

  test('ships all log files of the job, and those of companions', () => {
    const errors = LogFiles.inDirectory('/var/log/report', { pattern: 'errors.json', format: LogFormat.json() });
    const { chart, pattern } = run({ moreLogs: [errors] });
    pattern.pod.add(new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 }));
    pattern.addLogs(LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' }));
    expect(paths(chart)).toEqual(['/var/log/report/*.log', '/var/log/report/errors.json', '/logs/proxy/proxy/*.log']);
  });

  test('keeps the log files on a limited volume that the agent only reads', () => {
    const { chart, pattern } = run();
    const { volumes } = podSpec(chart);
    expect(pattern.logs.name).toBe('report-var-log-report');
    expect(volumes?.find(({ name }) => name === pattern.logs.name)?.emptyDir).toEqual({ sizeLimit: '1Gi' });
    expect(container(chart, 'log-agent').volumeMounts).toContainEqual({
      mountPath: '/var/log/report',
      name: pattern.logs.name,
      readOnly: true,
    });
  });

  test('has room for as much as is said, and rotates what is to be rotated', () => {
    const { chart, pattern } = run({ logSizeLimit: Size.mebibytes(64), rotation: LogRotation.copyTruncate() });
    const { volumes, initContainers } = podSpec(chart);
    expect(volumes?.find(({ name }) => name === pattern.logs.name)?.emptyDir).toEqual({ sizeLimit: '64Mi' });
    expect(initContainers?.map(({ name }) => name)).toEqual(['log-agent', 'log-rotator']);
  });
});

describe('a job that waits for a native sidecar', () => {
  const proxy = { name: 'proxy', image: 'acme/proxy:1.0.0', user: 7, readyBeforeMain: true };
  const startup = kplus.Probe.fromTcpSocket({ port: 5432 });

  test.each([
    [undefined, 'OnFailure'],
    [kplus.RestartPolicy.NEVER, 'Never'],
    [kplus.RestartPolicy.ON_FAILURE, 'OnFailure'],
  ])('with `restartPolicy` %s, is restarted in its pod: %s', (restartPolicy, rendered) => {
    const chart = newChart();
    const stated = restartPolicy && { restartPolicy };
    const pattern = new JobWithLogAgent(chart, 'report', { job: JOB, logs: LOGS, ...stated });
    pattern.pod.add(new Sidecar({ ...proxy, ports: [{ number: 5432 }], startup }));
    expect(podSpec(chart).restartPolicy).toBe(rendered);
  });

  test('on a schedule is the same', () => {
    const chart = newChart();
    const schedule = Cron.daily();
    const pattern = new CronJobWithLogAgent(chart, 'report', { job: JOB, logs: LOGS, schedule });
    expect(podSpec(chart).restartPolicy).toBe('Never');
    pattern.pod.add(new Sidecar({ ...proxy, ports: [{ number: 5432 }], startup }));
    expect(podSpec(chart).restartPolicy).toBe('OnFailure');
  });

  test('stays as it is where the workload is that of a user, who has said how', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(new kplus.Job(chart, 'report', { containers: [APP] }));
    pod.add(new Sidecar({ ...proxy, ports: [{ number: 5432 }], startup }));
    expect(podSpec(chart).restartPolicy).toBe('Never');
  });
});
