import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  AppWithConfigReloaderDeployment,
  type AppWithConfigReloaderDeploymentProps,
  ConfigReload,
  ConfigReloader,
  PreStopSleep,
} from '../../src';
import { describePattern } from '../pattern-contract';
import { container, deepFreeze, manifests, newChart, podSpec, podTemplate } from '../support';

const APP = deepFreeze({ name: 'router', image: 'acme/router:1.0.0', user: 1000, port: 8080 });
const HTTP = ConfigReload.byHttp({ port: 8080, path: '/-/reload' });

/** The props of a router whose routes are these. */
const props = (routes: string, reload = HTTP): AppWithConfigReloaderDeploymentProps => ({
  app: APP,
  configReloader: new ConfigReloader({ reload, directory: '/etc/router', files: { 'routes.conf': routes } }),
});

describePattern('AppWithConfigReloaderDeployment', {
  build: (scope, more) => new AppWithConfigReloaderDeployment(scope, 'web', { ...props('/shop'), ...more }),
  prop: ['app', 'application'],
  main: 'router',
  companions: ['config-reloader'],
  parts: ['app', 'configReloader'],
  servedPort: 8080,
  scales: true,
});

function run(routes: string, reload?: ConfigReload) {
  const chart = newChart();
  new AppWithConfigReloaderDeployment(chart, 'web', props(routes, reload));
  return chart;
}

test('a changed configuration does not roll the pods', () => {
  const [before, after] = [run('/shop'), run('/blog')];
  const data = (chart: typeof before) => manifests(chart, 'ConfigMap').map((manifest) => manifest.data);
  expect(data(after)).toEqual([{ 'routes.conf': '/blog' }]);
  expect(data(after)).not.toEqual(data(before));
  expect(podTemplate(after)).toEqual(podTemplate(before));
});

test('a changed way of reloading does', () => {
  const [before, after] = [run('/shop'), run('/shop', ConfigReload.byHttp({ port: 8080, path: '/again' }))];
  expect(podTemplate(after)).not.toEqual(podTemplate(before));
});

test('the application and its reloader see the same files', () => {
  const chart = run('/shop');
  const mount = { name: 'config-reloader-files', readOnly: true };
  expect(container(chart, 'router').volumeMounts).toEqual([{ ...mount, mountPath: '/etc/router' }]);
  expect(container(chart, 'config-reloader').volumeMounts).toEqual([{ ...mount, mountPath: '/watched' }]);
});

test('the application may be told by a signal', () => {
  const chart = run('/shop', ConfigReload.bySignal({ process: 'router' }));
  expect(podSpec(chart).shareProcessNamespace).toBe(true);
  expect(container(chart, 'config-reloader').securityContext).toMatchObject({ runAsUser: 1000 });
});

test('the application is within reach as the container that cdk8s-plus knows', () => {
  const chart = newChart();
  const { app, pod } = new AppWithConfigReloaderDeployment(chart, 'web', props('/shop'));
  expect(app).toBe(pod.main);
  app.env.addVariable('MODE', EnvValue.fromValue('fast'));
  expect(container(chart, 'router').env).toEqual([{ name: 'MODE', value: 'fast' }]);
});

test('the application is asked for its health, and has the time that it takes to stop', () => {
  const chart = newChart();
  const app = { ...APP, healthPath: '/up', preStopSleep: PreStopSleep.ACTION, drain: Duration.seconds(60) };
  new AppWithConfigReloaderDeployment(chart, 'web', { ...props('/shop'), app });
  expect(container(chart, 'router')).toMatchObject({
    readinessProbe: { httpGet: { path: '/up', port: 8080 } },
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
  });
  expect(podSpec(chart).terminationGracePeriodSeconds).toBe(65);
});
