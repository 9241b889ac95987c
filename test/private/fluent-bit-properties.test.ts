import fc from 'fast-check';
import { pluginProperties, showsCredential } from '../../src/private/fluent-bit-properties';
import { deepFreeze } from '../support';

/** The properties as the plugin "http" takes them. */
const take = (properties: Record<string, unknown>) =>
  pluginProperties('FluentBitOutput', 'http', properties, 'hide it');

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

test('fails where a property shows a credential, and says how to pass one', () => {
  expect(() => take({ host: 'loki', http_passwd: 'hunter2' })).toThrow(
    new Error(
      '[FluentBitOutput.http] property "http_passwd" is a credential, which would stand in a ConfigMap for all to read; hide it',
    ),
  );
});

test.each([
  ['text', 'loki'],
  ['a number', 3100],
  ['a boolean', true],
  ['a list', ['a', 'b']],
  ['variables', '${A}-${B_2}'],
  ['braces without a variable', '{"a": "}"}'],
])('a property may be %s', (_, value) => {
  expect(take({ value })).toEqual({ value });
});

test('the properties of a plugin are a copy of what the caller gave', () => {
  const given = { list: ['a'], text: 'b' };
  const taken = take(deepFreeze({ ...given, list: given.list }));
  expect(taken).toEqual(given);
  expect(taken.list).not.toBe(given.list);
});

test.each([[{ a: 1 }], [null], [undefined], [['a', ['b']]], [() => 'a']])('fails where a property is %p', (value) => {
  expect(() => take({ host: 'loki', labels: value })).toThrow(
    new Error(
      '[FluentBitOutput.http] property "labels" is neither text, number, boolean nor a list of texts; pass one of these',
    ),
  );
});

test.each([['${A'], ['${}'], ['${1A}'], ['${A-B}'], ['${A} }'], ['{${A}}'], ['${${A}}']])(
  'fails where Fluent Bit would misread the braces of %s',
  (value) => {
    expect(() => take({ match: ['fine', value] })).toThrow(
      new Error(
        `[FluentBitOutput.http] property "match" is "${value}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
      ),
    );
  },
);

test.each(['name', 'Name', 'NAME'])('fails with the property "%s", which would win over the plugin', (name) => {
  expect(() => take({ [name]: 'stdout' })).toThrow(
    new Error(`[FluentBitOutput.http] property "${name}" would make it another plugin; leave it out`),
  );
});

test.each(['', 'Loki', 'a b', '$log', '1st', '_x', 'loki.0'])('fails where "%s" should be a plugin', (plugin) => {
  expect(() => pluginProperties('FluentBitFilter', plugin, {}, '')).toThrow(
    new Error(
      `[FluentBitFilter] "${plugin}" is not the name of a plugin; pass it as its documentation does, in lower case`,
    ),
  );
});

test.each(['es', 's3', 'record_modifier', 'kafka-rest'])('a plugin may be called "%s"', (plugin) => {
  expect(pluginProperties('FluentBitOutput', plugin, { a: 1 }, '')).toEqual({ a: 1 });
});

test('any text without a dollar sign or an at sign may stand in a property', () => {
  const text = fc.string().filter((candidate) => !/[$@]/.test(candidate));
  fc.assert(fc.property(text, (value) => expect(take({ value })).toEqual({ value })));
});
