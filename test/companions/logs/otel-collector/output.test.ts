import * as kplus from 'cdk8s-plus-28';
import { LogFiles, MultiContainerPod, OtelCollector, OtelExporter, OtelSignal } from '../../../../src';
import { toSecretEnvironment } from '../../../../src/companions/kit/output-secrets';
import { otelConfig } from '../../../otel-collector-schema';
import { newChart, newDeployment } from '../../../support';

const LOGS = LogFiles.inDirectory('/var/log/app', { pattern: '*.log' });

describe('credentials', () => {
  const secret = (key: string): kplus.SecretValue => ({
    secret: kplus.Secret.fromSecretName(newChart(), `secret-${key}`, 'login'),
    key,
  });
  const exporter = (...paths: string[]) =>
    OtelExporter.of('otlp_http', {}, Object.fromEntries(paths.map((path) => [path, secret('key')])));

  test('variables are named for the exporter and the setting, and by number from the second on', () => {
    const exporters = [exporter('headers.X-Api-Key'), exporter('headers.X-Api-Key', 'auth.token')];
    const destinations = exporters.map(({ _destination }) => _destination);
    expect(Object.keys(toSecretEnvironment('OtelCollector', destinations))).toEqual([
      'OTLP_HTTP_HEADERS_X_API_KEY',
      'OUTPUT_2_HEADERS_X_API_KEY',
      'OUTPUT_2_AUTH_TOKEN',
    ]);
    const chart = newChart();
    const [first, second] = exporters as [OtelExporter, OtelExporter];
    MultiContainerPod.of(newDeployment(chart)).add(
      new OtelCollector({ logs: LOGS, exporter: first, moreExporters: [second] }),
    );
    expect(otelConfig(chart).exporters['otlp_http/2']).toMatchObject({
      headers: { 'X-Api-Key': '${env:OUTPUT_2_HEADERS_X_API_KEY}' },
      auth: { token: '${env:OUTPUT_2_AUTH_TOKEN}' },
    });
  });

  test('fails where two settings would share a variable', () => {
    expect(() => new OtelCollector({ exporter: exporter('headers.A-B', 'headers.A_B') })).toThrow(
      new Error(
        '[OtelCollector] secrets of output "otlp_http" would share the environment variable "OTLP_HTTP_HEADERS_A_B"; name them apart by more than signs',
      ),
    );
  });
});

