import * as kplus from 'cdk8s-plus-28';
import { LogFiles, MultiContainerPod, Vector, VectorSink, VectorTransform } from '../../../../src';
import { COMPONENT } from '../../../../src/companions/logs/vector/component';
import { toMountedSecrets, toSinkOptions } from '../../../../src/companions/logs/vector/secrets';
import { newChart, newDeployment } from '../../../support';
import { vectorConfig } from '../../../vector-schema';

test.each(['console', 'aws_s3', 'gcp_cloud_storage'])('%s can be the type of a component', (type) => {
  expect(VectorSink.of(type, {}).type).toBe(type);
});

test.each(['', 'Loki', 'aws-s3', '3scale', 'a b'])('"%s" cannot', (type) => {
  expect(() => VectorSink.of(type, {})).toThrow(
    new Error(
      `[VectorSink] "${type}" is not the type of a component; pass it as its documentation does, in lower case`,
    ),
  );
});

test.each([
  ['SECRET[secret_1.user.name]', true],
  ['SECRET[password]', false],
  ['SECRET[a.b-c]', false],
])('%s is a reference: %s', (text, expected) => {
  expect(new RegExp(`^${COMPONENT.reference}$`).test(text)).toBe(expected);
});

describe('secrets', () => {
  const secret = (name: string, key: string): kplus.SecretValue => ({
    secret: kplus.Secret.fromSecretName(newChart(), 'secret', name),
    key,
  });
  const sink = (secrets: { readonly [path: string]: kplus.SecretValue }) =>
    VectorSink.of('http', { uri: 'x' }, secrets)._destination;

  test('each Secret is one backend, whoever refers to it', () => {
    const sinks = [sink({ a: secret('one', 'x') }), sink({ a: secret('two', 'y'), b: secret('one', 'z') })];
    expect(toMountedSecrets(sinks).map(({ backend, directory, files }) => [backend, directory, files])).toEqual([
      ['secret_1', '/etc/vector-secrets/one', { x: 'x', z: 'z' }],
      ['secret_2', '/etc/vector-secrets/two', { y: 'y' }],
    ]);
  });

  test('keys become names that a reference can hold, each its own', () => {
    const keys = ['tls.crt', 'api-key', 'api_key', 'a-b-c'];
    const [mounted] = toMountedSecrets([sink(Object.fromEntries(keys.map((key, n) => [`o${n}`, secret('s', key)])))]);
    expect(mounted!.files).toEqual({
      'tls.crt': 'tls.crt',
      'api-key': 'api_key_1',
      api_key: 'api_key_2',
      'a-b-c': 'a_b_c',
    });
  });

  test('references stand where the credentials belong', () => {
    const one = sink({ 'auth.user': secret('s', 'user'), 'auth.password': secret('s', 'pass-word') });
    expect(toSinkOptions(one, toMountedSecrets([one]))).toEqual({
      uri: 'x',
      auth: { user: 'SECRET[secret_1.user]', password: 'SECRET[secret_1.pass_word]' },
    });
  });
});

