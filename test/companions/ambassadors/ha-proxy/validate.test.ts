import { assertBackends, assertText } from '../../../../src/companions/ambassadors/ha-proxy/validate';
import { type HaProxyBackend, HaProxyMode } from '../../../../src/index';

const SERVER = { host: 'api.shop.svc.cluster.local', port: 80 };
const API: HaProxyBackend = { name: 'api', port: 8081, servers: [SERVER] };
const check =
  (...backends: HaProxyBackend[]) =>
  () =>
    assertBackends('haproxy', backends);
const text = (line: string) => () => assertText('haproxy', `listen a\n${line}`);

test.each<HaProxyBackend>([
  API,
  { ...API, servers: [{ host: '10.0.0.1', port: 1, addresses: 3, weight: 0 }] },
  { ...API, tls: {} },
  { ...API, servers: [{ host: '10.0.0.1', port: 1 }], tls: { serverName: 'api.example.com' } },
  { ...API, healthCheckPath: '/healthz?a=b&c=%20', hostHeader: 'api.example.com:8080' },
  { ...API, mode: HaProxyMode.TCP },
])('nothing is wrong with %j', (backend) => {
  expect(check(backend)).not.toThrow();
});

test.each<[HaProxyBackend, string]>([
  [
    { ...API, name: 'The API' },
    'backend "The API" of "haproxy" has no DNS label as name; use other lower-case letters, digits and "-"',
  ],
  [
    { ...API, name: 'health' },
    'backend "health" of "haproxy" has the name of a section of the companion; use other lower-case letters, digits and "-"',
  ],
  [{ ...API, servers: [] }, 'backend "api" of "haproxy" has no `servers`; pass at least one'],
  [
    { ...API, mode: HaProxyMode.TCP, healthCheckPath: '/' },
    'backend "api" has `healthCheckPath`, which takes HaProxyMode.HTTP; leave it out',
  ],
  [
    { ...API, mode: HaProxyMode.TCP, hostHeader: 'a' },
    'backend "api" has `hostHeader`, which takes HaProxyMode.HTTP; leave it out',
  ],
  [
    { ...API, healthCheckPath: '/a b' },
    '`healthCheckPath` "/a b" of backend "api" cannot stand in the configuration; check it',
  ],
  [{ ...API, hostHeader: 'a\nb' }, '`hostHeader` "a\nb" of backend "api" cannot stand in the configuration; check it'],
  [
    { ...API, servers: [{ ...SERVER, host: 'a b' }] },
    'host "a b" of backend "api" is neither a name nor an address; pass one',
  ],
  [
    { ...API, servers: [{ ...SERVER, host: 'api' }] },
    'host "api" of backend "api" is not a whole name, and HAProxy looks names up without the search path of the pod; pass one such as "api.shop.svc.cluster.local"',
  ],
  [
    { ...API, servers: [{ ...SERVER, host: 'api.shop.svc' }] },
    'host "api.shop.svc" of backend "api" is not a whole name, and HAProxy looks names up without the search path of the pod; pass one such as "api.shop.svc.cluster.local"',
  ],
  [
    { ...API, servers: [{ ...SERVER, port: 0 }] },
    '`port` 0 of backend "api" is not a port number; pass an integer from 1 to 65535',
  ],
  [
    { ...API, servers: [{ ...SERVER, weight: 300 }] },
    '`addresses` 1 or `weight` 300 of backend "api" is out of range; pass whole numbers, a weight of at most 256',
  ],
  [
    { ...API, tls: {}, servers: [{ ...SERVER, host: '10.0.0.1' }] },
    '"10.0.0.1" of backend "api" is no name that a certificate could be for; pass `tls.serverName`',
  ],
])('fails with %j', (backend, message) => {
  expect(check(API, { ...backend })).toThrow(new Error(`[HaProxy] ${message}`));
});

test.each([
  'bind 127.0.0.1:8081',
  'http-request set-header Host api.example.com',
  'http-request set-header Authorization "Bearer ${TOKEN}"',
  'http-request set-header Authorization %[env(TOKEN)]',
  'user reader password "${HASH}"',
  'stats auth "${USER}:${PASSWORD}"',
  'option httpchk',
])('"%s" shows no credential', (line) => {
  expect(text(line)).not.toThrow();
});

test.each([
  'http-request set-header Authorization "Bearer abc"',
  'http-response add-header Set-Cookie id=1',
  'http-request set-header X-Api-Key abc',
  'user reader insecure-password abc',
  'user reader password $5$abc',
  'stats auth admin:admin',
  'http-request redirect location https://me:abc@example.com/',
])('"%s" shows a credential', (line) => {
  expect(text(line)).toThrow('line 2 of `config.text` of "haproxy" would show a credential in a ConfigMap');
});
