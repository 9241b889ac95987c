import { Duration } from 'cdk8s';
import { JobWithLogAgent, type JobWithLogAgentProps, LogFiles } from '../../src';
import { describePattern } from '../pattern-contract';
import { manifests, newChart } from '../support';

const PROPS: JobWithLogAgentProps = {
  job: { name: 'report', image: 'acme/report:2.0.1', user: 1000 },
  logs: LogFiles.inDirectory('/var/log/report', { pattern: '*.log' }),
};

describePattern('JobWithLogAgent', {
  build: (scope, props) => new JobWithLogAgent(scope, 'web', { ...PROPS, ...props }),
  prop: ['job', 'job'],
  main: 'report',
  companions: ['log-agent'],
  parts: ['logAgent', 'logs'],
  classic: false,
});

test('a Job takes what else cdk8s-plus takes', () => {
  const chart = newChart();
  new JobWithLogAgent(chart, 'web', { ...PROPS, backoffLimit: 2, ttlAfterFinished: Duration.hours(1) });
  expect(manifests(chart, 'Job')[0].spec).toMatchObject({ backoffLimit: 2, ttlSecondsAfterFinished: 3600 });
});
