import { Chart, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, LogRotation, MultiContainerPod, type RenameAndSignalOptions } from '../../../src';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

describe('pod logs read', () => {
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

  describe('the files that a container reads', () => {
    test('are told with their writer, their directory there and the rotation that is declared by then', () => {
      const pod = newPod();
      const [own, others] = [logsOf(undefined), logsOf('proxy')];
      pod.logs.read(own, 'agent');
      pod.logs.read(others, 'agent');
      const rotation = LogRotation.copyTruncate();
      pod.logs.write(others, { rotation });
      expect(pod.logs._listReadBy('agent')).toEqual([
        { files: own, container: 'app', directory: '/var/log/app', rotation: undefined },
        { files: others, container: 'proxy', directory: '/logs/proxy/var/log/app', rotation },
      ]);
    });

    test('are those of each path once, as they were declared first', () => {
      const pod = newPod();
      const logs = ['*.log', 'audit.log', '*.log'].map((pattern) => logsOf(undefined, '/var/log/app', pattern));
      for (const files of [...logs, logsOf('app')]) {
        pod.logs.read(files, 'agent');
      }
      expect(pod.logs._listReadBy('agent').map(({ files }) => files)).toEqual(logs.slice(0, 2));
      expect(pod.logs._listReadBy('agent')[0]!.files).toBe(logs[0]);
    });

    test('are none that it writes or rotates, or that another reads', () => {
      const pod = newPod();
      pod.logs.write(logsOf('proxy'));
      pod.logs.rotate(logsOf(undefined, '/srv/log'), 'proxy', LogRotation.copyTruncate());
      pod.logs.read(logsOf(undefined), 'agent');
      expect(pod.logs._listReadBy('proxy')).toEqual([]);
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
});

describe('pod logs', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const ROTATION = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 4 });

  function newPod(): MultiContainerPod {
    const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
    return MultiContainerPod.of(
      newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, agent] }),
    );
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
    pod.logs.write(LogFiles.inDirectory('/var/log/app', { pattern: '*.log', container: 'app' }), {
      rotation: ROTATION,
    });
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
      expect(specOf(pod).volumes).toEqual([{ name: 'own', emptyDir: { sizeLimit: '1Gi' } }]);
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
      expect(specOf(pod).volumes).toEqual(logVolume('1Gi'));
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
});

describe('pod logs volume', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const ROTATION = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(10), keep: 4 });

  function newPod(): MultiContainerPod {
    const agent = { name: 'agent', image: 'acme/agent:1.0.0', securityContext: { user: 2000 } };
    return MultiContainerPod.of(
      newDeployment(newChart(), { containers: [{ ...APP, volumeMounts: undefined }, agent] }),
    );
  }

  const specOf = (pod: MultiContainerPod) => podSpec(Chart.of(pod));
  const logVolume = (sizeLimit: string) => [{ name: 'app-var-log-app', emptyDir: { sizeLimit } }];

  describe('the log volume', () => {
    test('has a size limit even where nobody said how the files are rotated', () => {
      const pod = newPod();
      pod.logs.write(LOGS);
      expect(specOf(pod).volumes).toEqual(logVolume('1Gi'));
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
});
