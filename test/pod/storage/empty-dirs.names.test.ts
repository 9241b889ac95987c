import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { LogFiles, MultiContainerPod } from '../../../src/index';
import { toDnsLabel } from '../../../src/private/names';
import { schemaProblems } from '../../kubernetes-schema';
import { APP, container, newChart, newDeployment, podSpec } from '../../support';

type Call = (pod: MultiContainerPod) => unknown;

const logs = (directory: string) => LogFiles.inDirectory(directory, { pattern: '*.log' });

/** A pod of the containers "app", "a" and "a-b". */
function newPod(): MultiContainerPod {
  const others = ['a', 'a-b'].map((name) => ({ name, image: 'acme/other:1.0.0' }));
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
}

/** The names of the volumes of a pod after these calls. */
function namesAfter(...calls: Call[]): string[] {
  const pod = newPod();
  for (const call of calls) {
    call(pod);
  }
  expect(Testing.synth(Chart.of(pod)).flatMap(schemaProblems)).toEqual([]);
  return (podSpec(Chart.of(pod)).volumes ?? []).map(({ name }) => name);
}

describe('volumes whose generated names coincide', () => {
  const CASES: [string, Call, Call, string][] = [
    [
      'scratch directories of two containers',
      ({ storage }) => storage.scratch('a-b', '/c'),
      ({ storage }) => storage.scratch('a', '/b/c'),
      'a-b-c',
    ],
    [
      'scratch directories of one container',
      ({ storage }) => storage.scratch('app', '/data/0'),
      ({ storage }) => storage.scratch('app', '/data-0'),
      'app-data-0',
    ],
    [
      'log directories',
      (pod) => pod.logs.write(logs('/var/log/app')),
      (pod) => pod.logs.write(logs('/var/log-app')),
      'app-var-log-app',
    ],
    [
      'a log directory and a scratch directory',
      (pod) => pod.logs.write(logs('/var/log/app')),
      ({ storage }) => storage.scratch('app', '/var/log-app'),
      'app-var-log-app',
    ],
  ];

  test.each(CASES)('are told apart by a hash: %s', (_, first, second, name) => {
    const names = namesAfter(first, second);
    expect(names).toHaveLength(2);
    expect(names).toContain(name);
    expect(names.filter((other) => other !== name)).toEqual([
      expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{8}$`)),
    ]);
  });

  test.each(CASES)('are the same ones where both are asked for again: %s', (_, first, second) => {
    expect(namesAfter(first, second, second, first)).toEqual(namesAfter(first, second));
  });

  test('have the same hash in every pod', () => {
    const [, first, second] = CASES[0]!;
    expect(namesAfter(first, second)).toEqual(namesAfter(first, second));
  });

  test('are told apart from a name that somebody chose', () => {
    const pod = newPod();
    pod.storage.share('app-tmp').writtenBy('a', '/tmp');
    pod.storage.scratch('app', '/tmp');
    expect(container(Chart.of(pod), 'a').volumeMounts).toEqual([{ name: 'app-tmp', mountPath: '/tmp' }]);
    expect(container(Chart.of(pod), 'app').volumeMounts).toEqual([
      { name: expect.stringMatching(/^app-tmp-[0-9a-f]{8}$/), mountPath: '/tmp' },
    ]);
  });

  test('stay labels however long they are', () => {
    const deep = (last: string) => `/${'d/'.repeat(26)}${last}`;
    const calls = ['x-y', 'x/y'].map<Call>(
      (last) =>
        ({ storage }) =>
          storage.scratch('app', deep(last)),
    );
    expect(toDnsLabel('app', deep('x-y'))).toHaveLength(59);
    const names = namesAfter(...calls);
    expect(new Set(names).size).toBe(2);
    expect(names.filter((name) => name.length > 63)).toEqual([]);
  });
});

describe('a volume whose chosen name another owner has', () => {
  test.each<[string, Call, Call, string, string, string]>([
    [
      'two scratch directories that were given one name',
      ({ storage }) => storage.scratch('app', '/tmp', { name: 'tmp' }),
      ({ storage }) => storage.scratch('a', '/tmp', { name: 'tmp' }),
      'tmp',
      'the scratch directory "/tmp" of container "a"',
      'the scratch directory "/tmp" of container "app"',
    ],
    [
      'a scratch directory and a shared volume',
      ({ storage }) => storage.scratch('app', '/tmp'),
      ({ storage }) => storage.share('app-tmp'),
      'app-tmp',
      '`storage.share`',
      'the scratch directory "/tmp" of container "app"',
    ],
    [
      'a log directory and a scratch directory that is given its name',
      (pod) => pod.logs.write(logs('/var/log/app')),
      ({ storage }) => storage.scratch('a', '/tmp', { name: 'app-var-log-app' }),
      'app-var-log-app',
      'the scratch directory "/tmp" of container "a"',
      'the logs of container "app" in "/var/log/app"',
    ],
  ])('fails, naming both: %s', (_, first, second, name, later, earlier) => {
    const pod = newPod();
    first(pod);
    expect(() => second(pod)).toThrow(
      new Error(`[shop/web] volume name "${name}" of ${later} is already taken by ${earlier}; pass another name`),
    );
    expect(pod.workload.node.validate()).toEqual([]);
  });

  test('fails where the user made that volume', () => {
    const pod = newPod();
    pod.workload.addVolume(kplus.Volume.fromEmptyDir(Chart.of(pod), 'own', 'app-tmp'));
    expect(() => pod.storage.scratch('app', '/tmp')).toThrow(
      new Error(
        '[shop/web] volume name "app-tmp" is already taken in this pod; pass another name, or share the one that is mounted with `shareMounted`',
      ),
    );
  });

  test('fails as a scratch directory where the logs are', () => {
    const pod = newPod();
    pod.logs.write(logs('/var/log/app'));
    expect(() => pod.storage.scratch('app', '/var/log/app')).toThrow(
      new Error(
        '[shop/web] container "app" already mounts volume "app-var-log-app" at "/var/log/app"; mount each volume at a path of its own',
      ),
    );
  });
});