describe('exporter', () => {
  const secret = (key: string): kplus.SecretValue => ({
    secret: kplus.Secret.fromSecretName(newChart(), `secret-${key}`, 'login'),
    key,
  });

  /** The only exporter in the configuration with its name, without its queue. */
  function send(exporter: OtelExporter): any {
    const chart = newChart();
    MultiContainerPod.of(newDeployment(chart)).add(new OtelCollector({ logs: LOGS, exporter }));
    const [[name, { sending_queue, ...own }]] = Object.entries<any>(otelConfig(chart).exporters) as [[string, any]];
    return { name, ...own };
  }

  describe('an OpenTelemetry exporter', () => {
    const retry_on_failure = { max_elapsed_time: '0s' };

    test('debug shows all that is known of a record', () => {
      expect(send(OtelExporter.debug())).toEqual({ name: 'debug', verbosity: 'detailed' });
    });

    test('otlp speaks gRPC, in the open unless told otherwise', () => {
      const endpoint = 'collector:4317';
      const common = { name: 'otlp_grpc', endpoint, retry_on_failure };
      expect(send(OtelExporter.otlp({ endpoint }))).toEqual({ ...common, tls: { insecure: true } });
      expect(send(OtelExporter.otlp({ endpoint, tls: true }))).toEqual(common);
    });

    test('otlpHttp takes a URL', () => {
      const endpoint = 'https://collector:4318';
      expect(send(OtelExporter.otlpHttp({ endpoint }))).toEqual({ name: 'otlp_http', endpoint, retry_on_failure });
    });

    test('loki is the OTLP endpoint of Loki, with the tenant where there is one', () => {
      const common = { name: 'otlp_http', endpoint: 'http://loki:3100/otlp', retry_on_failure };
      expect(send(OtelExporter.loki({ endpoint: 'http://loki:3100' }))).toEqual(common);
      expect(send(OtelExporter.loki({ endpoint: 'http://loki:3100/', tenantId: 't1' }))).toEqual({
        ...common,
        headers: { 'X-Scope-OrgID': 't1' },
      });
    });

    test('elasticsearch tries on, and may have an index and a login', () => {
      const endpoint = 'https://search:9200';
      const retry = { enabled: true, max_retries: 52_560_000, retry_on_status: [429, 502, 503, 504] };
      const common = { name: 'elasticsearch', endpoints: [endpoint], retry };
      expect(send(OtelExporter.elasticsearch({ endpoint }))).toEqual(common);
      const login = { username: secret('user'), password: secret('password') };
      expect(send(OtelExporter.elasticsearch({ endpoint, index: 'shop', ...login }))).toEqual({
        ...common,
        logs_index: 'shop',
        user: '${env:ELASTICSEARCH_USER}',
        password: '${env:ELASTICSEARCH_PASSWORD}',
      });
    });

    test('of any type has the settings it was given', () => {
      const settings = { endpoint: 'https://splunk', index: 'shop' };
      expect(send(OtelExporter.of('splunk_hec', settings, { token: secret('token') }))).toEqual({
        name: 'splunk_hec',
        endpoint: 'https://splunk',
        index: 'shop',
        token: '${env:SPLUNK_HEC_TOKEN}',
      });
    });

    test.each([
      ['debug', OtelExporter.debug(), ['logs', 'traces', 'metrics']],
      ['loki', OtelExporter.loki({ endpoint: 'http://loki' }), ['logs']],
      ['elasticsearch', OtelExporter.elasticsearch({ endpoint: 'http://es' }), ['logs', 'traces']],
      ['one that is told', OtelExporter.of('kafka', {}, {}, [OtelSignal.TRACES]), ['traces']],
    ])('%s takes %2$s', (_, exporter, signals) => {
      expect(exporter._signals).toEqual(signals);
    });

    test('takes further settings, which win over what nobody stated', () => {
      const settings = { retry_on_failure: { max_elapsed_time: '5m' }, headers: { 'X-Team': '${env:TEAM}' } };
      expect(send(OtelExporter.otlpHttp({ endpoint: 'http://c', settings }))).toMatchObject(settings);
    });

    test('fails where a setting stands in two places', () => {
      expect(() => OtelExporter.otlpHttp({ endpoint: 'http://a', settings: { endpoint: 'http://b' } })).toThrow(
        new Error(
          '[OtelExporter.otlp_http] setting "endpoint" is set by the output itself; leave it out, or describe the whole output with `OtelExporter.of`',
        ),
      );
      expect(() => OtelExporter.otlpHttp({ endpoint: 'http://a', secrets: { endpoint: secret('url') } })).toThrow(
        new Error('[OtelExporter.otlp_http] setting "endpoint" stands in two places; pass it once'),
      );
    });

    test('fails with a queue of its own', () => {
      expect(() => OtelExporter.of('kafka', { sending_queue: { enabled: false } })).toThrow(
        new Error(
          '[OtelExporter.kafka] setting "sending_queue" cannot be set here; the agent sizes it by `bufferLimit`',
        ),
      );
    });

    test('fails with one half of a login', () => {
      expect(() => OtelExporter.elasticsearch({ endpoint: 'http://a', username: secret('user') })).toThrow(
        new Error('[OtelExporter.elasticsearch] one of `username` and `password` is missing; pass both or neither'),
      );
    });

    test.each([
      ['headers.Authorization', { headers: { Authorization: 'Bearer hunter2' } }],
      ['password', { password: 'hunter2' }],
      ['endpoint', { endpoint: 'https://user:hunter2@host' }],
    ])('fails with a credential in "%s"', (setting, settings) => {
      expect(() => OtelExporter.of('otlp_http', settings)).toThrow(
        new Error(
          `[OtelExporter.otlp_http] setting "${setting}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``,
        ),
      );
    });

    test('fails with a credential in the URL of any factory', () => {
      const endpoint = 'https://user:hunter2@host';
      const { loki, otlpHttp, elasticsearch } = OtelExporter;
      for (const make of [loki, otlpHttp, elasticsearch]) {
        expect(() => make({ endpoint })).toThrow('is a credential, which would stand in a ConfigMap');
      }
    });

    test('fails with a name that is no type', () => {
      expect(() => OtelExporter.of('otlp/2', {})).toThrow(
        new Error(
          '[OtelExporter] "otlp/2" is not the type of an exporter; pass it as its documentation does, in lower case',
        ),
      );
    });
  });
});

test('signals have the names that pipelines of the collector have', () => {
  expect(Object.values(OtelSignal)).toEqual(['logs', 'traces', 'metrics']);
});

test('an option of an exporter means what it says, and settings may refer to a variable', () => {
  const { settings } = OtelExporter.loki({
    endpoint: 'http://loki:3100',
    tenantId: '${env:TEAM}-$1',
    settings: { headers: { 'X-Team': '${env:TEAM}' } },
  })._destination;
  expect(settings.headers).toEqual({ 'X-Scope-OrgID': '$${env:TEAM}-$$1', 'X-Team': '${env:TEAM}' });
});
