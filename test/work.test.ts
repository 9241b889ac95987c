import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FastApp, FluentBit, FluentBitOutput, LogFiles, MultiContainerPod, WebWithLogAgentDeployment } from '../src';
import { WorkCounter } from './work';

const counter = new WorkCounter();
afterAll(() => counter.stop());

const HELPER = { image: 'acme/helper:1', user: 102 };

/** How the part of each number is added to an app. */
type Parts = (app: App) => (index: number) => void;

/**
 * More containers than pods have. Whatever is added to a pod looks once at each of them, because cdk8s-plus tells nobody when a
 * port or a volume is declared: two or three steps beside the hundreds that a container takes by itself.
 */
const CONTAINERS = 15;

/** Whole pods are the most work. */
const PODS = 20;

test.each<[string, Parts, number?]>([
  ['charts', addChartsTo, PODS],
  ['pods', (app) => addPodsTo(new Chart(app, 'chart')), PODS],
  ['sidecars', (app) => addSidecarsTo(podIn(app)), CONTAINERS],
  ['init containers', (app) => addInitContainersTo(podIn(app)), CONTAINERS],
  ['claims', (app) => addClaimsTo(podIn(app), false)],
  ['claims of the loopback interface', (app) => addClaimsTo(podIn(app), true)],
  ['shared volumes', (app) => addVolumesTo(podIn(app))],
  ['writable directories', (app) => addDirectoriesTo(podIn(app))],
  ['configurations', (app) => addConfigurationsTo(podIn(app))],
  ['files of a configuration', (app) => addFilesTo(podIn(app))],
  ['environment variables', (app) => addVariablesTo(podIn(app))],
  ['directories of logs', (app) => addLogsTo(podIn(app), (index) => LogFiles.inDirectory(`/log/${index}`, ALL))],
  ['logs of a directory', (app) => addLogsTo(podIn(app), (index) => LogFiles.inDirectory('/log', one(index)))],
])('the work of a synth grows with its %s, and no faster', (_, parts, several = 50) => {
  const work = (count: number) =>
    counter.of(() => {
      const app = new FastApp({ outdir: '/nowhere' });
      const add = parts(app);
      for (let index = 0; index < count; index++) {
        add(index);
      }
      app.synthYaml();
    });
  work(4); // what is compiled, loaded or rendered once
  const [few, many] = [work(several), work(2 * several)];
  expect(few).toBeGreaterThan(several);
  expect(many / few).toBeLessThanOrEqual(2.1);
});

test('the count of work tells what grows faster', () => {
  const work = (count: number) => counter.of(() => visitPairs(count));
  work(4);
  expect(work(40) / work(20)).toBeGreaterThan(2.1);
});

function visitPairs(count: number): void {
  const names = Array.from({ length: count }, (_, index) => `helper-${index}`);
  const pod = podIn(new App({ outdir: '/nowhere' }));
  for (const name of names) {
    pod.addSidecar({ ...HELPER, name });
  }
  for (const _ of names) {
    for (const name of names) {
      pod.container(name);
    }
  }
}

const ALL = { pattern: '*.log' };
const one = (index: number) => ({ pattern: `${index}.log` });

function podIn(app: App): MultiContainerPod {
  const pod = MultiContainerPod.of(new kplus.Deployment(new Chart(app, 'chart'), 'workload'));
  pod.addMainContainer({ name: 'main', image: 'acme/main:1', user: 101 });
  pod.addSidecar({ ...HELPER, name: 'reader' });
  pod.copyEnv('main', 'reader');
  return pod;
}

function addChartsTo(app: App) {
  return (index: number) => new WebWithLogAgentDeployment(new Chart(app, `chart-${index}`), 'web').expose();
}

function addPodsTo(chart: Chart) {
  return (index: number) => new WebWithLogAgentDeployment(chart, `web-${index}`).expose();
}

function addSidecarsTo(pod: MultiContainerPod) {
  return (index: number) => {
    const name = `helper-${index}`;
    pod.addSidecar({ ...HELPER, name, ports: [{ number: 2000 + index, name }], writableDirectories: ['/tmp'] });
  };
}

function addInitContainersTo(pod: MultiContainerPod) {
  return (index: number) => pod.addInitContainer({ ...HELPER, name: `init-${index}` });
}

function addClaimsTo({ network }: MultiContainerPod, loopback: boolean) {
  return (index: number) =>
    network.claim({ container: 'main', port: 2000 + index, name: `port-${index}`, loopback, exposed: index === 0 });
}

function addVolumesTo({ storage }: MultiContainerPod) {
  return (index: number) => {
    const volume = storage.share(`volume-${index}`);
    volume.writtenBy('main', `/data/${index}`);
    volume.readBy('reader', `/data/${index}`);
  };
}

function addDirectoriesTo({ storage }: MultiContainerPod) {
  return (index: number) => storage.scratch('main', `/scratch/${index}`);
}

function addConfigurationsTo({ storage }: MultiContainerPod) {
  return (index: number) =>
    storage.configFiles({
      container: 'main',
      name: `config-${index}`,
      directory: `/config/${index}`,
      files: { a: 'b' },
    });
}

function addFilesTo({ storage }: MultiContainerPod) {
  const config = storage.configFiles({ container: 'main', directory: '/config' });
  return (index: number) => config.write(`file-${index}`, 'text');
}

function addVariablesTo(pod: MultiContainerPod) {
  return (index: number) => pod.addEnv('main', `VARIABLE_${index}`, kplus.EnvValue.fromValue('value'));
}

function addLogsTo(pod: MultiContainerPod, logs: (index: number) => LogFiles) {
  const agent = new FluentBit({ output: FluentBitOutput.stdout() });
  pod.add(agent);
  return (index: number) => agent.collect(pod, logs(index));
}
