import { Chart, Testing } from 'cdk8s';
import { ContainerRestartPolicy, EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import { InitContainer, MultiContainerPod } from '../../../src/index';
import { APP, container, deepFreeze, newChart, newDeployment } from '../../support';

const INFO = EnvValue.fromValue('info');

function newPod(envVariables: Record<string, EnvValue> = {}): MultiContainerPod {
  return MultiContainerPod.of(
    newDeployment(newChart(), { containers: [{ ...APP, envVariables: deepFreeze(envVariables) }] }),
  );
}

const envOf = (pod: MultiContainerPod, name = 'app') => container(Chart.of(pod), name).env;

test('a variable is added to those of the container', () => {
  const pod = newPod({ LEVEL: INFO });
  pod.addEnv('app', 'POD', EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME));
  pod.addEnv('app', 'EMPTY', EnvValue.fromValue(''));
  expect(envOf(pod)).toEqual([
    { name: 'LEVEL', value: 'info' },
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'EMPTY', value: '' },
  ]);
});

test('init containers and native sidecars take variables too', () => {
  const pod = newPod();
  pod.add(new InitContainer({ name: 'migrate', image: 'acme/migrate:1.0.0', user: 1000 }));
  pod.workload.addInitContainer({
    name: 'proxy',
    image: 'acme/proxy:1.0.0',
    restartPolicy: ContainerRestartPolicy.ALWAYS,
  });
  for (const name of ['migrate', 'proxy']) {
    pod.addEnv(name, 'LEVEL', INFO);
    expect(envOf(pod, name)).toEqual([{ name: 'LEVEL', value: 'info' }]);
  }
  expect(envOf(pod)).toBeUndefined();
});

test('the same value twice is one, whoever set it first', () => {
  const pod = newPod({ LEVEL: INFO });
  for (const name of ['LEVEL', 'OTHER', 'OTHER']) {
    pod.addEnv('app', name, EnvValue.fromValue('info'));
  }
  expect(envOf(pod)).toEqual([
    { name: 'LEVEL', value: 'info' },
    { name: 'OTHER', value: 'info' },
  ]);
});

test.each([
  ['the container itself has', true],
  ['was added', false],
])('fails where a variable gets another value than %s', (_, own) => {
  const pod = newPod(own ? { LEVEL: INFO } : {});
  if (!own) {
    pod.addEnv('app', 'LEVEL', INFO);
  }
  expect(() => pod.addEnv('app', 'LEVEL', EnvValue.fromValue('debug'))).toThrow(
    new Error(
      '[shop/web] environment variable "LEVEL" of container "app" already has another value; set it once or choose another name',
    ),
  );
});

test.each(['constructor', 'toString', '__proto__'])(
  'a variable may be named "%s", like what every object has',
  (name) => {
    const pod = newPod({ LEVEL: INFO });
    pod.addEnv('app', name, INFO);
    expect(envOf(pod)).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name, value: 'info' },
    ]);
  },
);

describe('a variable that cdk8s-plus sets after it was added', () => {
  const podWithLater = (value: EnvValue) => {
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, envVariables: {} }] }));
    pod.addEnv('app', 'LEVEL', INFO);
    pod.main.env.addVariable('LEVEL', value);
    return pod;
  };

  test('is one where the value is the same', () => {
    expect(envOf(podWithLater(EnvValue.fromValue('info')))).toEqual([{ name: 'LEVEL', value: 'info' }]);
  });

  test('fails where the value is another one', () => {
    const pod = podWithLater(EnvValue.fromValue('debug'));
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] environment variable "LEVEL" of container "app" already has another value; set it once or choose another name',
      ),
    );
  });
});

test('fails where there is no such container', () => {
  expect(() => newPod().addEnv('web', 'LEVEL', INFO)).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app); pass one of them'),
  );
});

test.each(['', '1A', 'A B', 'A=B', 'Ä', 'A\n'])('fails where a variable is named "%s"', (name) => {
  expect(() => newPod().addEnv('app', name, INFO)).toThrow(
    new Error(
      `[shop/web] "${name}" cannot name an environment variable of container "app"; use letters, digits, "_", "-" and ".", and no digit first`,
    ),
  );
});

test.each(['A', '_a1', 'my.app-level', '.A', '-A'])('a variable may be named "%s"', (name) => {
  const pod = newPod();
  pod.addEnv('app', name, INFO);
  expect(envOf(pod)).toEqual([{ name, value: 'info' }]);
});

describe('the environment of another container', () => {
  test('is copied, with what is added to it later, before what the container has itself', () => {
    const pod = newPod({ LEVEL: INFO });
    pod.add(
      new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1, envVariables: { OWN: INFO, LEVEL: INFO } }),
    );
    pod.copyEnv('app', 'migrate');
    pod.addEnv('app', 'LATER', INFO);
    expect(envOf(pod, 'migrate')?.map(({ name }) => name)).toEqual(['LEVEL', 'LATER', 'OWN']);
    expect(envOf(pod)?.map(({ name }) => name)).toEqual(['LEVEL', 'LATER']);
  });

  test('may be empty', () => {
    const pod = newPod();
    pod.add(new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1 }));
    pod.copyEnv('app', 'migrate');
    expect(container(Chart.of(pod), 'migrate')).not.toHaveProperty('env');
    expect(container(Chart.of(pod), 'migrate')).not.toHaveProperty('envFrom');
  });

  test('fails for a container that the pod has not', () => {
    const message = 'there is no container "other" in this pod (containers: app); pass one of them';
    expect(() => newPod().copyEnv('app', 'other')).toThrow(message);
    expect(() => newPod().copyEnv('other', 'app')).toThrow(message);
  });

  test('fails at synth where both have a value for one variable', () => {
    const pod = newPod({ LEVEL: INFO });
    pod.add(new InitContainer({ name: 'migrate', image: 'a:1.0.0', user: 1 }));
    pod.copyEnv('app', 'migrate');
    pod.addEnv('migrate', 'LEVEL', EnvValue.fromValue('debug'));
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      'environment variable "LEVEL" of container "migrate" is another than that of container "app", whose environment it has; choose another name',
    );
  });
});
