import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  type AddOptions,
  CloudSqlEngine,
  CloudSqlProxy,
  type ICompanion,
  InitContainer,
  MultiContainerPod,
  RunFirst,
  Sidecar,
  SidecarMode,
  WaitFor,
} from '../../src';
import { APP, JOBS, newChart, newDeployment, podSpec, WORKLOADS } from '../support';

const sidecar = (name: string, options: object = {}) =>
  new Sidecar({ name, image: 'acme/sidecar:1.0.0', user: 7, ...options });
const init = (name: string) => new InitContainer({ name, image: 'acme/init:1.0.0', user: 7 });
const MIGRATE = RunFirst.ofMain({ name: 'migrate', command: ['app', 'migrate'] });

/** A pod with two init containers, and the order in which its containers start. */
function compose(kind = 'Deployment', options: { sidecarMode?: SidecarMode } = {}) {
  const chart = newChart();
  const setup = { name: 'setup', image: 'acme/setup:1.0.0', securityContext: { user: 7 } };
  const pod = MultiContainerPod.of(WORKLOADS[kind]!(chart, { containers: [APP], initContainers: [setup] }), options);
  pod.add(MIGRATE);
  return { chart, pod, order: () => podSpec(chart).initContainers?.map(({ name }) => name) };
}

describe.each(Object.keys(WORKLOADS))('what joins a %s before an init container', (kind) => {
  test('starts before it, and after those that were there', () => {
    const { pod, order } = compose(kind);
    pod.add(sidecar('proxy'), { before: 'migrate' });
    expect(order()).toEqual(['setup', 'proxy', 'migrate']);
  });

  test('may start before one that cdk8s-plus made', () => {
    const { pod, order } = compose(kind);
    pod.add(init('first'), { before: 'setup' });
    expect(order()).toEqual(['first', 'setup', 'migrate']);
  });
});

describe('before an init container', () => {
  test('starts the proxy that it needs, and the pod is in order', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(MIGRATE);
    const instances = [{ connectionName: 'acme:europe-west3:grants', engine: CloudSqlEngine.POSTGRESQL }];
    pod.add(new CloudSqlProxy({ instances }), { before: 'migrate' });
    expect(podSpec(chart).initContainers?.map(({ name }) => name)).toEqual(['cloud-sql-proxy', 'migrate']);
  });

  test('starts all that a companion adds, in its own order', () => {
    const { pod, order } = compose();
    const several: ICompanion = {
      bind: (joined) => {
        joined.add(init('warm-up'));
        joined.add(sidecar('cache'));
        joined.add(sidecar('beside', { mode: SidecarMode.CLASSIC }));
      },
    };
    pod.add(several, { before: 'migrate' });
    expect(order()).toEqual(['setup', 'warm-up', 'cache', 'migrate']);
    expect(pod.workload.containers.map(({ name }) => name)).toEqual(['app', 'beside']);
  });

  test('start several in the order in which they are added, and a companion where it says itself', () => {
    const { pod, order } = compose();
    pod.add(sidecar('one'), { before: 'migrate' });
    pod.add(sidecar('two'), { before: 'migrate' });
    pod.add({ bind: (joined) => joined.add(sidecar('three'), { before: 'one' }) }, { before: 'migrate' });
    pod.add(sidecar('last'));
    expect(order()).toEqual(['setup', 'three', 'one', 'two', 'migrate', 'last']);
  });

  test('means before a native sidecar, too', () => {
    const { pod, order } = compose();
    pod.add(sidecar('proxy'));
    pod.add(WaitFor.tcp({ host: 'db', port: 5432 }), { before: 'proxy' });
    expect(order()).toEqual(['setup', 'migrate', 'wait-for-db', 'proxy']);
  });

  test('changes nothing but the order', () => {
    const [first, second] = [undefined, { before: 'migrate' }].map((options?: AddOptions) => {
      const { chart, pod } = compose();
      pod.add(sidecar('proxy', { flush: Duration.seconds(4), ports: [{ number: 5432 }] }), options);
      const spec = podSpec(chart);
      return { ...spec, initContainers: [...spec.initContainers!].sort((a, b) => a.name.localeCompare(b.name)) };
    });
    expect(second).toEqual(first);
  });

  test('means nothing where a patch has taken it away', () => {
    const { chart, pod } = compose();
    pod.add(sidecar('proxy'), { before: 'migrate' });
    const apiObject = ApiObject.of(pod.workload);
    apiObject.addJsonPatch(JsonPatch.replace('/spec/template/spec/initContainers/1/name', 'renamed'));
    expect(() => podSpec(chart)).toThrow('container "migrate" is not in the manifest');
  });
});

describe('nothing starts before', () => {
  const failure = (add: (pod: MultiContainerPod) => void, options: { sidecarMode?: SidecarMode } = {}) => {
    const { pod } = compose('Deployment', options);
    return () => add(pod);
  };

  test('a container that is not there', () => {
    expect(failure((pod) => pod.add(sidecar('proxy'), { before: 'migration' }))).toThrow(
      new Error(
        '[shop/workload] `before` is "migration", but there is no init container of this name in this pod (init containers: setup, migrate); add it first, or leave `before` out',
      ),
    );
  });

  test('anything in a pod without init containers', () => {
    const pod = MultiContainerPod.of(newDeployment(newChart()));
    expect(() => pod.add(sidecar('proxy'), { before: 'migrate' })).toThrow(
      new Error(
        '[shop/web] `before` is "migrate", but there is no init container of this name in this pod; add it first, or leave `before` out',
      ),
    );
    expect(() => pod.container('proxy')).toThrow('there is no container "proxy"');
  });

  test('an ordinary container, before which all others start anyway', () => {
    expect(failure((pod) => pod.add(sidecar('proxy'), { before: 'app' }))).toThrow(
      new Error(
        '[shop/workload] `before` is "app", an ordinary container, which starts after all init containers and native sidecars anyway; leave `before` out, or pass the name of an init container (init containers: setup, migrate)',
      ),
    );
  });

  test('where the companion adds ordinary containers alone', () => {
    const error = new Error(
      '[shop/workload] the companion adds ordinary containers alone ("proxy"), which start after "migrate"; use SidecarMode.NATIVE, or leave `before` out',
    );
    const add = (options: object) => (pod: MultiContainerPod) =>
      pod.add(sidecar('proxy', options), { before: 'migrate' });
    expect(failure(add({ mode: SidecarMode.CLASSIC }))).toThrow(error);
    expect(failure(add({}), { sidecarMode: SidecarMode.CLASSIC })).toThrow(error);
  });

  test('where the companion adds no container', () => {
    expect(failure((pod) => pod.add({ bind: () => undefined }, { before: 'migrate' }))).toThrow(
      new Error(
        '[shop/workload] the companion adds no container that could start before "migrate"; leave `before` out',
      ),
    );
  });
});

test('jobs keep the order, too', () => {
  expect(JOBS.map((kind) => compose(kind).order())).toEqual([
    ['setup', 'migrate'],
    ['setup', 'migrate'],
  ]);
  expect(kplus.ContainerRestartPolicy.ALWAYS).toBe('Always');
});
