import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { listSettingsWithReferences } from '../../../../src/companions/kit/output-secrets';
import { type AlloyLokiOptions, AlloyOutput } from '../../../../src/index';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const value = (key: string) => ({ secret, key });
const loki = (options: Partial<AlloyLokiOptions> = {}) =>
  AlloyOutput.loki({ endpoint: 'http://loki.logging:3100', ...options })._destination;

describe('a Loki', () => {
  test('is its URL, with the tenant and labels that it is told', () => {
    expect(loki().settings).toEqual({ endpoint: 'http://loki.logging:3100', labels: {} });
    expect(loki({ tenantId: 'shop', labels: { team: 'a b' } }).settings).toMatchObject({
      tenant_id: 'shop',
      labels: { team: 'a b' },
    });
  });

  test('gets credentials through variables', () => {
    const login = [loki({ username: value('u'), password: value('p') })];
    expect(listSettingsWithReferences(login, String)[0]).toMatchObject({
      username: 'LOKI_USERNAME',
      password: 'LOKI_PASSWORD',
    });
    const token = [loki({ bearerToken: value('t') })];
    expect(listSettingsWithReferences(token, String)[0]).toMatchObject({ bearer_token: 'LOKI_BEARER_TOKEN' });
  });

  test('keeps what it was made with', () => {
    const labels = { team: 'a' };
    const { settings } = loki({ labels });
    labels.team = 'b';
    expect(settings).toMatchObject({ labels: { team: 'a' } });
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
      'setting "endpoint" is a credential, which would stand in a ConfigMap for all to read; pass `username` and `password`',
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
    expect(() => loki(options)).toThrow(new Error(`[AlloyOutput.loki] ${message}`));
  });
});
