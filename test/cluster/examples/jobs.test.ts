import type { Namespace } from '../namespace';
import { countSeen } from '../receiver';
import { waitFor } from '../wait';
import { describeExample } from './describe-example';

const LAST_LINE = 'LAST LINE';

describeExample('03-report', {
  needs: ['fluent-bit'],
  proofs: {
    'prints all lines of the job, the last one included': async (namespace) => {
      const { items } = await namespace.get<{ items: { metadata: { name: string } }[] }>('pods');
      const lines = (await namespace.readLogs(items[0]!.metadata.name, 'log-agent')).split('\n');
      expect(lines.filter((line) => /job line \d+ of 50/.test(line))).toHaveLength(50);
      expect(lines.filter((line) => line.includes(LAST_LINE))).toHaveLength(1);
    },
  },
});

for (const name of ['31-job-with-log-agent', '32-cron-job-with-log-agent', '44-job-of-a-chart']) {
  describeExample(name, {
    needs: ['fluent-bit'],
    // The chart's own container is as its makers wrote it.
    ...(name.startsWith('44') ? { podSecurity: 'baseline' as const } : {}),
    proofs: { 'the last line of the job reaches Loki once': expectLastLine },
  });
}

async function expectLastLine(namespace: Namespace): Promise<void> {
  const { items } = await namespace.get<{ items: { metadata: { name: string } }[] }>('pods');
  const line = `job ${LAST_LINE} on ${items[0]!.metadata.name}`;
  await waitFor(`"${line}" at the receiver`, async () => (await countSeen(line)) > 0, 30);
  expect(await countSeen(line)).toBe(1);
}
