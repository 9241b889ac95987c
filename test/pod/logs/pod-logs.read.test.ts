import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, MultiContainerPod } from '../../../src/index';
import { APP, container, newChart, newDeployment } from '../../support';

const NAMES = ['proxy', 'agent'];

function newPod(): MultiContainerPod {
  const others = NAMES.map((name) => ({ name, image: 'acme/other:1.0.0', securityContext: { user: 1000 } }));
  return MultiContainerPod.of(
    newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, ...others] }),
  );
}

const logsOf = (name: string | undefined, directory = '/var/log/app', pattern = '*.log') =>
  LogFiles.inDirectory(directory, { pattern, container: name });
const mountsOf = (pod: MultiContainerPod, name: string) => container(Chart.of(pod), name).volumeMounts;

describe('the directory in which an agent reads', () => {
  test.each(['app', undefined])('is the one that the main container writes to, named %p', (name) => {
    const pod = newPod();
    expect(pod.logs.read(logsOf(name), 'agent')).toBe('/var/log/app');
    expect(mountsOf(pod, 'agent')).toEqual([{ name: 'app-var-log-app', mountPath: '/var/log/app', readOnly: true }]);
  });

  test('is below the name of another container', () => {
    const pod = newPod();
    expect(pod.logs.read(logsOf('proxy'), 'agent')).toBe('/logs/proxy/var/log/app');
    expect(mountsOf(pod, 'proxy')).toEqual([{ name: 'proxy-var-log-app', mountPath: '/var/log/app' }]);
    expect(mountsOf(pod, 'agent')).toEqual([
      { name: 'proxy-var-log-app', mountPath: '/logs/proxy/var/log/app', readOnly: true },
    ]);
  });

  test('is another one for each of two containers that write at the same path', () => {
    const pod = newPod();
    const read = [undefined, 'proxy'].map((name) => pod.logs.read(logsOf(name), 'agent'));
    expect(read).toEqual(['/var/log/app', '/logs/proxy/var/log/app']);
    expect(mountsOf(pod, 'agent')).toEqual([
      { name: 'app-var-log-app', mountPath: '/var/log/app', readOnly: true },
      { name: 'proxy-var-log-app', mountPath: '/logs/proxy/var/log/app', readOnly: true },
    ]);
    expect(pod.workload.node.validate()).toEqual([]);
  });

  test.each([
    ['app', ''],
    ['proxy', '/logs/proxy'],
  ])('lies below the mount where container "%s" mounts more than its logs', (name, prefix) => {
    const pod = newPod();
    pod.container(name).mount('/var/log', kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own'));
    expect(pod.logs.read(logsOf(name), 'agent')).toBe(`${prefix}/var/log/app`);
    expect(mountsOf(pod, 'agent')).toEqual([{ name: 'own', mountPath: `${prefix}/var/log`, readOnly: true }]);
  });
});

describe('names of rotated files', () => {
  const podOf = (rotation: LogRotation, ...patterns: string[]) => {
    const pod = newPod();
    for (const pattern of patterns) {
      pod.logs.write(logsOf(undefined, '/var/log/app', pattern), { rotation });
    }
    return pod;
  };
  const hides = (rotated: string, example: string) =>
    `\`rotatedFiles\` "${rotated}" of the logs of container "app" in "/var/log/app" also match files that are written, such as "${example}", so an agent would pass them over; name rotated files alone`;

  test('fail where they match files that are written, for each pattern', () => {
    const rotation = LogRotation.byApplication({ rotatedFiles: 'shop-*.log,*.gz' });
    const pod = podOf(rotation, 'shop-*.log', '*.log', 'trace.gz');
    expect(() => Testing.synth(Chart.of(pod))).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          `  [shop/web] ${hides('shop-*.log,*.gz', 'shop-app.log')}`,
          `  [shop/web] ${hides('shop-*.log,*.gz', 'trace.gz')}`,
        ].join('\n'),
      ),
    );
  });

  test('fail where a rotator passes over a file that ends in a number', () => {
    const pod = podOf(LogRotation.copyTruncate(), 'app.1');
    expect(pod.workload.node.validate()).toEqual([hides('*.[0-9],*.[0-9][0-9]', 'app.1')]);
  });

  test.each(['*.log', 'app-?.log', 'app-1.log'])('are in order beside files like "%s"', (pattern) => {
    const rotations = [LogRotation.copyTruncate(), LogRotation.byApplication({ rotatedFiles: 'shop-*.log.gz' })];
    expect(rotations.flatMap((rotation) => podOf(rotation, pattern).workload.node.validate())).toEqual([]);
  });
});

describe('the size of a volume that holds logs', () => {
  const volumesOf = (pod: MultiContainerPod) =>
    Testing.synth(Chart.of(pod)).find(({ kind }) => kind === 'Deployment').spec.template.spec.volumes;
  const podWith = (options: kplus.EmptyDirVolumeOptions) => {
    const pod = newPod();
    pod.main.mount('/var/log', kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'own', options));
    return pod;
  };

  test('is what its logs need where the user said none', () => {
    const pod = podWith({});
    pod.logs.write(logsOf(undefined), {
      rotation: LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 4 }),
    });
    expect(volumesOf(pod)).toEqual([{ name: 'own', emptyDir: { sizeLimit: '100Mi' } }]);
  });

  test('stays what the user said', () => {
    const pod = podWith({ sizeLimit: Size.mebibytes(3) });
    pod.logs.write(logsOf(undefined));
    expect(volumesOf(pod)).toEqual([{ name: 'own', emptyDir: { sizeLimit: '3Mi' } }]);
  });

  test('is not said where the volume holds no logs', () => {
    const pod = podWith({});
    pod.logs.write(logsOf(undefined, '/srv/log'));
    expect(volumesOf(pod)).toContainEqual({ name: 'own', emptyDir: {} });
  });

  test('fails to be 0', () => {
    expect(() => newPod().logs.write(logsOf(undefined), { sizeLimit: Size.mebibytes(0) })).toThrow(
      new Error(
        '[shop/web] the size limit of the logs of container "app" in "/var/log/app" is 0; pass how much the volume may hold',
      ),
    );
  });
});
