import * as kplus from 'cdk8s-plus-28';
import { FluentBit, FluentBitOutput, LogFiles, MultiContainerPod } from '../../../../src/index';
import { fluentBitConfig } from '../../../fluent-bit-schema';
import { deepFreeze, newChart, newDeployment } from '../../../support';

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
    expect(output).toMatchObject({ name: 's3', bucket: 'logs', region: 'eu-central-1', store_dir_limit_size: '128M' });
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

  test('takes further settings, which win over its own', () => {
    const settings = deepFreeze({ 'tls.verify_hostname': 'off', header: ['X-Scope-OrgID ${POD_NAMESPACE}'] });
    expect(propertiesOf(FluentBitOutput.loki({ host: 'loki', tls: true, settings }))).toMatchObject(settings);
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
      new Error('[FluentBitOutput.http] setting "name" would make it another plugin; leave it out'),
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
