import * as kplus from 'cdk8s-plus-28';
import { containerOf, environmentOf } from '../../../src/companions/kit/companion-options';
import { resourcesOf } from '../../../src/pod/containers/resources';

const IMAGE = { image: 'docker.io/acme/agent:1.0.0', user: 77, group: 78, writableDirectories: ['/tmp'] };
const DEFAULTS = { name: 'agent', image: IMAGE, cpuMillis: 50, memoryMebibytes: 64 };

test('a companion is its official image, unless told otherwise', () => {
  expect(containerOf({}, DEFAULTS)).toEqual({
    name: 'agent',
    image: 'docker.io/acme/agent:1.0.0',
    user: 77,
    group: 78,
    envVariables: {},
    resources: resourcesOf(50, 64),
    writableDirectories: ['/tmp'],
  });
});

test('a companion takes another name, image, user and size', () => {
  const resources = resourcesOf(10, 32);
  const options = { name: 'mine', image: 'acme/mine:2', user: 99, resources };
  expect(containerOf(options, DEFAULTS)).toMatchObject({ ...options, group: undefined });
});

test('what a user adds stands beside what the companion sets', () => {
  const [own, more] = [{ A: kplus.EnvValue.fromValue('1') }, { B: kplus.EnvValue.fromValue('2') }];
  expect(environmentOf('Agent', 'agent', own, more)).toEqual({ ...own, ...more });
  expect(environmentOf('Agent', 'agent', own)).toEqual(own);
});

test('fails where a user sets what the companion sets itself', () => {
  const variable = { A: kplus.EnvValue.fromValue('1') };
  expect(() => environmentOf('Agent', 'agent', variable, variable)).toThrow(
    new Error('[Agent] environment variable "A" of "agent" is set by the companion itself; choose another name'),
  );
});
