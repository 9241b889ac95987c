import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { type SecretOutput, secretEnvironment, secretVariable } from '../../../src/companions/kit/output-secrets';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const output = (name: string, ...settings: string[]): SecretOutput => ({
  name,
  _secrets: Object.fromEntries(settings.map((key) => [key, { secret, key }])),
});

describe('the variables that hold the credentials of outputs', () => {
  test('are named for the first output and its settings, and for the place of each other output', () => {
    const outputs = [output('http', 'auth.password'), output('http', 'auth.password', 'proxy-token')];
    expect(Object.keys(secretEnvironment('Fluentd', outputs))).toEqual([
      'HTTP_AUTH_PASSWORD',
      'OUTPUT_2_AUTH_PASSWORD',
      'OUTPUT_2_PROXY_TOKEN',
    ]);
    expect(secretVariable(outputs, 1, 'auth.password')).toBe('OUTPUT_2_AUTH_PASSWORD');
  });

  test('refer to the Secret', () => {
    const { HTTP_TOKEN } = secretEnvironment('Fluentd', [output('http', 'token')]);
    expect(HTTP_TOKEN!.valueFrom).toMatchObject({ secretKeyRef: { name: 'logs', key: 'token' } });
  });

  test('fail where two settings would share one', () => {
    expect(() => secretEnvironment('Fluentd', [output('http', 'a.token', 'a_token')])).toThrow(
      new Error(
        '[Fluentd] secrets of output "http" would share the environment variable "HTTP_A_TOKEN"; name them apart by more than signs',
      ),
    );
  });
});
