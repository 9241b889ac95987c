import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, MultiContainerPod, type RenameAndSignalOptions } from '../../../src/index';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const ROTATION = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 4 });

function newPod(): MultiContainerPod {
  const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, agent] }));
}

const specOf = (pod: MultiContainerPod) => podSpec(Chart.of(pod));
const mountsOf = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name).volumeMounts;
const logVolume = (sizeLimit: string) => [{ name: 'app-var-log-app', emptyDir: { sizeLimit } }];

test('the directory of the log files becomes a volume of the writing container', () => {
  const pod = newPod();
  expect(pod.logs.write(LOGS).name).toBe('app-var-log-app');
  expect(mountsOf(pod, 'app')).toEqual([{ name: 'app-var-log-app', mountPath: '/var/log/app' }]);
  expect(mountsOf(pod, 'agent')).toBeUndefined();
});

test('an agent reads the files where they are written, and may not change them', () => {
  const pod = newPod();
  pod.logs.read(LOGS, 'agent');
  expect(mountsOf(pod, 'app')).toEqual([{ name: 'app-var-log-app', mountPath: '/var/log/app' }]);
  expect(mountsOf(pod, 'agent')).toEqual([{ name: 'app-var-log-app', mountPath: '/var/log/app', readOnly: true }]);
  expect(specOf(pod).securityContext).toMatchObject({ fsGroup: 1000 });
});

test('a rotator may change the files', () => {
  const pod = newPod();
  pod.logs.rotate(LOGS, 'agent', ROTATION);
  expect(mountsOf(pod, 'agent')).toEqual([{ name: 'app-var-log-app', mountPath: '/var/log/app' }]);
  expect(pod.logs.rotationOf(LOGS)).toBe(ROTATION);
});

test('log files of a companion are its own', () => {
  const pod = newPod();
  const logs = LogFiles.inDirectory('/var/log/app', { pattern: '*.log', container: 'agent' });
  pod.logs.read(logs, 'app');
  expect(mountsOf(pod, 'agent')).toEqual([{ name: 'agent-var-log-app', mountPath: '/var/log/app' }]);
  expect(pod.logs.rotationOf(LOGS)).toBeUndefined();
});

test('files of the main container are the same ones whether it is named or not', () => {
  const pod = newPod();
  pod.logs.write(LogFiles.inDirectory('/var/log/app', { pattern: '*.log', container: 'app' }), { rotation: ROTATION });
  expect(pod.logs.rotationOf(LOGS)).toBe(ROTATION);
});

