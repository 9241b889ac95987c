import { findSoftwareConfig } from '../../../src/rules/configs/software-config';
import { podOf } from './support';

const IMAGES = {
  Envoy: 'docker.io/envoyproxy/envoy:v1.38.4',
  HAProxy: 'docker.io/library/haproxy:3.4.6',
  PgBouncer: 'docker.io/edoburu/pgbouncer:v1.26.0-p0',
};
const DIRECTORIES = { Envoy: '/etc/envoy', HAProxy: '/usr/local/etc/haproxy', PgBouncer: '/etc/pgbouncer' };

type Software = keyof typeof IMAGES;

/** The ports that software opens, those of the pod alone in brackets; with a question mark where it may open more. */
function listPorts(software: Software, files: Record<string, string>, more: object = {}): string[] | undefined {
  const volumeMounts = [{ name: 'config', mountPath: DIRECTORIES[software] }];
  const { pod, set } = podOf({ image: IMAGES[software], volumeMounts, ...more }, { config: files });
  const config = findSoftwareConfig(pod.containers[0]!, pod, set);
  expect(config?.software ?? software).toBe(software);
  return (
    config && [
      ...config.listeners.map(({ number, protocol, isLoopback }) => {
        const port = protocol === 'TCP' ? `${number}` : `${number}/${protocol}`;
        return isLoopback ? `(${port})` : port;
      }),
      ...(config.isPartial ? ['?'] : []),
    ]
  );
}

test.each([
  ['listen a\n  bind :80', ['80']],
  ['listen a\n  bind *:80,127.0.0.1:81 # both', ['80', '(81)']],
  ['frontend a\n  bind [::1]:80\n  bind :::81 v4v6', ['(80)', '81']],
  ['frontend a\n  bind ipv4@127.0.0.1:80\n  bind quic4@:443 ssl crt /a', ['(80)', '443/UDP']],
  ['frontend a\n  bind :8000-8002', ['8000', '8001', '8002']],
  ['frontend a\n  bind "127.0.0.1:80"', ['(80)']],
  ['listen a 127.0.0.1:80\n  server b :81', ['(80)']],
  ['log-forward a\n  dgram-bind 127.0.0.1:514', ['(514/UDP)']],
  ['global\n  stats socket ipv4@127.0.0.1:9999 level admin', ['(9999)']],
  ['global\n  stats socket /run/haproxy.sock\nlisten a\n  bind /run/a.sock\n  bind abns@a', []],
  ['frontend a\n  bind ":${PORT}"', ['?']],
  ['frontend a\n  bind :1-65535', ['?']],
  ['frontend a\n  bind :80\n.if defined(TLS)\n  bind :443\n.endif\n  bind :81', ['80', '81', '?']],
  ['peers a\n  peer b 127.0.0.1:1', ['?']],
  ['# bind :80', []],
])('HAProxy with %j opens %j', (text, expected) => {
  expect(listPorts('HAProxy', { 'haproxy.cfg': text })).toEqual(expected);
});

test('HAProxy reads the files that its arguments name, in directories those that end in .cfg', () => {
  const files = { 'a.cfg': 'listen a\n  bind :80', 'b.cfg': 'listen b\n  bind :81', c: 'listen c\n  bind :82' };
  const directory = DIRECTORIES.HAProxy;
  expect(listPorts('HAProxy', files, { args: ['-f', `${directory}/a.cfg`, '-f', `${directory}/c`] })).toEqual([
    '80',
    '82',
  ]);
  expect(listPorts('HAProxy', files, { args: ['haproxy', '-f', directory] })).toEqual(['80', '81']);
  expect(listPorts('HAProxy', files, { args: ['-W', '--', `${directory}/b.cfg`] })).toEqual(['81']);
  expect(listPorts('HAProxy', files, { args: ['-f', `${directory}/a.cfg`, '-f', '/etc/other.cfg'] })).toBeUndefined();
  expect(listPorts('HAProxy', files, { args: ['-W'] })).toBeUndefined();
});

