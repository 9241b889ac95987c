import { assertBootstrap, assertUpstreams } from '../../../../src/companions/ambassadors/envoy/validate';
import { EnvoyProtocol, type EnvoyUpstream } from '../../../../src/index';

const API: EnvoyUpstream = { name: 'api', host: 'api.shop', port: 8080, localPort: 8081 };

test.each<EnvoyUpstream>([
  API,
  { ...API, host: 'api', retries: 0, limits: { maxRequests: 1 } },
  { ...API, host: '10.0.0.1', tls: { serverName: 'api.example.com' } },
  { ...API, protocol: EnvoyProtocol.TCP, tls: {}, limits: {} },
])('nothing is wrong with %j', (upstream) => {
  expect(() => assertUpstreams([upstream])).not.toThrow();
});

test.each<[EnvoyUpstream, string]>([
  [
    { ...API, name: 'API' },
    'upstream "API" has no DNS label as name, or that of the listener for probes; use other lower-case letters, digits and "-"',
  ],
  [
    { ...API, name: 'ready' },
    'upstream "ready" has no DNS label as name, or that of the listener for probes; use other lower-case letters, digits and "-"',
  ],
  [{ ...API, host: 'http://api' }, 'host "http://api" of upstream "api" is neither a name nor an address; pass one'],
  [{ ...API, port: 0 }, '`port` 0 of upstream "api" is not a port number; pass an integer from 1 to 65535'],
  [{ ...API, retries: -1 }, '`retries` -1 of upstream "api" is no number of things; pass an integer'],
  [
    { ...API, limits: { maxRequests: 1.5 } },
    '`maxRequests` 1.5 of upstream "api" is no number of things; pass an integer',
  ],
  [
    { ...API, host: '10.0.0.1', tls: {} },
    '"10.0.0.1" of upstream "api" is no name that a certificate could be for; pass `tls.serverName`',
  ],
  [
    { ...API, protocol: EnvoyProtocol.TCP, retries: 1 },
    'upstream "api" has `retries`, which EnvoyProtocol.TCP does not know; leave it out',
  ],
])('fails with %j', (upstream, message) => {
  expect(() => assertUpstreams([{ ...API, name: 'other' }, upstream])).toThrow(new Error(`[Envoy] ${message}`));
});

const header = (key: string, value: string) => ({ request_headers_to_add: [{ header: { key, value } }] });

test.each([
  {},
  { static_resources: { listeners: [{ name: 'mine' }] } },
  header('x-region', 'eu'),
  header('authorization', 'Bearer %ENVIRONMENT(TOKEN)%'),
  { tls_certificate: { private_key: { filename: '/tls/tls.key' } } },
  { direct_response: { status: 200, body: { inline_string: 'hello' } } },
])('%j shows no credential', (config) => {
  expect(() => assertBootstrap('envoy', config)).not.toThrow();
});

test.each([
  [header('authorization', 'Bearer abc'), 'request_headers_to_add.0.header.authorization'],
  [{ tls_certificate: { private_key: { inline_string: 'abc' } } }, 'tls_certificate.private_key.inline_string'],
  [{ generic_secret: { secret: { inline_bytes: 'YWJj' } } }, 'generic_secret.secret.inline_bytes'],
  [{ a: ['-----BEGIN PRIVATE KEY-----'] }, 'a.0'],
  [{ redis: { auth_password: 'abc' } }, 'redis.auth_password'],
])('%j shows a credential', (config, path) => {
  expect(() => assertBootstrap('envoy', config)).toThrow(
    new Error(
      `[Envoy] "${path}" in the bootstrap of "envoy" would show a credential in a ConfigMap; mount it as a file, or refer to a variable, "%ENVIRONMENT(NAME)%"`,
    ),
  );
});

test('fails with a listener of the name of the one for probes', () => {
  expect(() => assertBootstrap('envoy', { static_resources: { listeners: [{ name: 'ready' }] } })).toThrow(
    new Error(
      '[Envoy] the bootstrap of "envoy" has a listener "ready", which is the one that the companion adds for probes; choose another name',
    ),
  );
});