describe('a directory that the writing container mounts already', () => {
  function podWithOwnVolume(options: kplus.MountOptions = {}, path = '/var/log/app'): MultiContainerPod {
    const pod = newPod();
    pod.main.mount(path, kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own'), options);
    return pod;
  }

  test('is shared, and its volume gets no more than the size limit that it lacks', () => {
    const pod = podWithOwnVolume({ subPath: 'logs' });
    expect(pod.logs.read(LOGS, 'agent')).toBe('/var/log/app');
    expect(pod.logs.write(LOGS).name).toBe('own');
    expect(specOf(pod).volumes).toEqual([{ name: 'own', emptyDir: { sizeLimit: '1024Mi' } }]);
    expect(mountsOf(pod, 'app')).toEqual([{ name: 'own', mountPath: '/var/log/app', subPath: 'logs' }]);
    expect(mountsOf(pod, 'agent')).toEqual([
      { name: 'own', mountPath: '/var/log/app', subPath: 'logs', readOnly: true },
    ]);
  });

  test('may lie below the mount, which the agent then sees at the same path', () => {
    const pod = podWithOwnVolume({}, '/var/log');
    pod.logs.read(LOGS, 'agent');
    expect(mountsOf(pod, 'app')).toEqual([{ name: 'own', mountPath: '/var/log' }]);
    expect(mountsOf(pod, 'agent')).toEqual([{ name: 'own', mountPath: '/var/log', readOnly: true }]);
  });

  test.each([
    ['/var', '/var/log'],
    ['/var/log/', '/var'],
  ])('is the innermost one of "%s" and "%s"', (first, second) => {
    const pod = newPod();
    for (const path of [first, second]) {
      const name = path === '/var' ? 'outer' : 'inner';
      pod.main.mount(path, kplus.Volume.fromEmptyDir(Chart.of(pod), name, name));
    }
    expect(pod.logs.write(LOGS).name).toBe('inner');
  });

  test('fails where it is mounted read-only', () => {
    expect(() => podWithOwnVolume({ readOnly: true }).logs.write(LOGS)).toThrow(
      new Error(
        '[shop/web] container "app" writes logs to "/var/log/app", but mounts volume "own" there read-only; mount it read-write',
      ),
    );
  });
});

describe('declaring a directory again', () => {
  const otherRotation = new Error(
    '[shop/web] the logs of container "app" in "/var/log/app" were declared with another rotation before; declare it once',
  );

  test('is fine where nothing differs', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: ROTATION, sizeLimit: Size.mebibytes(1024) });
    pod.logs.write(LOGS, { rotation: ROTATION, sizeLimit: Size.gibibytes(1) });
    pod.logs.write(LOGS);
    expect(specOf(pod).volumes).toEqual(logVolume('1024Mi'));
  });

  test('is fine with an equal rotation, made anew', () => {
    const pod = newPod();
    const again = () => LogRotation.copyTruncate({ maxFileSize: Size.kibibytes(10 * 1024), keep: 4 });
    pod.logs.write(LOGS, { rotation: ROTATION });
    pod.logs.rotate(LOGS, 'agent', again());
    pod.logs.write(LOGS, { rotation: again() });
    expect(specOf(pod).volumes).toEqual(logVolume('100Mi'));
  });

  test.each([
    ['method', LogRotation.byApplication({ maxFileSize: Size.mebibytes(10), keep: 4, rotatedFiles: '*.[0-9]' })],
    ['size', LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(11), keep: 4 })],
    ['number of files', LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 5 })],
  ])('fails with a rotation of another %s', (_, rotation) => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: ROTATION });
    expect(() => pod.logs.write(LOGS, { rotation })).toThrow(otherRotation);
    expect(() => pod.logs.rotate(LOGS, 'agent', rotation)).toThrow(otherRotation);
  });

  test.each<[string, Partial<RenameAndSignalOptions>]>([
    ['process', { process: 'other' }],
    ['signal', { signal: 'HUP' }],
  ])('fails with a rotation that signals with another %s', (_, options) => {
    const pod = newPod();
    const rotation = { process: 'shop', ...options };
    pod.logs.write(LOGS, { rotation: LogRotation.renameAndSignal({ process: 'shop' }) });
    expect(() => pod.logs.write(LOGS, { rotation: LogRotation.renameAndSignal(rotation) })).toThrow(otherRotation);
  });

  test('fails with other names of rotated files', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: LogRotation.byApplication() });
    expect(() => pod.logs.write(LOGS, { rotation: LogRotation.byApplication({ rotatedFiles: '*.gz' }) })).toThrow(
      otherRotation,
    );
  });

  test('fails with another size limit', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { sizeLimit: Size.mebibytes(1) });
    expect(() => pod.logs.write(LOGS, { sizeLimit: Size.mebibytes(2) })).toThrow(
      new Error(
        '[shop/web] the logs of container "app" in "/var/log/app" were declared with another size limit before; declare it once',
      ),
    );
  });
});

test('fails where the writing container is not in the pod', () => {
  const logs = LogFiles.inDirectory('/var/log', { pattern: '*.log', container: 'web' });
  expect(() => newPod().logs.write(logs)).toThrow(
    new Error('[shop/web] there is no container "web" in this pod (containers: app, agent); pass one of them'),
  );
});

describe('a pattern of rotated files', () => {
  function podOf(rotation: LogRotation, ...patterns: string[]): MultiContainerPod {
    const pod = newPod();
    for (const pattern of patterns) {
      pod.logs.write(LogFiles.inDirectory('/var/log/app', { pattern }), { rotation });
    }
    return pod;
  }
  const matched = (pattern: string, example: string) =>
    `pattern "${pattern}" of the logs of container "app" in "/var/log/app" also matches rotated files such as "${example}", which an agent would read again; use a pattern that ends before the number, such as "*.log"`;

  test('fails where it matches what the rotator leaves, for each of them', () => {
    const pod = podOf(ROTATION, 'app*', '*.log', 'b?*', 'app.log*', '*');
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          `  [shop/web] ${matched('app*', 'app.1')}`,
          `  [shop/web] ${matched('b?*', 'bx.1')}`,
          `  [shop/web] ${matched('app.log*', 'app.log.1')}`,
          `  [shop/web] ${matched('*', 'app.1')}`,
        ].join('\n'),
      ),
    );
  });

  test.each([
    ['the pattern ends before the number', ROTATION, '*.log'],
    ['the pattern is one name', ROTATION, 'access.log'],
    ['the application rotates, in its own way', LogRotation.byApplication(), '*'],
  ])('is in order where %s', (_, rotation, pattern) => {
    expect(podOf(rotation, pattern).workload.node.validate()).toEqual([]);
  });
});
