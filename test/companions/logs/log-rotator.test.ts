import { Size, Testing } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import {
  FluentBit,
  FluentBitOutput,
  type ICompanion,
  LogFiles,
  LogRotation,
  LogRotator,
  type LogRotatorProps,
  MultiContainerPod,
  Sidecar,
} from '../../../src';
import { listContainers } from '../../../src/pod/manifest/pod-template';
import { describeCompanion } from '../../contract';
import { fluentBitConfig } from '../../fluent-bit-schema';
import { APP, container, deepFreeze, manifests, newChart, newDeployment, podSpec } from '../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
const AUDIT = LogFiles.inDirectory('/var/log/app', { pattern: 'audit.json' });
const SIGNAL = LogRotation.renameAndSignal({ process: 'app', signal: 'HUP' });
const COPY = LogRotation.copyTruncate({ maxFileSize: Size.mebibytes(8), keep: 2 });

describeCompanion('LogRotator', {
  make: () => new LogRotator({ logs: [LOGS], rotation: SIGNAL }),
  containers: ['log-rotator'],
  copy: {
    props: () => ({ logs: [LOGS], rotation: SIGNAL, name: 'tidy' }),
    from: (props) => new LogRotator(props),
  },
});

/** A Deployment "shop/web" with a rotator of its logs. */
function rotate(props: Partial<LogRotatorProps> = {}, ...others: ICompanion[]) {
  const chart = newChart();
  const pod = MultiContainerPod.of(newDeployment(chart));
  for (const other of others) {
    pod.add(other);
  }
  pod.add(new LogRotator({ logs: [LOGS], rotation: COPY, ...props }));
  return chart;
}

const script = (chart: any): string => manifests(chart, 'ConfigMap')[0].data['rotate-logs.sh'];

