import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import fc from 'fast-check';
import {
  FluentBit,
  FluentBitFilter,
  FluentBitOutput,
  type FluentBitOutputOptions,
  type FluentBitProps,
  LogFiles,
  MultiContainerPod,
} from '../../../../src';
import { fluentBitConfig } from '../../../fluent-bit-schema';
import { assertAlways } from '../../../runs';
import { container, deepFreeze, newChart, newDeployment } from '../../../support';

/** The pipeline of an agent with these filters. */
function pipeline(...filters: FluentBitFilter[]): any {
  const chart = newChart();
  const logs = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });
  const agent = new FluentBit({ logs, output: FluentBitOutput.stdout(), filters });
  MultiContainerPod.of(newDeployment(chart)).add(agent);
  return fluentBitConfig(chart).pipeline;
}

/** The filter as it stands in the configuration of an agent. */
function rendered(filter: FluentBitFilter): any {
  return pipeline(filter).filters.at(-1);
}

describe('a Fluent Bit filter', () => {
  test('drops the records whose field matches', () => {
    const filter = FluentBitFilter.exclude('path', '^/healthz$');
    expect(rendered(filter)).toEqual({ name: 'grep', match: '*', exclude: '$path ^/healthz$' });
  });

  test('drops the records whose field does not match', () => {
    const filter = FluentBitFilter.keep('code', '^5\\d{2}$');
    expect(rendered(filter)).toEqual({ name: 'grep', match: '*', regex: '$code ^5\\d{2}$' });
  });

  test('of any plugin has the settings it was given', () => {
    const properties = deepFreeze({ record: ['region ${POD_NAME}', 'team shop'] });
    const filter = FluentBitFilter.of('record_modifier', properties);
    expect(filter.name).toBe('record_modifier');
    expect(rendered(filter)).toEqual({ name: 'record_modifier', match: '*', ...properties });
  });

  test('sees the records it asks for with `match`', () => {
    const [{ tag }] = pipeline().inputs;
    expect(rendered(FluentBitFilter.of('grep', { match: tag, regex: '$log a' })).match).toBe(tag);
  });

  test('given twice filters twice', () => {
    const filter = FluentBitFilter.of('record_modifier', { record: ['team shop'] });
    expect(pipeline(filter, filter).filters.slice(-2)).toEqual([rendered(filter), rendered(filter)]);
  });

  test('keeps what it was made with, whatever becomes of the lists', () => {
    const record = ['team shop'];
    const filter = FluentBitFilter.of('record_modifier', { record });
    record.push('token hunter2');
    expect(rendered(filter).record).toEqual(['team shop']);
  });

  test.each(['', 'Grep', 'record modifier'])('fails with "%s" as its plugin', (name) => {
    expect(() => FluentBitFilter.of(name, {})).toThrow(
      new Error(
        `[FluentBitFilter] "${name}" is not the name of a plugin; pass it as its documentation does, in lower case`,
      ),
    );
  });

  test('fails with a property that names another plugin', () => {
    expect(() => FluentBitFilter.of('grep', { name: 'lua' })).toThrow(
      new Error('[FluentBitFilter.grep] setting "name" cannot be set here; pass it as the name of the plugin'),
    );
  });

  test('fails with a value that Fluent Bit does not take', () => {
    expect(() => FluentBitFilter.of('lua', { script: { inline: 'x' } })).toThrow(
      new Error(
        '[FluentBitFilter.lua] setting "script" is neither text, number, boolean nor a list of texts; pass one of these',
      ),
    );
  });

  test('fails with braces that Fluent Bit would garble', () => {
    expect(() => FluentBitFilter.of('grep', { exclude: '$log ^${POD_NAME} \\d{4}' })).toThrow(
      new Error(
        '[FluentBitFilter.grep] setting "exclude" is "$log ^${POD_NAME} \\d{4}", in which Fluent Bit would mistake a brace for the end of a variable; use either `${VARIABLE}` or other braces, not both',
      ),
    );
  });

  test('fails with a credential', () => {
    expect(() => FluentBitFilter.of('kubernetes', { kube_token: 'hunter2' })).toThrow(
      new Error(
        '[FluentBitFilter.kubernetes] setting "kube_token" is a credential, which would stand in a ConfigMap for all to read; refer to a variable of the agent\'s environment, as in `${TOKEN}`',
      ),
    );
    expect(FluentBitFilter.of('kubernetes', { kube_token: '${TOKEN}' }).name).toBe('kubernetes');
  });
});

describe('output credentials', () => {
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
      expect(Object.keys(output._destination.secrets)).toEqual(['tls.key_passwd', 'bearer_token']);
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
        new Error(`[FluentBitOutput.http] setting "${property}" cannot be set here; pass it as the name of the plugin`),
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
        new Error(`[FluentBitOutput.${plugin}] setting "${property}" stands in two places; pass it once`),
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
});

