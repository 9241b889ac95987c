import { Manifests } from '../../../src/testing';
import { toShareVolume } from '../../../src/testing/matchers/to-share-volume';
import { SHOP_YAML, shop } from '../shop';
import { said } from './call';

const pod = shop().pod('shop');
const facts = (text: string) => text.split('\n\n')[1];

test('a container that mounts a part of what another mounts shares it', () => {
  expect(said(toShareVolume(pod, 'web', 'log-agent'))).toBe(
    'passes: expect(Deployment/acme-shop-c8f1a2b3).not.toShareVolume("web", "log-agent")\n\n' +
      '"web" and "log-agent" share volume "logs": web at /var/log/web, log-agent at /logs',
  );
  expect(toShareVolume(pod.container('log-agent'), 'web').pass).toBe(true);
});

test('different parts of one volume are not shared', () => {
  expect(facts(said(toShareVolume(pod.container('web'), 'cache')))).toBe(
    'no volume is mounted in each of "web" and "cache"\n' +
      '  web mounts "logs" (only "web") at /var/log/web\n' +
      '  cache mounts "logs" (only "cache") at /var/log/cache, "data" at /data\n' +
      'volume "logs" is in all of them, but each sees another part of it; compare `subPath`',
  );
  expect(toShareVolume(pod, 'web', 'cache', 'log-agent').pass).toBe(false);
});

test('volumes of their own at one path are not shared', () => {
  const own = SHOP_YAML.replace('{name: logs, mountPath: /logs,', '{name: spool, mountPath: /var/log/web,');
  expect(facts(said(toShareVolume(Manifests.fromYaml(own).pod('shop'), 'web', 'log-agent')))).toMatch(
    /\nat \/var\/log\/web each has a volume of its own; mount the same volume there$/,
  );
});

test('a container without mounts shares nothing', () => {
  expect(facts(said(toShareVolume(pod, 'web', 'proxy')))).toMatch(/\n {2}proxy mounts nothing$/);
});

test('a container that is not there is an error with `.not` too', () => {
  expect(() => toShareVolume(pod, 'web', 'agent')).toThrow('there is no container "agent"');
  expect(() => toShareVolume(pod, 'web')).toThrow(
    new Error('[toShareVolume] sharing takes two containers; name the others'),
  );
  expect(() => toShareVolume(pod.container('web'), 'web')).toThrow('sharing takes two containers');
});