describe('a log rotator', () => {
  test('runs as the user of the container whose files it rotates', () => {
    expect(container(rotate(), 'log-rotator').securityContext).toMatchObject({ runAsUser: 1000 });
    const proxy = new Sidecar({ name: 'proxy', image: 'acme/proxy:1', user: 77 });
    const logs = [LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' })];
    expect(container(rotate({ logs }, proxy), 'log-rotator').securityContext).toMatchObject({ runAsUser: 77 });
  });

  test('writes where the main container writes, and runs its script from a ConfigMap', () => {
    const { command, volumeMounts } = container(rotate(), 'log-rotator');
    expect(command).toEqual(['sh', '/log-rotator/rotate-logs.sh']);
    expect(volumeMounts).toEqual([
      { mountPath: '/var/log/app', name: 'app-var-log-app' },
      { mountPath: '/log-rotator', name: 'log-rotator-config', readOnly: true },
    ]);
  });

  test('signals the process in a shared process namespace', () => {
    const chart = rotate({ rotation: SIGNAL });
    expect(podSpec(chart).shareProcessNamespace).toBe(true);
    expect(script(chart)).toContain("PROCESS='app'\nSIGNAL='HUP'\n");
    expect(script(chart)).toContain('mv -f "$f" "$f.1"');
  });

  test('copies and truncates without seeing the processes of others', () => {
    const chart = rotate({ rotation: COPY });
    expect(podSpec(chart).shareProcessNamespace).not.toBe(true);
    expect(script(chart)).toContain('if cp "$f" "$f.1"; then : >"$f";');
    expect(script(chart)).not.toMatch(/kill|PROCESS=/);
  });

  test('rotates all files at their size', () => {
    expect(script(rotate({ logs: [LOGS, AUDIT] }))).toContain(
      "FILES='/var/log/app/*.log /var/log/app/audit.json'\nMAX_BYTES=8388608\nKEEP=2\n",
    );
  });

  test('leaves room for the rotated files of each pattern, twice', () => {
    const limit = (props: Partial<LogRotatorProps>) =>
      podSpec(rotate(props)).volumes?.find(({ name }) => name === 'app-var-log-app')?.emptyDir?.sizeLimit;
    expect(limit({ rotation: COPY })).toBe(`${8 * (2 + 1) * 2}Mi`);
    expect(limit({ rotation: COPY, logs: [LOGS, AUDIT] })).toBe(`${8 * (2 + 1) * 2 * 2}Mi`);
    expect(limit({ rotation: SIGNAL })).toBe(`${16 * (3 + 1) * 2}Mi`);
  });

  test('takes another name, image and resources', () => {
    const resources = { memory: { limit: Size.mebibytes(24) } };
    const rotator = new LogRotator({ logs: [LOGS], rotation: COPY, name: 'tidy', image: 'acme/sh:1', resources });
    expect(rotator.name).toBe('tidy');
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(rotator);
    expect(container(chart, 'tidy')).toMatchObject({ image: 'acme/sh:1', resources: { limits: { memory: '24Mi' } } });
  });

  test('leaves frozen props as they are', () => {
    expect(() => Testing.synth(rotate(deepFreeze({ logs: [LOGS], rotation: COPY })))).not.toThrow();
  });

  test.each([
    ['reads renamed files on', SIGNAL, '/var/log/app/*.log,/var/log/app/*.log.[0-9]', '/var/log/app/*.[0-9][0-9]'],
    ['passes copies over', COPY, '/var/log/app/*.log', '/var/log/app/*.[0-9],/var/log/app/*.[0-9][0-9]'],
  ])('gets along with a log agent in any order, which %s', (_, rotation, path, exclude_path) => {
    const build = (order: (companions: ICompanion[]) => ICompanion[]) => {
      const chart = newChart();
      const pod = MultiContainerPod.of(newDeployment(chart));
      const agent = new FluentBit({ logs: LOGS, output: FluentBitOutput.stdout() });
      for (const companion of order([agent, new LogRotator({ logs: [LOGS], rotation })])) {
        pod.add(companion);
      }
      const spec = podSpec(chart);
      const sorted = (items: readonly { name: string }[]) => [...items].sort((a, b) => a.name.localeCompare(b.name));
      return {
        config: fluentBitConfig(chart),
        containers: sorted(listContainers(spec)),
        volumes: sorted(spec.volumes ?? []),
        grace: spec.terminationGracePeriodSeconds,
      };
    };
    const first = build((companions) => companions);
    expect(build((companions) => companions.reverse())).toEqual(first);
    expect(first.config.pipeline.inputs[0]).toMatchObject({ path, exclude_path });
    expect(first.containers.map(({ name }) => name)).toEqual(['app', 'log-agent', 'log-rotator']);
  });

  test('fails where the application rotates its files itself', () => {
    expect(() => new LogRotator({ logs: [LOGS], rotation: LogRotation.byApplication() })).toThrow(
      new Error(
        '[LogRotator] with `LogRotation.byApplication` the application rotates its files itself; leave the rotator out, or pass `renameAndSignal` or `copyTruncate`',
      ),
    );
  });

  test('fails without files', () => {
    expect(() => new LogRotator({ logs: [], rotation: COPY })).toThrow(
      new Error('[LogRotator] `logs` is empty; pass the files to rotate'),
    );
  });

  test('fails with the files of several containers', () => {
    const logs = [LOGS, LogFiles.inDirectory('/proxy', { pattern: '*.log', container: 'proxy' })];
    expect(() => rotate({ logs })).toThrow(
      new Error(
        '[shop/web] `logs` of "log-rotator" belong to several containers; add one rotator for each (app, proxy)',
      ),
    );
  });

  test('fails where the container states no UID', () => {
    const containers: kplus.ContainerProps[] = [{ ...APP, securityContext: {} }];
    const pod = MultiContainerPod.of(newDeployment(newChart(), { containers }));
    expect(() => pod.add(new LogRotator({ logs: [LOGS], rotation: COPY }))).toThrow(
      new Error(
        '[shop/web] container "app" states no UID, and only its own user may rotate its logs; give it `securityContext.user`',
      ),
    );
  });

  test('fails where the files are rotated in another way already', () => {
    expect(() =>
      rotate({ name: 'second', rotation: SIGNAL }, new LogRotator({ logs: [LOGS], rotation: COPY })),
    ).toThrow(
      new Error(
        '[shop/web] the logs of container "app" in "/var/log/app" were declared with another rotation before; declare it once',
      ),
    );
  });

  test('fails where the pattern also matches rotated files', () => {
    const logs = [LogFiles.inDirectory('/var/log/app', { pattern: '*' })];
    expect(() => Testing.synth(rotate({ logs }))).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [shop/web] pattern "*" of the logs of container "app" in "/var/log/app" also matches rotated files such as "app.1", which an agent would read again; use a pattern that ends before the number, such as "*.log"',
      ),
    );
  });
});
