import { Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, RunFirst, type RunFirstOfMainProps } from '../../../src';
import { describeCompanion } from '../../contract';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const { fromValue } = kplus.EnvValue;

describeCompanion('RunFirst.of', {
  make: () => RunFirst.of({ name: 'warm-up', image: 'acme/warm-up:1.0.0', user: 3000 }),
  containers: ['warm-up'],
  classic: false,
  copy: {
    props: () => ({ name: 'warm-up', image: 'acme/warm-up:1.0.0', user: 3000, command: ['go'], reads: [], writes: [] }),
    from: (props) => RunFirst.of(props),
  },
});

const small = (): kplus.ContainerResources => ({
  cpu: { request: kplus.Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) },
});
describeCompanion('RunFirst.ofMain', {
  make: () => RunFirst.ofMain({ command: ['app', 'migrate'], resources: small() }),
  containers: ['run-first'],
  classic: false,
  copy: {
    props: () => ({ command: ['app', 'migrate'], resources: small(), envVariables: { MODE: fromValue('x') } }),
    from: (props) => RunFirst.ofMain(props),
  },
});

/** A pod whose main container has all that a command may want of it. */
function compose(main: Partial<kplus.ContainerProps> = {}) {
  const chart = newChart();
  const claim = kplus.Volume.fromEmptyDir(chart, 'data', 'data');
  const secret = kplus.Volume.fromSecret(chart, 'tls', kplus.Secret.fromSecretName(chart, 'secret', 'tls'), {
    name: 'tls',
  });
  const pod = MultiContainerPod.of(
    newDeployment(chart, {
      containers: [
        {
          ...APP,
          envVariables: { LEVEL: fromValue('info') },
          volumeMounts: [
            { path: '/data', volume: claim },
            { path: '/tls', volume: secret, readOnly: true },
          ],
          ...main,
        },
      ],
    }),
  );
  return { chart, pod };
}

function runFirst(props: Partial<RunFirstOfMainProps> = {}, main: Partial<kplus.ContainerProps> = {}) {
  const composed = compose(main);
  composed.pod.add(RunFirst.ofMain({ command: ['app', 'migrate'], ...props }));
  return composed;
}

describe('a command of the main container that runs first', () => {
  test('has its image, user and resources, and is an init container', () => {
    const { chart } = runFirst({}, { workingDir: '/app', imagePullPolicy: kplus.ImagePullPolicy.ALWAYS });
    const main = container(chart, 'app');
    const first = container(chart, 'run-first');
    for (const field of ['image', 'workingDir', 'imagePullPolicy', 'resources', 'securityContext']) {
      expect([field, first[field]]).toEqual([field, main[field]]);
    }
    expect(first).toMatchObject({ command: ['app', 'migrate'] });
    expect(first).not.toHaveProperty('args');
    expect(first).not.toHaveProperty('volumeMounts');
    expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['run-first', undefined],
    ]);
  });

  test('has its environment, what is added later too, and its own beside', () => {
    const { chart, pod } = runFirst({ envVariables: { MODE: fromValue('migrate') } });
    pod.main.env.copyFrom(kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'cm', 'settings')));
    pod.addEnv('app', 'DB_HOST', fromValue('localhost'));
    expect(container(chart, 'run-first').env).toEqual([
      { name: 'LEVEL', value: 'info' },
      { name: 'DB_HOST', value: 'localhost' },
      { name: 'MODE', value: 'migrate' },
    ]);
    expect(container(chart, 'run-first').envFrom).toEqual(container(chart, 'app').envFrom);
    expect(container(chart, 'app').env).toHaveLength(2);
  });

  test('sees the volumes that it is told to, where the main container has them', () => {
    const { chart } = runFirst({ reads: ['/tls'], writes: ['/data'], writableDirectories: ['/tmp'] });
    expect(container(chart, 'run-first').volumeMounts).toEqual([
      { mountPath: '/tmp', name: 'run-first-tmp' },
      { mountPath: '/tls', name: 'tls', readOnly: true },
      { mountPath: '/data', name: 'data' },
    ]);
    expect(container(chart, 'app').volumeMounts).toHaveLength(2);
  });

  test('takes another name and resources', () => {
    const { chart } = runFirst({ name: 'migrate', resources: small() });
    expect(container(chart, 'migrate').resources).toEqual({
      requests: { cpu: '50m', memory: '64Mi' },
      limits: { memory: '64Mi' },
    });
  });

  test('fails without a command, which would start the application', () => {
    expect(() => RunFirst.ofMain({ command: [] })).toThrow(
      new Error('[RunFirst.ofMain] `command` of "run-first" is empty, which would start the main container; pass it'),
    );
  });

  test('fails where the UID of the main container is not known', () => {
    expect(() => runFirst({}, { securityContext: {} })).toThrow(
      new Error(
        '[shop/web] container "app" states no UID, and "run-first" is to run as its user; give it `securityContext.user`',
      ),
    );
  });

  test('fails where it is to read and to write one volume', () => {
    expect(() => runFirst({ reads: ['/data'], writes: ['/data'] })).toThrow(
      new Error('[shop/web] "run-first" has "/data" in `reads` and `writes`; say it in one of them'),
    );
  });

  test('fails where the main container mounts nothing', () => {
    expect(() => runFirst({ reads: ['/etc/shop'] })).toThrow(
      new Error(
        '[shop/web] container "app" mounts no volume at "/etc/shop"; pass the path of one of its mounts or use `share`',
      ),
    );
  });

  test('fails at synth where a variable of its own is another than that of the main container', () => {
    const { chart } = runFirst({ envVariables: { LEVEL: fromValue('debug') } });
    expect(() => Testing.synth(chart)).toThrow(
      '[shop/web] environment variable "LEVEL" of container "run-first" is another than that of container "app", whose environment it has; choose another name',
    );
  });
});

test('a command of any image sees the volumes that it is told to', () => {
  const { chart, pod } = compose();
  pod.add(RunFirst.of({ name: 'seed', image: 'acme/seed:1.0.0', user: 1000, writes: ['/data'] }));
  expect(container(chart, 'seed').volumeMounts).toEqual([{ mountPath: '/data', name: 'data' }]);
  expect(container(chart, 'seed')).not.toHaveProperty('env');
});
