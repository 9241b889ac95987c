import { Cron, Duration } from 'cdk8s';
import { CronJobWithLogAgent, type CronJobWithLogAgentProps, LogFiles } from '../../src';
import { describePattern } from '../pattern-contract';
import { manifests, newChart } from '../support';

const PROPS: CronJobWithLogAgentProps = {
  job: { name: 'report', image: 'acme/report:2.0.1', user: 1000 },
  logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
  schedule: Cron.daily(),
};

describePattern('CronJobWithLogAgent', {
  build: (scope, props) => new CronJobWithLogAgent(scope, 'web', { ...PROPS, ...props }),
  prop: ['job', 'job'],
  main: 'report',
  companions: ['log-agent'],
  parts: ['logAgent', 'logs'],
  classic: false,
});

test('a CronJob takes what else cdk8s-plus takes', () => {
  const chart = newChart();
  new CronJobWithLogAgent(chart, 'web', { ...PROPS, timeZone: 'Europe/Berlin', activeDeadline: Duration.hours(1) });
  const [{ spec }] = manifests(chart, 'CronJob');
  expect(spec).toMatchObject({ schedule: '0 0 * * *', timeZone: 'Europe/Berlin' });
  expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBe(3600);
});