describe('output', () => {
  const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

  /** The outputs of an agent in the configuration. */
  function sendAll(output: FluentBitOutput, ...moreOutputs: FluentBitOutput[]): any[] {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new FluentBit({ logs: LOGS, output, moreOutputs }));
    return fluentBitConfig(chart).pipeline.outputs;
  }

  /** The only output of an agent in the configuration. */
  function send(output: FluentBitOutput): any {
    return sendAll(output)[0];
  }

  /** The one output in the configuration, without what every output has. */
  function propertiesOf(output: FluentBitOutput): any {
    const { match, retry_limit, 'storage.total_limit_size': limit, ...own } = send(output);
    return own;
  }

  describe('a Fluent Bit output', () => {
    test('stdout prints a JSON object a line', () => {
      expect(propertiesOf(FluentBitOutput.stdout())).toEqual({
        name: 'stdout',
        format: 'json_lines',
        json_date_key: '@timestamp',
        json_date_format: 'iso8601',
      });
    });

    test('forward asks for acknowledgements', () => {
      expect(propertiesOf(FluentBitOutput.forward({ host: 'fluentd' }))).toEqual({
        name: 'forward',
        host: 'fluentd',
        port: 24224,
        require_ack_response: 'on',
      });
    });

    test('http posts JSON', () => {
      const json = { format: 'json', json_date_key: '@timestamp', json_date_format: 'iso8601' };
      expect(propertiesOf(FluentBitOutput.http({ host: 'h' }))).toEqual({
        name: 'http',
        host: 'h',
        port: 80,
        uri: '/',
        ...json,
      });
      expect(propertiesOf(FluentBitOutput.http({ host: 'h', tls: true, path: '/in' }))).toMatchObject({
        port: 443,
        uri: '/in',
      });
    });

    test('loki sets labels and tenant where they are given', () => {
      expect(propertiesOf(FluentBitOutput.loki({ host: 'loki' }))).toEqual({ name: 'loki', host: 'loki', port: 3100 });
      const labels = { app: 'shop', team: 'web' };
      expect(propertiesOf(FluentBitOutput.loki({ host: 'loki', labels, tenantId: 't1', port: 80 }))).toEqual({
        name: 'loki',
        host: 'loki',
        port: 80,
        labels: 'app=shop,team=web',
        tenant_id: 't1',
      });
    });

    test.each([
      ['es', FluentBitOutput.elasticsearch],
      ['opensearch', FluentBitOutput.opensearch],
    ])('%s writes to one index, or to one a day', (name, make) => {
      const common = { name, host: 'search', port: 9200, suppress_type_name: 'on', replace_dots: 'on' };
      expect(propertiesOf(make({ host: 'search' }))).toEqual({ ...common, index: 'fluent-bit' });
      expect(propertiesOf(make({ host: 'search', index: 'shop' }))).toEqual({ ...common, index: 'shop' });
      expect(propertiesOf(make({ host: 'search', index: 'shop', datedIndex: true }))).toEqual({
        ...common,
        logstash_format: 'on',
        logstash_prefix: 'shop',
      });
    });

    test('opentelemetry speaks to the port and path of a collector', () => {
      expect(propertiesOf(FluentBitOutput.opentelemetry({ host: 'otel' }))).toEqual({
        name: 'opentelemetry',
        host: 'otel',
        port: 4318,
        logs_uri: '/v1/logs',
        logs_body_key: '$log',
        logs_body_key_attributes: 'on',
      });
    });

    test('s3 keeps what is not uploaded on the state volume', () => {
      const output = send(FluentBitOutput.s3({ bucket: 'logs', region: 'eu-central-1' }));
      expect(output).toMatchObject({
        name: 's3',
        bucket: 'logs',
        region: 'eu-central-1',
        store_dir_limit_size: '128M',
      });
      expect(output.store_dir).toBe('/fluent-bit/state/s3-1');
      expect(output).not.toHaveProperty('endpoint');
      expect(output.s3_key_format).toContain('${POD_NAME}-$UUID');
    });

    test('s3 is told apart from another s3 by its directory', () => {
      const outputs = sendAll(
        FluentBitOutput.s3({ bucket: 'hot', region: 'eu-central-1' }),
        FluentBitOutput.s3({ bucket: 'cold', region: 'eu-west-1' }),
      );
      expect(outputs.map(({ bucket, store_dir }) => [bucket, store_dir])).toEqual([
        ['hot', '/fluent-bit/state/s3-1'],
        ['cold', '/fluent-bit/state/s3-2'],
      ]);
    });

    test('s3 takes a compatible store', () => {
      const output = FluentBitOutput.s3({ bucket: 'logs', region: 'us-east-1', endpoint: 'http://minio:9000' });
      expect(propertiesOf(output).endpoint).toBe('http://minio:9000');
    });

    test('of any plugin has the settings it was given', () => {
      const token = { secret: kplus.Secret.fromSecretName(newChart(), 'secret', 'splunk'), key: 'token' };
      const output = FluentBitOutput.of('splunk', { host: 'splunk', port: 8088 }, { splunk_token: token });
      expect(output.name).toBe('splunk');
      expect(propertiesOf(output)).toEqual({
        name: 'splunk',
        host: 'splunk',
        port: 8088,
        splunk_token: '${SPLUNK_SPLUNK_TOKEN}',
      });
    });

    test('verifies certificate and host name where it uses TLS', () => {
      const verified = { tls: 'on', 'tls.verify': 'on', 'tls.verify_hostname': 'on' };
      expect(propertiesOf(FluentBitOutput.loki({ host: 'loki', tls: true }))).toMatchObject(verified);
      expect(propertiesOf(FluentBitOutput.loki({ host: 'loki' }))).not.toHaveProperty('tls');
    });

    test('takes further settings, which win over what nobody stated', () => {
      const header = ['X-Scope-OrgID ${POD_NAMESPACE}'];
      const settings = deepFreeze({ tls: 'on', 'tls.verify_hostname': 'off', Port: 3101, header });
      expect(propertiesOf(FluentBitOutput.loki({ host: 'loki', settings }))).toEqual({
        name: 'loki',
        host: 'loki',
        ...settings,
      });
    });

    test.each<[string, FluentBitOutputOptions['settings']]>([
      ['host', { host: 'evil' }],
      ['host', { Host: 'loki' }],
      ['tls.verify', { 'tls.verify': 'off' }],
      ['tls', { tls: 'off' }],
      ['tenant_id', { tenant_id: 'other' }],
    ])('fails where `settings` say "%s" again, which would win in silence', (property, settings) => {
      expect(() => FluentBitOutput.loki({ host: 'loki', tls: true, tenantId: 't1', settings })).toThrow(
        new Error(
          `[FluentBitOutput.loki] setting "${property}" is set by the output itself; leave it out, or describe the whole output with \`FluentBitOutput.of\``,
        ),
      );
    });

    test('may share its list of headers with another', () => {
      const settings = { header: ['X-Scope-OrgID shop'] };
      const outputs = sendAll(
        FluentBitOutput.http({ host: 'a', settings }),
        FluentBitOutput.loki({ host: 'b', settings }),
      );
      expect(outputs.map(({ host, header }) => [host, header])).toEqual([
        ['a', ['X-Scope-OrgID shop']],
        ['b', ['X-Scope-OrgID shop']],
      ]);
    });

    test('keeps what it was made with, whatever becomes of the lists', () => {
      const header = ['Accept text/plain'];
      const output = FluentBitOutput.http({ host: 'h', settings: { header } });
      header.push('Authorization Bearer hunter2');
      expect(propertiesOf(output).header).toEqual(['Accept text/plain']);
    });

    test.each(['', 'Kafka REST', 'Loki'])('fails with "%s" as its plugin', (name) => {
      expect(() => FluentBitOutput.of(name, {})).toThrow(
        new Error(
          `[FluentBitOutput] "${name}" is not the name of a plugin; pass it as its documentation does, in lower case`,
        ),
      );
    });

    test('fails with a property that names another plugin', () => {
      expect(() => FluentBitOutput.http({ host: 'h', settings: { name: 'stdout' } })).toThrow(
        new Error('[FluentBitOutput.http] setting "name" cannot be set here; pass it as the name of the plugin'),
      );
    });

    test.each<[string, Record<string, string>]>([
      ['app=a,b', { app: 'a,b' }],
      ['app=a=b', { app: 'a=b' }],
      ['app,env=a', { team: 'web', 'app,env': 'a' }],
      ['app=env=a', { 'app=env': 'a' }],
    ])('fails with the Loki label %s, which would become others', (label, labels) => {
      expect(() => FluentBitOutput.loki({ host: 'h', labels })).toThrow(
        new Error(
          `[FluentBitOutput.loki] label "${label}" has "," or "=" in it, which part labels; choose another value`,
        ),
      );
    });

    test.each([[{ nested: 1 }], [null], [[['a']]]])('fails with the value %j', (value) => {
      expect(() => FluentBitOutput.http({ host: 'h', settings: { x: value } })).toThrow(
        new Error(
          '[FluentBitOutput.http] setting "x" is neither text, number, boolean nor a list of texts; pass one of these',
        ),
      );
    });
  });

  describe('the braces of `${VARIABLE}` in a property', () => {
    const make = (uri: string) => FluentBitOutput.http({ host: 'h', settings: { uri } });

    test.each(['${POD_NAME}', '/${POD_NAMESPACE}/${POD_NAME}', '/a{2}', '/$TAG/%Y', '/${POD_NAME}{'])(
      'are fine in %s',
      (uri) => {
        expect(propertiesOf(make(uri)).uri).toBe(uri);
      },
    );

    test.each([
      '${unclosed',
      'a}${POD_NAME}',
      '${POD_NAME} {x} ${NODE_NAME}',
      '${}',
      '${HOST:-here}',
      '{"a":"${POD_NAME}"}',
    ])('fail in %s, which Fluent Bit would garble', (uri) => {
      expect(() => make(uri)).toThrow(
        new Error(
          `[FluentBitOutput.http] setting "uri" is "${uri}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
        ),
      );
    });
  });
});

/** The properties as the plugin "http" takes them. */
const take = (properties: Record<string, unknown>) => FluentBitOutput.of('http', properties)._destination.settings;

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

test('a property without a value is left out', () => {
  expect(take({ host: 'loki', labels: undefined })).toEqual({ host: 'loki' });
});

test.each([[{ a: 1 }], [null], [['a', ['b']]]])('fails where a property is %p', (value) => {
  expect(() => take({ host: 'loki', labels: value })).toThrow(
    new Error(
      '[FluentBitOutput.http] setting "labels" is neither text, number, boolean nor a list of texts; pass one of these',
    ),
  );
});

test.each([['${A'], ['${}'], ['${1A}'], ['${A-B}'], ['${A} }'], ['{${A}}'], ['${${A}}']])(
  'fails where Fluent Bit would misread the braces of %s',
  (value) => {
    expect(() => take({ match: ['fine', value] })).toThrow(
      new Error(
        `[FluentBitOutput.http] setting "match" is "${value}", in which Fluent Bit would mistake a brace for the end of a variable; use either \`\${VARIABLE}\` or other braces, not both`,
      ),
    );
  },
);

test.each(['name', 'Name', 'NAME'])('fails with the setting "%s", which would win over the plugin', (name) => {
  expect(() => take({ [name]: 'stdout' })).toThrow(
    new Error(`[FluentBitOutput.http] setting "${name}" cannot be set here; pass it as the name of the plugin`),
  );
});

test.each(['', 'Loki', 'a b', '$log', '1st', '_x', 'loki.0'])('fails where "%s" should be a plugin', (plugin) => {
  expect(() => FluentBitFilter.of(plugin, {})).toThrow(
    new Error(
      `[FluentBitFilter] "${plugin}" is not the name of a plugin; pass it as its documentation does, in lower case`,
    ),
  );
});

test.each(['es', 's3', 'record_modifier', 'kafka-rest'])('a plugin may be called "%s"', (plugin) => {
  expect(FluentBitOutput.of(plugin, { a: 1 }).name).toBe(plugin);
});

test('any text without a dollar sign or an at sign may stand in a property', () => {
  const text = fc.string().filter((candidate) => !/[$@]/.test(candidate));
  assertAlways(fc.property(text, (value) => expect(take({ value })).toEqual({ value })));
});

test.each<[string, () => unknown, string]>([
  ['tenant_id', () => FluentBitOutput.loki({ host: 'loki', tenantId: '${TEAM}' }), 'loki'],
  ['labels', () => FluentBitOutput.loki({ host: 'loki', labels: { app: '${APP}' } }), 'loki'],
  ['index', () => FluentBitOutput.elasticsearch({ host: 'es', index: '${INDEX}' }), 'es'],
])('an option that makes the setting %s means what it says', (setting, make, plugin) => {
  expect(make).toThrow(
    new RegExp(
      `^\\[FluentBitOutput\\.${plugin}\\] setting "${setting}" would be ".*" with a variable in it, and the text of an option stands for itself; pass the setting in \`settings\`, which may refer to variables, and leave the option out$`,
    ),
  );
});

test('an option may have a dollar sign, and settings may refer to a variable', () => {
  const { settings } = FluentBitOutput.loki({
    host: 'loki',
    tenantId: 'a$b',
    settings: { uri: '/${TEAM}' },
  })._destination;
  expect(settings).toMatchObject({ tenant_id: 'a$b', uri: '/${TEAM}' });
});

test.each([
  ['exclude', () => FluentBitFilter.exclude('path', '^/${A}')],
  ['keep', () => FluentBitFilter.keep('path', '^/${A}')],
])('an expression of `%s` means what it says', (_, make) => {
  expect(make).toThrow(
    new Error(
      '[FluentBitFilter.grep] "$path ^/${A}" has a variable in it, and an expression stands for itself; use `FluentBitFilter.of`, whose settings may refer to variables',
    ),
  );
});
