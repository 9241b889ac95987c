import { hostAndPort, hostHeader, isAddress, isHost } from '../../src/software/hosts';

test.each([
  'db',
  'db.shop',
  'api.shop.svc.cluster.local',
  'api.example.com.',
  '10.0.0.1',
  'fd00::1',
  '_x.y',
  'a-b.c',
  'a',
])('"%s" is a host', (host) => {
  expect(isHost(host)).toBe(true);
});

test.each(['', ' ', 'a b', 'https://a', 'a:80', 'a/b', '-a', 'a\nb', 'a..b', `${'a.'.repeat(127)}`])(
  '"%s" is none',
  (host) => {
    expect(isHost(host)).toBe(false);
  },
);

test.each([
  ['10.0.0.1', true],
  ['fd00::1', true],
  ['db', false],
])('"%s" is an address: %s', (host, expected) => {
  expect(isAddress(host)).toBe(expected);
});

test.each([
  ['api', 80, false, 'api'],
  ['api', 443, true, 'api'],
  ['api', 80, true, 'api:80'],
  ['api', 8080, false, 'api:8080'],
  ['fd00::1', 80, false, '[fd00::1]'],
])('the Host header of %s, port %i, TLS %s', (host, port, tls, expected) => {
  expect(hostHeader(host, port, tls)).toBe(expected);
});

test.each([
  ['api.shop', 80, 'api.shop:80'],
  ['fd00::1', 443, '[fd00::1]:443'],
])('%s and %i are one word', (host, port, expected) => {
  expect(hostAndPort(host, port)).toBe(expected);
});
