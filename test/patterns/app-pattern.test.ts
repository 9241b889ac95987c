import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type ApplicationProps, AppPattern, type AppPatternProps, PreStopSleep, Sidecar } from '../../src';
import { describePattern } from '../pattern-contract';
import { container, deepFreeze, newChart, podSpec } from '../support';

const APP: ApplicationProps = deepFreeze({ name: 'orders', image: 'acme/orders:1.0.0', user: 1000, port: 8080 });

/** A pattern as this library writes them: an application, and a companion beside it. */
class AppWithNeighbour extends AppPattern {
  public constructor(scope: Construct, id: string, props: AppPatternProps) {
    super(scope, id, props);
    this.pod.add(new Sidecar({ name: 'neighbour', image: 'acme/neighbour:1.0.0', user: 2000 }));
  }
}

describePattern('AppPattern', {
  build: (scope, props) => new AppWithNeighbour(scope, 'web', { app: APP, ...props }),
  prop: ['app', 'application'],
  main: 'orders',
  companions: ['neighbour'],
  parts: ['app'],
  servedPort: 8080,
  scales: true,
});

test('the application is within reach as the container that cdk8s-plus knows', () => {
  const chart = newChart();
  const { app, pod } = new AppWithNeighbour(chart, 'web', { app: APP });
  expect(app).toBe(pod.main);
  app.env.addVariable('MODE', kplus.EnvValue.fromValue('fast'));
  expect(container(chart, 'orders').env).toEqual([{ name: 'MODE', value: 'fast' }]);
});

test('the application is asked for its health, and has the time that it takes to stop', () => {
  const chart = newChart();
  const app = { ...APP, healthPath: '/up', preStopSleep: PreStopSleep.ACTION, drain: Duration.seconds(60) };
  new AppWithNeighbour(chart, 'web', { app });
  expect(container(chart, 'orders')).toMatchObject({
    readinessProbe: { httpGet: { path: '/up', port: 8080 } },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
  });
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(65);
});
