import { assertOption, assertSettings, isSecret } from '../../../../src/companions/ambassadors/oauth2-proxy/settings';

test.each<[string, string, boolean]>([
  ['client-secret', 'abc', true],
  ['cookie-secret', 'abc', true],
  ['redis-password', 'abc', true],
  ['redis-sentinel-password', 'abc', true],
  ['github-token', 'abc', true],
  ['basic-auth-password', 'abc', true],
  ['signature-key', 'sha256:abc', true],
  ['jwt-key', 'abc', true],
  ['redis-connection-url', 'redis://:abc@redis:6379', true],
  ['redis-connection-url', 'redis://redis:6379', false],
  ['pass-access-token', 'true', false],
  ['cookie-secret-file', '/secrets/cookie', false],
  ['cookie-expire', '12h', false],
])('option %s with %p shows a credential: %p', (option, value, expected) => {
  expect(isSecret(option, value)).toBe(expected);
});

test('fails with a credential, and says where it belongs', () => {
  expect(() => assertSettings('Kind', 'settings', { 'cookie-expire': '1h', 'jwt-key': 'abc' }, 'put it there')).toThrow(
    new Error(
      '[Kind] `settings` shows a credential in "jwt-key", and everybody who may read the pod could read it; put it there',
    ),
  );
});

test.each(['--cookie-expire', 'cookie_expire', 'Cookie', '', 'a b'])('fails with the option %p', (option) => {
  expect(() => assertOption('Kind', 'settings', option)).toThrow(
    new Error(
      `[Kind] \`settings\` has "${option}", which is no option of OAuth2 Proxy; write its name as in "cookie-expire"`,
    ),
  );
});
