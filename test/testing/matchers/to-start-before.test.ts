import { Manifests } from '../../../src/testing';
import { toStartBefore } from '../../../src/testing/matchers/to-start-before';
import { SHOP_YAML, shop } from '../shop';
import { said } from './call';

const pod = shop().pod('shop');
const facts = (first: string, second: string) =>
  said(toStartBefore(pod.container(first), second)).replace(/expect.*\n\n/, '');

test.each([
  [
    'migrate',
    'web',
    'init container "migrate" comes first: Kubernetes starts "web" when "migrate" has ended with success',
  ],
  [
    'migrate',
    'proxy',
    'init container "migrate" comes first: Kubernetes starts "proxy" when "migrate" has ended with success',
  ],
  [
    'proxy',
    'web',
    'native sidecar "proxy" comes first: Kubernetes starts "web" when the startup probe of "proxy" succeeds',
  ],
  [
    'log-agent',
    'web',
    'native sidecar "log-agent" comes first: Kubernetes starts "web" when the process of "log-agent" runs, whether it is ready or not, as it has no `startupProbe`',
  ],
])('%s starts before %s', (first, second, text) => {
  expect(facts(first, second)).toBe(`passes: ${text}`);
});

test.each([
  [
    'proxy',
    'migrate',
    'init container "migrate" comes first: Kubernetes starts "proxy" when "migrate" has ended with success',
  ],
  [
    'web',
    'proxy',
    'native sidecar "proxy" comes first: Kubernetes starts "web" when the startup probe of "proxy" succeeds',
  ],
])('%s does not start before %s', (first, second, text) => {
  expect(facts(first, second)).toBe(`fails: ${text}`);
});

test('Kubernetes waits for the hook of a native sidecar too', () => {
  const hook =
    'ports: [{name: proxy, containerPort: 9000}]\n          lifecycle: {postStart: {exec: {command: [warm]}}}';
  const hooked = Manifests.fromYaml(SHOP_YAML.replace('ports: [{name: proxy, containerPort: 9000}]', hook));
  expect(toStartBefore(hooked.pod('shop').container('proxy'), 'web').message()).toMatch(
    /when the startup probe of "proxy" succeeds and the `postStart` hook of "proxy" has ended$/,
  );
});

test('of two regular containers none starts before the other', () => {
  expect(facts('web', 'cache')).toBe(
    'fails: main container "web" and sidecar "cache" are started one after the other, but Kubernetes does not wait until the first is ready, or even runs its program; to have "web" there first, make it a native sidecar: an init container with `restartPolicy: Always`',
  );
  expect(toStartBefore(pod.container('cache'), 'web').pass).toBe(false);
});

test('itself and a container that is not there are errors', () => {
  expect(() => toStartBefore(pod.container('web'), 'web')).toThrow(
    new Error('[toStartBefore] container "web" cannot start before itself; name another'),
  );
  expect(() => toStartBefore(pod.container('web'), 'agent')).toThrow('there is no container "agent"');
});
