import { Duration, Testing } from 'cdk8s';
import { type ILogAgent, JobWithLogAgent, LogFiles, LogStreamer } from '../../src';
import { newChart } from '../support';
import { describePods } from './runtime/describe-pods';
import { busyboxImage } from './runtime/images';
import { RunningPod } from './runtime/pod';

jest.setTimeout(120_000);

const JOB = { name: 'import', image: 'acme/import:1', user: 1000 };
const LOGS = LogFiles.inDirectory('/var/log/import', { pattern: 'app.log' });
const STREAMER = 'log-streamer-var-log-import-app-log';

describePods('a job with a log agent', ['busybox'], () => {
  test.each([
    [
      'that it wrote for a while',
      'for n in 1 2 3; do echo "line $n"; sleep 0.5; done >>$log; echo last >>$log',
      'line 1\nline 2\nline 3\nlast\n',
    ],
    ['that it made just then', 'sleep 1.3; echo last >>$log', 'last\n'],
  ])(
    'it completes although the agent runs, and the line that it writes 10 ms before its end, to a file %s, is printed',
    async (_, script, printed) => {
      const chart = newChart();
      const command = ['sh', '-c', `log=/var/log/import/app.log; ${script}; sleep 0.01`];
      new JobWithLogAgent(chart, 'import', {
        job: { ...JOB, command },
        logs: LOGS,
        logAgent: new LogStreamer(),
      });
      const images = { import: busyboxImage(), [STREAMER]: busyboxImage() };
      const running = await RunningPod.start(Testing.synth(chart), { images });
      const streamer = running.container(STREAMER);
      expect(await running.complete()).toEqual({ import: 0, [STREAMER]: 0 });
      expect(streamer.output).toBe(printed);
    },
  );

  test('an agent that looks at files each second and ends at once on SIGTERM reads the last line, because it runs on', async () => {
    const chart = newChart();
    const look =
      'n=0; while :; do tail -n +$((n + 1)) /logs/app.log && n=$(wc -l </logs/app.log); sleep 1 & wait $!; done';
    const agent: ILogAgent = {
      name: 'agent',
      bind: (pod) => {
        pod.addSidecar({
          name: 'agent',
          image: 'acme/agent:1',
          user: 7,
          command: ['sh', '-c', `trap "exit 0" TERM; ${look}`],
        });
        pod.lifecycle.runOnAfterMain('agent', Duration.seconds(2));
      },
      collect: (pod, logs) => void pod.logs.write(logs).readBy('agent', '/logs'),
    };
    const command = [
      'sh',
      '-c',
      'echo first >/var/log/import/app.log; sleep 1.3; echo last >>/var/log/import/app.log; sleep 0.01',
    ];
    new JobWithLogAgent(chart, 'import', { job: { ...JOB, command }, logs: LOGS, logAgent: agent });
    const running = await RunningPod.start(Testing.synth(chart), {
      images: { import: busyboxImage(), agent: busyboxImage() },
    });
    const printed = running.container('agent');
    expect(await running.complete()).toEqual({ import: 0, agent: 0 });
    expect(printed.output).toContain('last\n');
  });
});
