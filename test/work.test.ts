import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  FastApp,
  LogFiles,
  MultiContainerPod,
  SidecarMode,
  WebWithLogAgentDeployment,
} from '../src';
import { WorkCounter } from './work';

const counter = new WorkCounter();
afterAll(() => counter.stop());

const main = { name: 'main', image: 'acme/main:1', user: 101 };

const times = (count: number, act: (index: number) => void) => {
  for (let index = 0; index < count; index++) {
    act(index);
  }
};

function podIn(app: App, id = 'pod'): MultiContainerPod {
  const pod = MultiContainerPod.of(new kplus.Deployment(new Chart(app, id), 'workload'));
  pod.addMainContainer(main);
  return pod;
}

const cases: Record<string, (app: App, count: number) => void> = {
  'charts of a pattern': (app, count) =>
    times(count, (index) => new WebWithLogAgentDeployment(new Chart(app, `chart-${index}`), 'web').expose()),
  'pods of one chart': (app, count) => {
    const chart = new Chart(app, 'chart');
    times(count, (index) => new WebWithLogAgentDeployment(chart, `web-${index}`).expose());
  },
  'containers of one pod': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.addSidecar({ name: `helper-${index}`, image: 'acme/helper:1', user: 102, ports: [{ number: 2000 + index, name: `p-${index}` }] }));
  },
  'classic containers': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.addSidecar({ name: `helper-${index}`, image: 'acme/helper:1', user: 102, mode: SidecarMode.CLASSIC }));
  },
  'init containers of one pod': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.addInitContainer({ name: `init-${index}`, image: 'acme/init:1', user: 102 }));
  },
  'claims of one container': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.network.claim({ container: 'main', port: 2000 + index, name: `port-${index}` }));
  },
  'loopback claims': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.network.claim({ container: 'main', port: 2000 + index, loopback: true }));
  },
  'volumes shared': (app, count) => {
    const pod = podIn(app);
    pod.addSidecar({ name: 'reader', image: 'acme/helper:1', user: 102 });
    times(count, (index) => {
      const volume = pod.storage.share(`volume-${index}`);
      volume.writtenBy('main', `/data/${index}`);
      volume.readBy('reader', `/data/${index}`);
    });
  },
  'scratch directories': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.storage.scratch('main', `/scratch/${index}`));
  },
  'configurations': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.storage.configFiles({ container: 'main', name: `config-${index}`, directory: `/config/${index}`, files: { a: 'b' } }));
  },
  'files of one configuration': (app, count) => {
    const config = podIn(app).storage.configFiles({ container: 'main', directory: '/config' });
    times(count, (index) => config.write(`file-${index}`, 'text'));
  },
  'environment variables': (app, count) => {
    const pod = podIn(app);
    times(count, (index) => pod.addEnv('main', `VARIABLE_${index}`, kplus.EnvValue.fromValue('x')));
  },
  'copied environment': (app, count) => {
    const pod = podIn(app);
    pod.addSidecar({ name: 'reader', image: 'acme/helper:1', user: 102 });
    pod.copyEnv('main', 'reader');
    times(count, (index) => pod.addEnv('main', `VARIABLE_${index}`, kplus.EnvValue.fromValue('x')));
  },
  'log files': (app, count) => {
    const pod = podIn(app);
    const agent = new FluentBit({ output: FluentBitOutput.stdout() });
    pod.add(agent);
    times(count, (index) => agent.collect(pod, LogFiles.inDirectory(`/var/log/${index}`, { pattern: '*.log' })));
  },
  'log files of one directory': (app, count) => {
    const pod = podIn(app);
    const agent = new FluentBit({ output: FluentBitOutput.stdout() });
    pod.add(agent);
    times(count, (index) => agent.collect(pod, LogFiles.inDirectory('/var/log', { pattern: `${index}.log` })));
  },
};

describe.each(Object.entries(cases))('the work of %s', (_, build) => {
  test.each([FastApp, App])('grows with their number in %p', (Kind) => {
    const work = (count: number) =>
      counter.of(() => {
        const app = new Kind({ outdir: '/nowhere' });
        build(app, count);
        app.synthYaml();
      });
    work(4);
    const [few, many] = [work(20), work(40)];
    console.log(_, Kind.name, few, many, (many / few).toFixed(3));
    expect(many).toBeLessThanOrEqual(2.1 * few);
  });
});
