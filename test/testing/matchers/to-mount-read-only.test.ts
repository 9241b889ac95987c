import { toMountReadOnly } from '../../../src/testing/matchers/to-mount-read-only';
import { shop } from '../shop';
import { said } from './call';

const container = (name: string) => shop().pod('shop').container(name);
const facts = (name: string, mount: string) =>
  said(toMountReadOnly(container(name), mount)).replace(/expect.*\n\n/, '');

test.each([
  ['log-agent', 'logs', 'passes: volume "logs" at /logs is mounted read-only'],
  ['log-agent', '/logs', 'passes: volume "logs" at /logs is mounted read-only'],
  ['log-agent', '/logs/web/access.log', 'passes: volume "logs" at /logs is mounted read-only'],
  ['log-agent', 'config', 'passes: volume "config" at /etc/agent is read-only, as its source `configMap` is'],
  ['cache', '/data', 'passes: volume "data" at /data is read-only, as its source `persistentVolumeClaim` is'],
  ['web', 'logs', 'fails: volume "logs" at /var/log/web is writable: the mount does not say `readOnly: true`'],
])('%s, %s: %s', (name, mount, text) => {
  expect(facts(name, mount)).toBe(text);
});

test('the call is shown', () => {
  expect(said(toMountReadOnly(container('web'), 'logs'))).toMatch(
    /^fails: expect\(container "web" of Deployment\/acme-shop-c8f1a2b3\)\.toMountReadOnly\("logs"\)\n\n/,
  );
});

test('what is not mounted is an error with `.not` too', () => {
  expect(() => toMountReadOnly(container('web'), '/var/log')).toThrow(
    new Error(
      '[container "web" of Deployment/acme-shop-c8f1a2b3] the container mounts nothing at "/var/log" (mounted: "logs" at /var/log/web)',
    ),
  );
  expect(() => toMountReadOnly(container('proxy'), 'logs')).toThrow('mounts no volume "logs" (mounted: nothing)');
});