test.each([
  ['[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = 5432', ['(5432)']],
  ['[pgbouncer]\nlisten_addr = *', ['6432']],
  ['[pgbouncer]\nlisten_addr = 127.0.0.1, 10.0.0.1\n;listen_port = 1', ['(6432)', '6432']],
  ['[databases]\nlisten_addr = host=a\n[pgbouncer]\nlisten_port = 5432', []],
  ['[pgbouncer]\nlisten_addr =\nlisten_port = 5432', []],
  ['[pgbouncer]\nlisten_addr = *\nlisten_port = ${PORT}', ['?']],
  ['[pgbouncer]\nlisten_addr = *\n%include /etc/more.ini', ['6432', '?']],
])('PgBouncer with %j opens %j', (text, expected) => {
  expect(listPorts('PgBouncer', { 'pgbouncer.ini': text })).toEqual(expected);
});

test('PgBouncer reads the file that its arguments name, or a script that they name', () => {
  const files = {
    'pgbouncer.ini': '[pgbouncer]\nlisten_addr = *',
    'other.ini': '[pgbouncer]\nlisten_addr = *\nlisten_port = 1',
    'start.sh': '#!/bin/sh\nexec pgbouncer /etc/pgbouncer/pgbouncer.ini\n',
    'write.sh': 'envsubst </etc/pgbouncer/pgbouncer.ini >/tmp/a.ini; exec pgbouncer /tmp/a.ini',
  };
  const path = (name: string) => `/etc/pgbouncer/${name}`;
  expect(listPorts('PgBouncer', files, { args: [path('other.ini')] })).toEqual(['1']);
  expect(listPorts('PgBouncer', files, { command: ['pgbouncer', path('other.ini')] })).toEqual(['1']);
  expect(listPorts('PgBouncer', files, { command: ['sh', path('start.sh')] })).toEqual(['6432']);
  expect(listPorts('PgBouncer', files, { command: ['sh', path('write.sh')] })).toBeUndefined();
  expect(listPorts('PgBouncer', files, { command: ['sh', '-c', 'exec pgbouncer /tmp/a.ini'] })).toBeUndefined();
});

const toListener = (address: string, port: number, more = '') =>
  `{ address: { socket_address: { address: ${address}, port_value: ${port}${more} } } }`;

test.each([
  [
    `static_resources: { listeners: [${toListener('0.0.0.0', 10000)}, ${toListener('127.0.0.1', 10001)}] }`,
    ['10000', '(10001)'],
  ],
  [`static_resources: { listeners: [${toListener('0.0.0.0', 53, ', protocol: UDP')}] }`, ['53/UDP']],
  [`static_resources: {}\nadmin: ${toListener('127.0.0.1', 9901)}`, ['(9901)']],
  [
    'static_resources:\n  listeners:\n  - address: { pipe: { path: /run/a.sock } }\n    additional_addresses:\n    - address: { socket_address: { address: "::1", port_value: 80 } }',
    ['(80)'],
  ],
  [`static_resources: { listeners: [{ bind_to_port: false, ${toListener('0.0.0.0', 1).slice(1)}] }`, []],
  [
    `static_resources: { listeners: [${toListener('0.0.0.0', 1)}] }\ndynamic_resources: { lds_config: { ads: {} } }`,
    ['1', '?'],
  ],
  ['static_resources: { listeners: "$LISTENERS" }', ['?']],
])('Envoy with %j opens %j', (text, expected) => {
  expect(listPorts('Envoy', { 'envoy.yaml': text })).toEqual(expected);
});

test('Envoy reads the file that its arguments name, and what they say themselves', () => {
  const files = {
    'a.yaml': `admin: ${toListener('127.0.0.1', 9901)}`,
    'b.yaml': 'sources: {}',
    'envoy.yaml': 'admin: {}',
  };
  const args = [
    '-c',
    '/etc/envoy/a.yaml',
    '--config-yaml',
    `static_resources: { listeners: [${toListener('0.0.0.0', 80)}] }`,
  ];
  expect(listPorts('Envoy', files, { args })).toEqual(['(9901)', '80']);
  expect(listPorts('Envoy', files, { args: ['envoy', '--config-path', '/etc/envoy/a.yaml'] })).toEqual(['(9901)']);
  expect(listPorts('Envoy', files, { args: ['-c', '/etc/envoy/b.yaml'] })).toBeUndefined();
  expect(listPorts('Envoy', files, { args: ['--concurrency', '2'] })).toBeUndefined();
});

test.each(Object.keys(IMAGES) as Software[])('%s has no configuration where no ConfigMap brings it', (software) => {
  expect(listPorts(software, {})).toBeUndefined();
});
