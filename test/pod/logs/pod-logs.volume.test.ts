import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, MultiContainerPod } from '../../../src/index';
import { APP, newChart, newDeployment, podSpec } from '../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const ROTATION = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 4 });

function newPod(): MultiContainerPod {
  const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, agent] }));
}

const specOf = (pod: MultiContainerPod) => podSpec(Chart.of(pod));
const logVolume = (sizeLimit: string) => [{ name: 'app-var-log-app', emptyDir: { sizeLimit } }];

describe('the log volume', () => {
  test('has a size limit even where nobody said how the files are rotated', () => {
    const pod = newPod();
    pod.logs.write(LOGS);
    expect(specOf(pod).volumes).toEqual(logVolume('1024Mi'));
  });

  test('has room for the written and the kept files, twice', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: ROTATION });
    expect(specOf(pod).volumes).toEqual(logVolume('100Mi'));
  });

  test('has room for each pattern, counted once', () => {
    const pod = newPod();
    for (const pattern of ['access.log', 'error.log', 'access.log']) {
      pod.logs.write(LogFiles.inDirectory('/var/log/app', { pattern }), { rotation: ROTATION });
    }
    expect(specOf(pod).volumes).toEqual(logVolume('200Mi'));
  });

  test('has the size limit that is asked for, in whole mebibytes', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: ROTATION, sizeLimit: Size.kibibytes(1500) });
    expect(specOf(pod).volumes).toEqual(logVolume('2Mi'));
  });

  test('has room for a rotation of fractional sizes, in whole mebibytes', () => {
    const pod = newPod();
    pod.logs.write(LOGS, { rotation: LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(0.3), keep: 1 }) });
    expect(specOf(pod).volumes).toEqual(logVolume('2Mi'));
  });

  test('is the same whether the rotation is declared before or after an agent reads', () => {
    const steps = [
      (pod: MultiContainerPod) => pod.logs.read(LOGS, 'agent'),
      (pod: MultiContainerPod) => pod.logs.write(LOGS, { rotation: ROTATION }),
    ];
    const specs = [steps, [...steps].reverse()].map((order) => {
      const pod = newPod();
      for (const step of order) {
        step(pod);
      }
      return specOf(pod);
    });
    expect(specs[0]).toEqual(specs[1]);
    expect(specs[0]?.volumes).toEqual(logVolume('100Mi'));
  });
});

describe('a directory that holds logs and more', () => {
  const inDirectory = (directory: string) => LogFiles.inDirectory(directory, { pattern: '*.log' });

  test('gets a size limit where it was scratch without one', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/var/log/app');
    pod.logs.write(LOGS, { rotation: ROTATION });
    expect(specOf(pod).volumes).toEqual(logVolume('100Mi'));
  });

  test('takes a size limit of its own where it was scratch without one', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/var/log/app');
    pod.logs.write(LOGS, { sizeLimit: Size.mebibytes(7) });
    expect(specOf(pod).volumes).toEqual(logVolume('7Mi'));
  });

  test('keeps the size limit that it has as scratch', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/var/log/app', { sizeLimit: Size.mebibytes(3) });
    pod.logs.write(LOGS, { rotation: ROTATION });
    expect(specOf(pod).volumes).toEqual(logVolume('3Mi'));
  });

  test('has room for each log directory on one volume', () => {
    const pod = newPod();
    pod.storage.scratch('app', '/var/log', { name: 'logs' });
    pod.logs.write(inDirectory('/var/log/a'), { rotation: ROTATION });
    pod.logs.write(inDirectory('/var/log/b'), { sizeLimit: Size.mebibytes(5) });
    pod.logs.write(inDirectory('/var/log'));
    expect(specOf(pod).volumes).toEqual([{ name: 'logs', emptyDir: { sizeLimit: '1129Mi' } }]);
  });

  test('has room for log directories in each other', () => {
    const pod = newPod();
    pod.logs.write(inDirectory('/var/log/app'), { rotation: ROTATION });
    pod.logs.write(inDirectory('/var/log/app/audit'), { sizeLimit: Size.mebibytes(5) });
    expect(specOf(pod).volumes).toEqual(logVolume('105Mi'));
  });

  test.each<[string, (pod: MultiContainerPod) => void, string]>([
    [
      'the user made',
      (pod) => pod.main.mount('/var/log/app', kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own')),
      'own',
    ],
    [
      'has a size limit as scratch',
      (pod) => pod.storage.scratch('app', '/var/log/app', { sizeLimit: Size.mebibytes(3) }),
      'app-var-log-app',
    ],
    [
      'has a size limit as a shared volume',
      (pod) => pod.storage.share('mine', { sizeLimit: Size.mebibytes(3) }).writtenBy('app', '/var/log/app'),
      'mine',
    ],
  ])('fails where a size limit is given on a volume that %s', (_, mount, name) => {
    const pod = newPod();
    mount(pod);
    expect(() => pod.logs.write(LOGS, { sizeLimit: Size.mebibytes(3) })).toThrow(
      new Error(
        `[shop/web] the logs of container "app" in "/var/log/app" are on volume "${name}", whose size is set where it is made; leave the size limit out here`,
      ),
    );
  });
});
