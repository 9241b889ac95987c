import { Testing } from 'cdk8s';
import { JobWithLogAgent, LogFiles, LogStreamer } from '../../src';
import { newChart } from '../support';
import { describePods } from './runtime/describe-pods';
import { busyboxImage } from './runtime/images';
import { RunningPod } from './runtime/pod';

jest.setTimeout(120_000);

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
        job: { name: 'import', image: 'acme/import:1', user: 1000, command },
        logs: LogFiles.inDirectory('/var/log/import', { pattern: 'app.log' }),
        logAgent: new LogStreamer(),
      });
      const images = { import: busyboxImage(), [STREAMER]: busyboxImage() };
      const running = await RunningPod.start(Testing.synth(chart), { images });
      const streamer = running.container(STREAMER);
      expect(await running.complete()).toEqual({ import: 0, [STREAMER]: 0 });
      expect(streamer.output).toBe(printed);
    },
  );
});
