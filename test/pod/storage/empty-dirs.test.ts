import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { MultiContainerPod, type VolumeOptions } from '../../../src/index';
import { APP, newChart, newDeployment, podSpec } from '../../support';

const MEMORY = kplus.EmptyDirMedium.MEMORY;
const DEFAULT = kplus.EmptyDirMedium.DEFAULT;

/** A pod of the containers "app", "a" and "a-b". */
function newPod(): MultiContainerPod {
  const others = ['a', 'a-b'].map((name) => ({ name, image: 'acme/other:1.0.0' }));
  return MultiContainerPod.of(newDeployment(newChart(), { containers: [APP, ...others] }));
}

/** The volumes of a pod in which a volume of these options is asked for. */
function rendered(options: VolumeOptions) {
  const pod = newPod();
  pod.storage.share('cache', options).writtenBy('app', '/cache');
  return podSpec(Chart.of(pod)).volumes;
}

test.each<[string, VolumeOptions, object]>([
  ['no options', {}, {}],
  ['the default medium', { medium: DEFAULT }, { medium: '' }],
  ['a size in whole mebibytes', { sizeLimit: Size.mebibytes(5) }, { sizeLimit: '5Mi' }],
  ['a size that is rounded up', { sizeLimit: Size.kibibytes(1500) }, { sizeLimit: '2Mi' }],
  ['a size of part of a mebibyte', { sizeLimit: Size.mebibytes(0.3) }, { sizeLimit: '1Mi' }],
  ['a size of part of a kibibyte', { sizeLimit: Size.kibibytes(0.5) }, { sizeLimit: '1Mi' }],
  ['memory', { sizeLimit: Size.gibibytes(1), medium: MEMORY }, { sizeLimit: '1024Mi', medium: 'Memory' }],
])('a volume with %s', (_, options, emptyDir) => {
  expect(rendered(options)).toEqual([{ name: 'cache', emptyDir }]);
});

test.each(['My_Volume', 'a.b', 'a'.repeat(64)])('a volume fails with the name "%s"', (name) => {
  const error = new Error(
    `[shop/web] volume name "${name}" is not a DNS label; use at most 63 lower-case letters, digits and "-"`,
  );
  const { storage } = newPod();
  expect(() => storage.share(name)).toThrow(error);
  expect(() => storage.scratch('app', '/tmp', { name })).toThrow(error);
});

test('a shared volume fails without a name', () => {
  expect(() => newPod().storage.share('')).toThrow(
    new Error('[shop/web] volume name "" is not a DNS label; use at most 63 lower-case letters, digits and "-"'),
  );
});

test.each([DEFAULT, MEMORY])('a volume fails with a size of 0 in medium "%s"', (medium) => {
  const { storage } = newPod();
  const options = { sizeLimit: Size.mebibytes(0), medium };
  expect(() => storage.share('cache', options)).toThrow(
    new Error('[shop/web] `sizeLimit` of volume "cache" is 0; pass how much it may hold'),
  );
  expect(() => storage.scratch('app', '/tmp', options)).toThrow(
    new Error('[shop/web] `sizeLimit` of volume "app-tmp" is 0; pass how much it may hold'),
  );
});

test('a volume fails in memory without a size limit', () => {
  expect(() => newPod().storage.scratch('app', '/tmp', { medium: MEMORY })).toThrow(
    new Error(
      '[shop/web] volume "app-tmp" is kept in memory without a `sizeLimit`, so its files could fill the memory limit of whoever writes them; pass `sizeLimit`',
    ),
  );
});

describe('a volume that its owner asks for again', () => {
  test('is the same one where the options are equal', () => {
    const { storage } = newPod();
    const sizes = [Size.mebibytes(1024), Size.gibibytes(1), Size.kibibytes((1 << 20) - 1)];
    const [first, ...others] = sizes.map((sizeLimit) => storage.share('cache', { sizeLimit }));
    expect(others).toEqual([first, first]);
    expect(storage.share('other')).not.toBe(first);
  });

  test.each<[VolumeOptions, string, VolumeOptions, string]>([
    [
      { sizeLimit: Size.mebibytes(1) },
      'with a `sizeLimit` of 1Mi',
      { sizeLimit: Size.mebibytes(2) },
      'with a `sizeLimit` of 2Mi',
    ],
    [
      { sizeLimit: Size.mebibytes(1) },
      'with a `sizeLimit` of 1Mi',
      { sizeLimit: Size.mebibytes(1), medium: MEMORY },
      'with a `sizeLimit` of 1Mi in medium Memory',
    ],
    [{ sizeLimit: Size.mebibytes(1) }, 'with a `sizeLimit` of 1Mi', {}, 'without a `sizeLimit`'],
    [{}, 'without a `sizeLimit`', { sizeLimit: Size.mebibytes(1) }, 'with a `sizeLimit` of 1Mi'],
  ])('fails where the options differ: %j, %s, then %j, %s', (before, told, now, tells) => {
    const problem = (name: string) =>
      new Error(
        `[shop/web] volume "${name}" was asked for ${told} before and is now asked for ${tells}; use the same options or another name`,
      );
    const { storage } = newPod();
    storage.share('cache', before);
    expect(() => storage.share('cache', now)).toThrow(problem('cache'));
    storage.scratch('app', '/tmp', before);
    expect(() => storage.scratch('app', '/tmp', now)).toThrow(problem('app-tmp'));
  });
});
