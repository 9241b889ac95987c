import { credentialIn, credentialInQuery, showsCredential } from '../../../src/companions/kit/credentials';

test.each<[string, unknown, boolean]>([
  ['http_passwd', 'hunter2', true],
  ['password', 'hunter2', true],
  ['PASSWORD', 'hunter2', true],
  ['splunk_token', 'abc', true],
  ['oauth2.client_secret', 'abc', true],
  ['aws_secret_access_key', 'abc', true],
  ['account_key', 'abc', true],
  ['apikey', 'abc', true],
  ['api_key', 12345, true],
  ['shared_key', ['${KEY}', 'abc'], true],
  ['http_passwd', 'hunter2${SALT}', true],
  ['http_passwd', '${A} ${B}', true],
  ['header', 'Authorization Bearer abc', true],
  ['Header', 'Authorization Bearer abc', true],
  ['HEADER', ['Api-Key abc'], true],
  ['header', ['X-Scope-OrgID shop', 'x-api-key abc'], true],
  ['header', 'DD-API-KEY abc', true],
  ['header', 'Private-Token abc', true],
  ['header', 'X-Auth-Secret\tabc', true],
  ['header', 'Cookie a=b', true],
  ['header', 'Authorization: Bearer abc', true],
  ['header', 'Authorization:abc', true],
  ['header', 'Authorization Bearer ${TOKEN}abc', true],
  ['header', 'X-Api-Key abc${POD_NAME}', true],
  ['proxy', 'http://${USER}:hunter2@proxy:3128', true],
  ['proxy', 'http://user:hunter2${PASSWORD}@proxy:3128', true],
  ['proxy', 'http://user:hunter2@proxy:3128', true],
  ['uri', 'redis://:hunter2@redis', true],
  ['hosts', ['http://a', 'https://user:hunter2@b'], true],
  ['http_passwd', '${LOKI_PASSWORD}', false],
  ['http_passwd', '${A}${B}', false],
  ['http_passwd', '', false],
  ['shared_key', ['${KEY}'], false],
  ['header', 'Authorization Bearer ${TOKEN}', false],
  ['header', 'Authorization: Bearer ${TOKEN}', false],
  ['header', 'Authorization ${TOKEN}', false],
  ['header', 'X-Api-Key: ${KEY}', false],
  ['header', 'X-Scope-OrgID shop', false],
  ['header', 'X-Keyboard qwerty', false],
  ['X-Header', 'Authorization off', false],
  ['proxy', 'http://${USER}:${PASSWORD}@proxy:3128', false],
  ['proxy', 'http://proxy:3128', false],
  ['uri', 'https://example.com/a:b@c', false],
  ['http_user', 'shop', false],
  ['host', 'tokens.example.com', false],
  ['token_url', 'https://example.com', false],
  ['tls.key_file', '/certs/tls.key', false],
  ['tls', true, false],
])('property "%s" of value %j shows a credential: %s', (name, value, expected) => {
  expect(showsCredential(name, value)).toBe(expected);
});

test.each<[string, boolean]>([
  ['sys.env("TOKEN")', false],
  ['${TOKEN}', true],
  ['hunter2', true],
])('software that refers to its environment otherwise may show %j: a credential is %s', (value, expected) => {
  expect(showsCredential('token', value, String.raw`sys\.env\("\w+"\)`)).toBe(expected);
});

test.each<[unknown, string | undefined]>([
  [{}, undefined],
  ['hunter2', undefined],
  [{ host: 'loki', tls: { verify: true, hosts: ['a', 'b'] } }, undefined],
  [{ auth: { user: 'shop', password: '${PASSWORD}' } }, undefined],
  [{ auth: { user: 'shop', password: 'hunter2' } }, 'auth.password'],
  [{ sinks: [{ uri: 'a' }, { uri: 'http://shop:hunter2@b' }] }, 'sinks.1.uri'],
  [{ hosts: ['http://a', 'http://shop:hunter2@b'] }, 'hosts'],
  [{ request: { headers: { 'X-Scope-OrgID': 'shop' } } }, undefined],
  [{ request: { headers: { Authorization: 'Bearer ${TOKEN}' } } }, undefined],
  [{ request: { headers: { Authorization: 'Bearer hunter2' } } }, 'request.headers.Authorization'],
  [{ a: null, b: undefined, c: false }, undefined],
])('of the settings %j, the credential is %j', (settings, path) => {
  expect(credentialIn(settings)).toBe(path);
});

test.each([
  ['http://localhost/reload?user=x&token=hunter2', 'token'],
  ['/reload?api_key=hunter2#part', 'api_key'],
  ['/reload?token=${TOKEN}', undefined],
  ['/reload?wait=1', undefined],
  ['/token=1', undefined],
])('the query of %s shows %p', (address, name) => {
  expect(credentialInQuery(address)).toBe(name);
});
