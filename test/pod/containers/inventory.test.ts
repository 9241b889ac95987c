import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod } from '../../../src/index';
import { Inventory } from '../../../src/pod/containers/inventory';
import { APP, newChart, newDeployment } from '../../support';

const NATIVE = { name: 'proxy', image: 'acme/proxy:1.0.0', restartPolicy: kplus.ContainerRestartPolicy.ALWAYS };
const INIT = { name: 'migrate', image: 'acme/migrate:1.0.0' };

function inventoryOf(...containers: kplus.ContainerProps[]): Inventory {
  return new Inventory(newDeployment(newChart(), { containers }));
}

test('containers are known in the order in which they start', () => {
  const inventory = inventoryOf(APP, { name: 'agent', image: 'acme/agent:1.0.0' });
  inventory.workload.addInitContainer(INIT);
  inventory.workload.addInitContainer(NATIVE);
  expect(inventory.all.map(({ name }) => name)).toEqual(['migrate', 'proxy', 'app', 'agent']);
  expect(inventory.running.map(({ name }) => name)).toEqual(['proxy', 'app', 'agent']);
  expect(inventory.main.name).toBe('app');
});

test('only an init container that runs to its end is a plain one', () => {
  const inventory = inventoryOf(APP);
  inventory.workload.addInitContainer(INIT);
  inventory.workload.addInitContainer(NATIVE);
  expect(inventory.all.map((container) => inventory.isPlainInit(container))).toEqual([true, false, false]);
});

test('a container is found by its name, whether it runs before the main one or beside it', () => {
  const inventory = inventoryOf(APP);
  const init = inventory.workload.addInitContainer(INIT);
  expect(inventory.find('migrate')).toBe(init);
  expect(inventory.find('app')).toBe(inventory.main);
});

test('fails where there is no container of this name, and lists those there are', () => {
  expect(() => inventoryOf(APP).find('web')).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app); pass one of them'),
  );
});

test('fails where the main container is asked for before there is one', () => {
  expect(() => inventoryOf().main).toThrow(
    new Error('[shop/web] the pod has no container yet; add the main container first'),
  );
});

test.each(['app', 'migrate'])('fails where a new container takes the name "%s" of another', (name) => {
  const inventory = inventoryOf(APP);
  inventory.workload.addInitContainer(INIT);
  expect(() => inventory.assertNameIsFree(name)).toThrow(
    new Error(
      `[shop/web] container name "${name}" is already taken in this pod; pass another \`name\` (taken: migrate, app)`,
    ),
  );
});

test('fails where a new container has a name that Kubernetes refuses', () => {
  expect(() => inventoryOf(APP).assertNameIsFree('My_App')).toThrow(
    new Error(
      '[shop/web] container name "My_App" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
    ),
  );
});

test('a free name may be taken', () => {
  expect(() => inventoryOf(APP).assertNameIsFree('agent')).not.toThrow();
});

describe('the finished pod', () => {
  const problemsOf = (...containers: kplus.ContainerProps[]) =>
    MultiContainerPod.of(newDeployment(newChart(), { containers })).workload.node.validate();

  test('is in order where every container has a name of its own', () => {
    expect(problemsOf(APP, INIT)).toEqual([]);
  });

  test('fails where two containers are left unnamed, which makes both "main"', () => {
    expect(problemsOf({ image: 'acme/app:1.0.0' }, { image: 'acme/agent:1.0.0' })).toEqual([
      'container name "main" is already taken in this pod; pass another `name` (taken: main)',
    ]);
  });

  test('fails once for a name that three containers have', () => {
    expect(problemsOf(APP, { ...APP, ports: [] }, { ...APP, ports: [] })).toEqual([
      'container name "app" is already taken in this pod; pass another `name` (taken: app)',
    ]);
  });

  test('fails where it has no container', () => {
    expect(problemsOf()).toEqual(['the pod has no container; add the main container']);
  });

  test('fails with all that is wrong at once, at the path of the workload', () => {
    const chart = newChart();
    const { workload } = MultiContainerPod.of(newDeployment(chart));
    workload.addContainer({ name: 'Log_Agent', image: 'acme/agent:1.0.0' });
    workload.addInitContainer({ ...APP, ports: [] });
    expect(() => Testing.synth(chart)).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          '  [shop/web] container name "Log_Agent" is not a DNS label; use at most 63 lower-case letters, digits and "-"',
          '  [shop/web] container name "app" is already taken in this pod; pass another `name` (taken: app, Log_Agent)',
        ].join('\n'),
      ),
    );
  });
});
