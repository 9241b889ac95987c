import * as kplus from 'cdk8s-plus-28';
import { secretEnvironment } from '../../../../src/companions/kit/output-secrets';
import { outputsOf, settingsWithReferences } from '../../../../src/companions/logs/otel-collector/credentials';
import { OtelCollector, OtelExporter } from '../../../../src/index';
import { newChart } from '../../../support';

const secret = (key: string): kplus.SecretValue => ({
  secret: kplus.Secret.fromSecretName(newChart(), `secret-${key}`, 'login'),
  key,
});
const exporter = (...paths: string[]) =>
  OtelExporter.of('otlp_http', {}, Object.fromEntries(paths.map((path) => [path, secret('key')])));

test('variables are named for the exporter and the setting, and by number from the second on', () => {
  const exporters = [exporter('headers.X-Api-Key'), exporter('headers.X-Api-Key', 'auth.token')];
  expect(Object.keys(secretEnvironment('OtelCollector', outputsOf(exporters)))).toEqual([
    'OTLP_HTTP_HEADERS_X_API_KEY',
    'OUTPUT_2_HEADERS_X_API_KEY',
    'OUTPUT_2_AUTH_TOKEN',
  ]);
  expect(settingsWithReferences(exporters, 1)).toEqual({
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