describe('sink', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const secret = (key: string): kplus.SecretValue => ({
    secret: kplus.Secret.fromSecretName(newChart(), `secret-${key}`, 'login'),
    key,
  });

  /** The only sink in the configuration, without what every sink has. */
  function send(sink: VectorSink): any {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new Vector({ logs: LOGS, sink }));
    const [{ inputs, buffer, ...own }] = Object.values<any>(vectorConfig(chart).sinks) as [any];
    expect(inputs).toEqual(['app_var-log-app-log_record']);
    return own;
  }

  describe('a Vector sink', () => {
    const json = { codec: 'json' };

    test('console prints a JSON object a line', () => {
      expect(send(VectorSink.console())).toEqual({ type: 'console', target: 'stdout', encoding: json });
    });

    test('loki has one label unless it is given others', () => {
      const endpoint = 'http://loki:3100';
      const common = { type: 'loki', endpoint, encoding: json };
      expect(send(VectorSink.loki({ endpoint }))).toEqual({ ...common, labels: { job: 'vector' } });
      expect(send(VectorSink.loki({ endpoint, labels: { app: 'shop' }, tenantId: 't1' }))).toEqual({
        ...common,
        labels: { app: 'shop' },
        tenant_id: 't1',
      });
    });

    test('elasticsearch sends small bulks to the index', () => {
      const endpoint = 'https://search:9200';
      const common = { type: 'elasticsearch', endpoints: [endpoint], mode: 'bulk', batch: { max_bytes: 1_000_000 } };
      expect(send(VectorSink.elasticsearch({ endpoint }))).toEqual(common);
      expect(send(VectorSink.elasticsearch({ endpoint, index: 'shop-%F' }))).toEqual({
        ...common,
        bulk: { index: 'shop-%F' },
      });
    });

    test('http posts JSON', () => {
      expect(send(VectorSink.http({ endpoint: 'http://in/logs' }))).toEqual({
        type: 'http',
        uri: 'http://in/logs',
        method: 'post',
        encoding: json,
        batch: { max_bytes: 1_000_000 },
      });
    });

    test('vector speaks to another one, encrypted where asked', () => {
      expect(send(VectorSink.vector({ address: 'v:6000' }))).toEqual({ type: 'vector', address: 'v:6000' });
      expect(send(VectorSink.vector({ address: 'v:6000', tls: true })).tls).toEqual({ enabled: true });
    });

    test('s3 writes lines of JSON, one file a minute or more', () => {
      expect(send(VectorSink.s3({ bucket: 'logs', region: 'eu-central-1' }))).toEqual({
        type: 'aws_s3',
        bucket: 'logs',
        region: 'eu-central-1',
        key_prefix: 'logs/%Y/%m/%d/',
        encoding: json,
        framing: { method: 'newline_delimited' },
        batch: { timeout_secs: 60 },
      });
    });

    test('s3 takes a compatible store, a prefix and keys', () => {
      const keys = { accessKeyId: secret('id'), secretAccessKey: secret('key') };
      const store = { bucket: 'b', region: 'r', endpoint: 'http://minio:9000', prefix: 'shop/' };
      expect(send(VectorSink.s3({ ...store, ...keys }))).toMatchObject({
        endpoint: 'http://minio:9000',
        key_prefix: 'shop/',
        auth: { access_key_id: 'SECRET[secret_1.id]', secret_access_key: 'SECRET[secret_1.key]' },
      });
    });

    test('of any type has the settings it was given', () => {
      const sink = VectorSink.of('datadog_logs', { site: 'datadoghq.eu' }, { default_api_key: secret('api-key') });
      expect(send(sink)).toEqual({
        type: 'datadog_logs',
        site: 'datadoghq.eu',
        default_api_key: 'SECRET[secret_1.api_key]',
      });
    });

    test('takes further settings, which win over what nobody stated', () => {
      const settings = { encoding: { codec: 'text' }, batch: { max_events: 10 } };
      expect(send(VectorSink.http({ endpoint: 'http://in', settings }))).toMatchObject(settings);
    });

    test('fails where an option stands in two places', () => {
      expect(() => VectorSink.loki({ endpoint: 'http://a', settings: { endpoint: 'http://b' } })).toThrow(
        new Error(
          '[VectorSink.loki] setting "endpoint" is set by the output itself; leave it out, or describe the whole output with `VectorSink.of`',
        ),
      );
      expect(() =>
        VectorSink.http({
          endpoint: 'http://a',
          username: secret('user'),
          password: secret('password'),
          secrets: { 'auth.user': secret('other') },
        }),
      ).toThrow(new Error('[VectorSink.http] setting "auth.user" stands in two places; pass it once'));
    });

    test.each([
      ['type', 'pass it as the type of the sink'],
      ['inputs', 'each sink gets all records'],
      ['buffer', 'the agent sizes it by `bufferLimit`'],
    ])('fails with the setting "%s"', (option, remedy) => {
      expect(() => VectorSink.of('http', { [option]: 'x' })).toThrow(
        new Error(`[VectorSink.http] setting "${option}" cannot be set here; ${remedy}`),
      );
    });

    test('fails with one half of a login', () => {
      expect(() => VectorSink.loki({ endpoint: 'http://a', username: secret('user') })).toThrow(
        new Error('[VectorSink.loki] one of `username` and `password` is missing; pass both or neither'),
      );
      expect(() => VectorSink.s3({ bucket: 'b', region: 'r', secretAccessKey: secret('key') })).toThrow(
        new Error('[VectorSink.aws_s3] one of `accessKeyId` and `secretAccessKey` is missing; pass both or neither'),
      );
    });

    test.each([
      ['auth.password', { auth: { password: 'hunter2' } }],
      ['auth.token', { auth: { token: 'hunter2' } }],
      ['request.headers.Authorization', { request: { headers: { Authorization: 'Bearer hunter2' } } }],
      ['default_api_key', { default_api_key: 'hunter2' }],
      ['uri', { uri: 'http://user:hunter2@host' }],
    ])('fails with a credential in "%s"', (option, options) => {
      expect(() => VectorSink.of('http', options)).toThrow(
        new Error(
          `[VectorSink.http] setting "${option}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``,
        ),
      );
    });

    test('fails with a credential in the URL of any factory', () => {
      const endpoint = 'https://user:hunter2@host';
      const { loki, http, elasticsearch } = VectorSink;
      for (const make of [loki, http, elasticsearch]) {
        expect(() => make({ endpoint })).toThrow('is a credential, which would stand in a ConfigMap');
      }
    });

    test('fails with a name that is no type', () => {
      expect(() => VectorSink.of('AWS S3', {})).toThrow(
        new Error(
          '[VectorSink] "AWS S3" is not the type of a component; pass it as its documentation does, in lower case',
        ),
      );
    });
  });
});

describe('a Vector transform', () => {
  test.each([
    ['remap', VectorTransform.remap('del(.a)'), { source: 'del(.a)' }],
    ['filter', VectorTransform.filter('.level != "debug"'), { condition: '.level != "debug"' }],
    ['throttle', VectorTransform.of('throttle', { threshold: 10, window_secs: 1 }), { threshold: 10, window_secs: 1 }],
  ])('%s has its options', (type, transform, options) => {
    expect([transform.type, transform._options]).toEqual([type, options]);
  });

  test.each([
    ['type', 'pass it as the type of the transform'],
    ['inputs', 'transforms run one after another, in the order of the list'],
  ])('fails with the setting "%s"', (option, remedy) => {
    expect(() => VectorTransform.of('remap', { [option]: 'x' })).toThrow(
      new Error(`[VectorTransform.remap] setting "${option}" cannot be set here; ${remedy}`),
    );
  });

  test('fails with a name that is no type', () => {
    expect(() => VectorTransform.of('', {})).toThrow(
      new Error(
        '[VectorTransform] "" is not the type of a component; pass it as its documentation does, in lower case',
      ),
    );
  });
});
