import { defaultNginxLogs, nginxConfig } from '../../../src/rules/configs/nginx';
import { filesOf, podOf } from './support';

const LOGS = ['/var/log/nginx/access.log', '/var/log/nginx/error.log'];

function read(container: object, data: Record<string, string>) {
  const args = [container, { web: data }] as const;
  return nginxConfig(podOf(...args).pod.containers[0]!, filesOf(...args))?.reading;
}

const IN_DIRECTORY = { volumeMounts: [{ name: 'web', mountPath: '/etc/nginx/conf.d' }] };

test('ports of its servers', () => {
  const conf =
    'server { listen 8080; listen [::]:8080; listen 127.0.0.1:9000; listen unix:/a.sock; listen 443 quic; listen *; listen $a:1; }';
  expect(
    read(IN_DIRECTORY, { 'a.conf': conf })?.listeners.map(({ number, protocol, isLoopback }) => [
      number,
      protocol,
      isLoopback,
    ]),
  ).toEqual([
    [8080, 'TCP', false],
    [8080, 'TCP', false],
    [9000, 'TCP', true],
    [443, 'UDP', false],
    [80, 'TCP', false],
  ]);
});

test('files that it writes', () => {
  const conf = 'access_log /logs/a.log combined; access_log off; error_log /dev/stderr; error_log stderr;';
  expect(read(IN_DIRECTORY, { 'a.conf': conf })).toMatchObject({ writes: [...LOGS, '/logs/a.log'], isPartial: false });
  expect(read(IN_DIRECTORY, { 'a.conf': 'access_log /logs/$host.log;' })?.isPartial).toBe(true);
  expect(read(IN_DIRECTORY, { 'a.conf': 'include /etc/other/*.conf;' })?.isPartial).toBe(true);
});

test('a main file includes the others or does not', () => {
  const both = {
    volumeMounts: [
      ...IN_DIRECTORY.volumeMounts,
      { name: 'web', mountPath: '/etc/nginx/nginx.conf', subPath: 'nginx.conf' },
    ],
  };
  const ports = (main: string) =>
    read(both, { 'nginx.conf': main, 'a.conf': 'server { listen 81; }' })?.listeners.length;
  expect(ports('http { include /etc/nginx/conf.d/a*.conf; }')).toBe(1);
  expect(ports('http { server { listen 82; } include /etc/nginx/conf.d/*.conf; }')).toBeGreaterThan(1);
});

test.each([
  ['another program', { ...IN_DIRECTORY, command: ['sh'] }],
  ['another file', { ...IN_DIRECTORY, args: ['nginx', '-c', '/a.conf'] }],
  ['templates', { volumeMounts: [...IN_DIRECTORY.volumeMounts, { name: 'web', mountPath: '/etc/nginx/templates' }] }],
  ['nothing', {}],
])('%s says nothing', (_, container) => {
  expect(read(container, { 'a.conf': 'server { listen 80; }' })).toBeUndefined();
});

test('without a configuration it writes what its image says', () => {
  const logs = (container: object) => defaultNginxLogs(podOf(container).pod.containers[0]!);
  expect(logs({})).toEqual(LOGS);
  expect(logs({ args: ['nginx', '-g', 'daemon off;'] })).toEqual(LOGS);
  expect(logs({ args: ['nginx', '-g', 'error_log /a;'] })).toBeUndefined();
  expect(logs(IN_DIRECTORY)).toBeUndefined();
});
