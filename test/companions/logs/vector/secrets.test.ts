import * as kplus from 'cdk8s-plus-28';
import { mountedSecrets, optionsOf } from '../../../../src/companions/logs/vector/secrets';
import { VectorSink } from '../../../../src/index';
import { newChart } from '../../../support';

const secret = (name: string, key: string): kplus.SecretValue => ({
  secret: kplus.Secret.fromSecretName(newChart(), 'secret', name),
  key,
});
const sink = (secrets: { readonly [path: string]: kplus.SecretValue }) => VectorSink.of('http', { uri: 'x' }, secrets);

test('each Secret is one backend, whoever refers to it', () => {
  const sinks = [sink({ a: secret('one', 'x') }), sink({ a: secret('two', 'y'), b: secret('one', 'z') })];
  expect(mountedSecrets(sinks).map(({ backend, directory, files }) => [backend, directory, files])).toEqual([
    ['secret_1', '/etc/vector-secrets/one', { x: 'x', z: 'z' }],
    ['secret_2', '/etc/vector-secrets/two', { y: 'y' }],
  ]);
});

test('keys become names that a reference can hold, each its own', () => {
  const keys = ['tls.crt', 'api-key', 'api_key', 'a-b-c'];
  const [mounted] = mountedSecrets([sink(Object.fromEntries(keys.map((key, n) => [`o${n}`, secret('s', key)])))]);
  expect(mounted!.files).toEqual({
    'tls.crt': 'tls.crt',
    'api-key': 'api_key_1',
    api_key: 'api_key_2',
    'a-b-c': 'a_b_c',
  });
});

test('references stand where the credentials belong', () => {
  const one = sink({ 'auth.user': secret('s', 'user'), 'auth.password': secret('s', 'pass-word') });
  expect(optionsOf(one, mountedSecrets([one]))).toEqual({
    uri: 'x',
    auth: { user: 'SECRET[secret_1.user]', password: 'SECRET[secret_1.pass_word]' },
  });
});
