import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type AlloyLokiOptions, AlloyOutput } from '../../../src';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const value = (key: string) => ({ secret, key });
const endpoint = (options: Partial<AlloyLokiOptions> = {}) =>
  AlloyOutput.loki({ host: 'loki.logging', ...options })._endpoint((name) => name.toUpperCase());

describe('a Loki', () => {
  test('is reached at its usual port and path', () => {
    expect(endpoint()).toEqual({ url: 'http://loki.logging:3100/loki/api/v1/push', labels: {} });
    expect(endpoint({ tls: true }).url).toBe('https://loki.logging:443/loki/api/v1/push');
    expect(endpoint({ host: '[::1]', port: 80, path: '/push' }).url).toBe('http://[::1]:80/push');
  });

  test('gets the tenant and labels that it is told', () => {
    expect(endpoint({ tenant: 'shop', labels: { team: 'a b' } })).toMatchObject({
      tenant: 'shop',
      labels: { team: 'a b' },
    });
  });

  test('gets credentials through variables', () => {
    expect(endpoint({ user: value('u'), password: value('p') })).toMatchObject({
      user: 'USERNAME',
      password: 'PASSWORD',
    });
    expect(endpoint({ bearerToken: value('t') })).toMatchObject({ bearerToken: 'BEARER_TOKEN' });
  });

  test('keeps what it was made with', () => {
    const labels = { team: 'a' };
    const output = AlloyOutput.loki({ host: 'loki', labels });
    labels.team = 'b';
    expect(output._endpoint(String).labels).toEqual({ team: 'a' });
  });

  test.each<[string, Partial<AlloyLokiOptions>, string]>([
    [
      'a URL as its host',
      { host: 'http://loki' },
      '`host` "http://loki" is not the name or address of a host; pass it without scheme, port and path',
    ],
    ['no port', { port: 0 }, '`port` 0 is not a port; pass a whole number from 1 to 65535'],
    ['a path of no request', { path: 'push' }, '`path` "push" is not the path of a request; begin it with "/"'],
    [
      'two ways to authenticate',
      { bearerToken: value('t'), user: value('u') },
      '`bearerToken` stands beside `user` or `password`; pass one of the two',
    ],
    [
      'a user without a password',
      { user: value('u') },
      'one of `user` and `password` is missing; pass both or neither',
    ],
    [
      'a label of odd signs',
      { labels: { 'my-team': 'a' } },
      'label "my-team" is not a name that Loki takes; use letters, digits and "_", and not "__" at its beginning',
    ],
    [
      'a label that Loki never sees',
      { labels: { __team: 'a' } },
      'label "__team" is not a name that Loki takes; use letters, digits and "_", and not "__" at its beginning',
    ],
    ['a label of the agent', { labels: { pod: 'a' } }, 'label "pod" is set by the agent itself; choose another name'],
  ])('fails with %s', (_, options, message) => {
    expect(() => endpoint(options)).toThrow(new Error(`[AlloyOutput.loki] ${message}`));
  });
});
