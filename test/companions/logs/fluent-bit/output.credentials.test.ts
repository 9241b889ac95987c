import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, type FluentBitProps, LogFiles, MultiContainerPod } from '../../../../src/index';
import { fluentBitConfig } from '../../../fluent-bit-schema';
import { container, deepFreeze, newChart, newDeployment } from '../../../support';

const CHART = newChart();
const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

/** The key of a Secret of this name. */
const secret = (name: string, key = 'value'): kplus.SecretValue => ({
  secret: kplus.Secret.fromSecretName(CHART, `${name}-${key}-${CHART.node.children.length}`, name),
  key,
});

/** A pod that sends its logs to these outputs. */
function send(output: FluentBitOutput, props: Partial<FluentBitProps> = {}) {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).add(new FluentBit({ logs: LOGS, output, ...props }));
  const { outputs } = fluentBitConfig(chart).pipeline;
  const env = container(chart, 'log-agent').env!.filter(({ name }) => !/^(POD_|NODE_)/.test(name));
  return { chart, outputs, env };
}

const fromSecret = (name: string, secretName: string, key = 'value') => ({
  name,
  valueFrom: { secretKeyRef: { name: secretName, key } },
});

describe('the credentials of an output', () => {
  test.each([
    ['forward', FluentBitOutput.forward, { username: 'FORWARD_USERNAME', password: 'FORWARD_PASSWORD' }],
    ['http', FluentBitOutput.http, { http_user: 'HTTP_HTTP_USER', http_passwd: 'HTTP_HTTP_PASSWD' }],
    ['loki', FluentBitOutput.loki, { http_user: 'LOKI_HTTP_USER', http_passwd: 'LOKI_HTTP_PASSWD' }],
    ['es', FluentBitOutput.elasticsearch, { http_user: 'ES_HTTP_USER', http_passwd: 'ES_HTTP_PASSWD' }],
    [
      'opensearch',
      FluentBitOutput.opensearch,
      { http_user: 'OPENSEARCH_HTTP_USER', http_passwd: 'OPENSEARCH_HTTP_PASSWD' },
    ],
    [
      'opentelemetry',
      FluentBitOutput.opentelemetry,
      { http_user: 'OPENTELEMETRY_HTTP_USER', http_passwd: 'OPENTELEMETRY_HTTP_PASSWD' },
    ],
  ])('%s are variables from Secrets', (_, make, variables) => {
    const output = make({ host: 'h', username: secret('login', 'user'), password: secret('login', 'password') });
    const { outputs, env } = send(output);
    const [user, password] = Object.values(variables);
    const references = Object.entries(variables).map(([property, variable]) => [property, `\${${variable}}`]);
    expect(outputs[0]).toMatchObject(Object.fromEntries(references));
    expect(env).toEqual([fromSecret(user!, 'login', 'user'), fromSecret(password!, 'login', 'password')]);
  });

  test('forward has a shared key', () => {
    const { outputs, env } = send(FluentBitOutput.forward({ host: 'h', sharedKey: secret('forward') }));
    expect(outputs[0].shared_key).toBe('${FORWARD_SHARED_KEY}');
    expect(env).toEqual([fromSecret('FORWARD_SHARED_KEY', 'forward')]);
  });

  test('s3 are those that every AWS client reads', () => {
    const keys = { accessKeyId: secret('aws', 'id'), secretAccessKey: secret('aws', 'key') };
    const { chart, env } = send(FluentBitOutput.s3({ bucket: 'b', region: 'r', ...keys }));
    expect(env).toEqual([
      fromSecret('AWS_ACCESS_KEY_ID', 'aws', 'id'),
      fromSecret('AWS_SECRET_ACCESS_KEY', 'aws', 'key'),
    ]);
    expect(JSON.stringify(fluentBitConfig(chart))).not.toContain('AWS');
  });

  test('can be any property of the plugin', () => {
    const secrets = deepFreeze({ 'tls.key_passwd': secret('tls') });
    const output = FluentBitOutput.loki({ host: 'h', secrets: { ...secrets, bearer_token: secret('token') } });
    expect(
      send(FluentBitOutput.loki({ host: 'h', secrets: { bearer_token: secret('token') } })).outputs[0],
    ).toMatchObject({
      bearer_token: '${LOKI_BEARER_TOKEN}',
    });
    expect(Object.keys(output._secrets)).toEqual(['tls.key_passwd', 'bearer_token']);
  });

  test('do not clash where two outputs are of one kind', () => {
    const output = (name: string) => FluentBitOutput.loki({ host: name, password: secret(name) });
    const { outputs, env } = send(output('one'), { moreOutputs: [output('two'), output('three')] });
    expect(outputs.map(({ http_passwd }: any) => http_passwd)).toEqual([
      '${LOKI_HTTP_PASSWD}',
      '${OUTPUT_2_HTTP_PASSWD}',
      '${OUTPUT_3_HTTP_PASSWD}',
    ]);
    expect(env).toEqual([
      fromSecret('LOKI_HTTP_PASSWD', 'one'),
      fromSecret('OUTPUT_2_HTTP_PASSWD', 'two'),
      fromSecret('OUTPUT_3_HTTP_PASSWD', 'three'),
    ]);
  });

  test('s3 can be the same for several buckets', () => {
    const s3 = (bucket: string) =>
      FluentBitOutput.s3({
        bucket,
        region: 'r',
        accessKeyId: secret('aws', 'id'),
        secretAccessKey: secret('aws', 'key'),
      });
    const { env } = send(s3('hot'), { moreOutputs: [s3('cold')] });
    expect(env).toEqual([
      fromSecret('AWS_ACCESS_KEY_ID', 'aws', 'id'),
      fromSecret('AWS_SECRET_ACCESS_KEY', 'aws', 'key'),
    ]);
  });

  test.each([
    ['the Secret', secret('one'), secret('two')],
    ['the key', secret('aws', 'one'), secret('aws', 'two')],
  ])('s3 fail where they differ in %s, as there is one variable for all', (_, one, two) => {
    const secretAccessKey = secret('aws', 'secret');
    const s3 = (accessKeyId: kplus.SecretValue) =>
      FluentBitOutput.s3({ bucket: 'b', region: 'r', accessKeyId, secretAccessKey });
    expect(() => send(s3(one), { moreOutputs: [s3(two)] })).toThrow(
      new Error(
        '[FluentBit] outputs of "log-agent" need different values of the environment variable "AWS_ACCESS_KEY_ID"; give each of them an agent of its own',
      ),
    );
  });

  test('s3 fail beside an s3 without any, which would find them, too', () => {
    const s3 = (keys: object) => FluentBitOutput.s3({ bucket: 'b', region: 'r', ...keys });
    const keyed = s3({ accessKeyId: secret('aws', 'id'), secretAccessKey: secret('aws', 'key') });
    for (const [output, other] of [[keyed, s3({})] as const, [s3({}), keyed] as const]) {
      expect(() => new FluentBit({ output, moreOutputs: [other] })).toThrow(
        new Error(
          '[FluentBit] outputs of "log-agent" need different values of the environment variable "AWS_ACCESS_KEY_ID"; give each of them an agent of its own',
        ),
      );
    }
    expect(send(s3({}), { moreOutputs: [s3({}), FluentBitOutput.stdout()] }).env).toEqual([]);
    expect(send(keyed, { moreOutputs: [FluentBitOutput.stdout()] }).env).toHaveLength(2);
  });

  test('fail where a variable of the same name is given', () => {
    const output = FluentBitOutput.loki({ host: 'h', password: secret('login') });
    const envVariables = { LOKI_HTTP_PASSWD: kplus.EnvValue.fromValue('mine') };
    expect(() => new FluentBit({ output, envVariables })).toThrow(
      new Error(
        '[FluentBit] environment variable "LOKI_HTTP_PASSWD" of "log-agent" is set by the companion itself; choose another name',
      ),
    );
  });

  test.each(['name', 'Name'])('fail as the setting "%s", which is the plugin', (property) => {
    expect(() => FluentBitOutput.of('http', {}, { [property]: secret('plugin') })).toThrow(
      new Error(
        `[FluentBitOutput.http] setting "${property}" cannot come from \`secrets\` here; pass it once, and never the name of the plugin`,
      ),
    );
  });

  test.each([
    ['an own property', 'loki', () => FluentBitOutput.loki({ host: 'h', secrets: { host: secret('host') } }), 'host'],
    [
      'a further property',
      'http',
      () => FluentBitOutput.http({ host: 'h', settings: { proxy: 'p' }, secrets: { proxy: secret('proxy') } }),
      'proxy',
    ],
    ['a property of any plugin', 'splunk', () => FluentBitOutput.of('splunk', { a: 1 }, { a: secret('a') }), 'a'],
  ])('fail where they repeat %s', (_, plugin, make, property) => {
    expect(make).toThrow(
      new Error(
        `[FluentBitOutput.${plugin}] setting "${property}" cannot come from \`secrets\` here; pass it once, and never the name of the plugin`,
      ),
    );
  });

  test('may stand in a header as a variable', () => {
    const header = ['Authorization Bearer ${TOKEN}'];
    const envVariables = { TOKEN: kplus.EnvValue.fromSecretValue(secret('token')) };
    const { chart, outputs, env } = send(FluentBitOutput.http({ host: 'h', settings: { header } }), { envVariables });
    expect(outputs[0].header).toEqual(header);
    expect(env).toEqual([fromSecret('TOKEN', 'token')]);
    expect(JSON.stringify(Testing.synth(chart))).not.toContain('hunter2');
  });

  test.each([
    ['http_passwd', 'hunter2'],
    ['password', 'hunter2'],
    ['shared_key', 'hunter2'],
    ['bearer_token', 'hunter2'],
    ['http_api_key', 'hunter2'],
    ['apikey', 'hunter2'],
    ['license_key', 'hunter2'],
    ['cloud_auth', 'elastic:hunter2'],
    ['tls.key_passwd', 'hunter2'],
    ['rdkafka.sasl.password', 'hunter2'],
    ['oauth2.client_secret', 'hunter2'],
    ['HTTP_Passwd', 'hunter2'],
    ['aws_secret_access_key', 'hunter2'],
    ['http_passwd', 'hunter2${POD_NAME}'],
    ['proxy', 'http://user:hunter2@proxy:3128'],
    ['proxy', 'http://${POD_NAME}:hunter2@proxy:3128'],
    ['proxy', 'http://user:${POD_NAME}hunter2@proxy:3128'],
    ['proxy', 'http://user:hunter2@proxy:3128/${POD_NAME}'],
    ['upstream', ['http://a', 'https://user:hunter2@b']],
    ['Header', ['Authorization Bearer hunter2']],
    ['header', ['DD-API-KEY hunter2']],
    ['header', ['Authorization: Bearer hunter2']],
    ['header', ['Authorization hunter2']],
    ['header', ['Authorization Bearer ${POD_NAME}hunter2']],
    ['header', ['X-Api-Key hunter2${POD_NAME}']],
    ['header', ['Api-Key hunter2']],
    ['header', ['Private-Token hunter2']],
    ['header', 'Authorization Basic aHVudGVyMg=='],
    ['header', ['Accept text/plain', 'X-Api-Key hunter2']],
    ['header', ['cookie session=hunter2']],
    ['header', ['Proxy-Authorization Basic hunter2']],
  ])('fail as a plain property %s: %j', (property, value) => {
    expect(() => FluentBitOutput.of('http', { [property]: value })).toThrow(
      new Error(
        `[FluentBitOutput.http] setting "${property}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``,
      ),
    );
  });

  test('fail as a plain property of every factory', () => {
    const settings = { http_passwd: 'hunter2' };
    const { loki, http, elasticsearch, opensearch, opentelemetry, forward } = FluentBitOutput;
    for (const make of [loki, http, elasticsearch, opensearch, opentelemetry, forward]) {
      expect(() => make({ host: 'h', settings })).toThrow('setting "http_passwd" is a credential');
    }
    expect(() => FluentBitOutput.s3({ bucket: 'b', region: 'r', settings })).toThrow('is a credential');
  });
});
