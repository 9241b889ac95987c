import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type AlloyLokiOptions, AlloyOutput } from '../../../../src/index';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const value = (key: string) => ({ secret, key });
const endpoint = (options: Partial<AlloyLokiOptions> = {}) =>
  AlloyOutput.loki({ endpoint: 'http://loki.logging:3100', ...options })._toEndpoint((name) => name.toUpperCase());

describe('a Loki', () => {
  test('is reached at the path of its push requests, below that of its URL', () => {
    expect(endpoint()).toEqual({ url: 'http://loki.logging:3100/loki/api/v1/push', labels: {} });
    expect(endpoint({ endpoint: 'https://[::1]/logs/' }).url).toBe('https://[::1]/logs/loki/api/v1/push');
  });

  test('gets the tenant and labels that it is told', () => {
    expect(endpoint({ tenantId: 'shop', labels: { team: 'a b' } })).toMatchObject({
      tenantId: 'shop',
      labels: { team: 'a b' },
    });
  });

  test('gets credentials through variables', () => {
    expect(endpoint({ username: value('u'), password: value('p') })).toMatchObject({
      username: 'USERNAME',
      password: 'PASSWORD',
    });
    expect(endpoint({ bearerToken: value('t') })).toMatchObject({ bearerToken: 'BEARER_TOKEN' });
  });

  test('keeps what it was made with', () => {
    const labels = { team: 'a' };
    const output = AlloyOutput.loki({ endpoint: 'http://loki', labels });
    labels.team = 'b';
    expect(output._toEndpoint(String).labels).toEqual({ team: 'a' });
  });

  test.each<[string, Partial<AlloyLokiOptions>, string]>([
    [
      'a host as its URL',
      { endpoint: 'loki:3100' },
      '`endpoint` "loki:3100" is not the URL of a Loki; pass one such as "http://loki.logging:3100", without the path of the request',
    ],
    [
      'a password in its URL',
      { endpoint: 'http://shop:hunter2@loki' },
      '`endpoint` holds a credential, which would stand in a ConfigMap for all to read; pass `username` and `password`',
    ],
    [
      'two ways to authenticate',
      { bearerToken: value('t'), username: value('u') },
      '`bearerToken` stands beside `username` or `password`; pass one of the two',
    ],
    [
      'a user without a password',
      { username: value('u') },
      'one of `username` and `password` is missing; pass both or neither',
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
