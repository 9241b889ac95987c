import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  FilebeatOutput,
  FluentBitOutput,
  FluentdOutput,
  GitSync,
  type ICompanion,
  MultiContainerPod,
  NginxExporter,
  OtelExporter,
  VaultAgent,
  VaultAuth,
  VectorSink,
  WaitFor,
  WebServer,
} from '../src';
import { credentialsIn } from './credentials';

test.each([
  'password: hunter2',
  '      http_passwd: "hunter2"',
  '- --password=hunter2',
  '- --cookie-secret=abc',
  '  api_key: ${PREFIX}abc',
  '    auth_token = abc',
  '  "password": "hunter2",',
  'DB_PASSWORD=abc',
  '      password hunter2',
  '- name: DB_PASSWORD\n  value: hunter2',
])('%j shows a credential', (yaml) => {
  expect(credentialsIn(yaml)).not.toEqual([]);
});

test.each([
  '      http_passwd: ${LOKI_HTTP_PASSWD}',
  '      token: ${env:TOKEN}',
  '      password = sys.env("LOKI_PASSWORD")',
  `      password "#{ENV['FORWARD_PASSWORD']}"`,
  '      password: SECRET[receiver.password]',
  '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: password\n      name: db',
  '    DB_PASSWORD={{ .Data.password }}',
  'automountServiceAccountToken: false',
  '- secret:\n    secretName: shop-tls',
  '- --token-path=/var/run/token',
  'log: the token of a stream',
])('%j shows none', (yaml) => {
  expect(credentialsIn(yaml)).toEqual([]);
});

describe.each([
  'https://logs.example.com/in?token=abc123',
  'https://logs.example.com/in?wait=1&sig=abc123',
  'https://abc123@logs.example.com/in',
  'https://shop:abc123@logs.example.com/in',
])('the address %s is refused', (url) => {
  const container = { name: 'app', image: 'acme/app:1.0.0', ports: [{ number: 8080 }] };
  const addTo = (companion: () => ICompanion) => {
    const workload = new kplus.Deployment(Testing.chart(), 'web', { containers: [container] });
    MultiContainerPod.of(workload).add(companion());
    Testing.synth(Chart.of(workload));
  };

  test.each<[string, () => unknown]>([
    ['VectorSink.http', () => VectorSink.http({ endpoint: url })],
    ['VectorSink.loki', () => VectorSink.loki({ endpoint: url })],
    ['VectorSink.elasticsearch', () => VectorSink.elasticsearch({ endpoint: url })],
    ['OtelExporter.otlpHttp', () => OtelExporter.otlpHttp({ endpoint: url })],
    ['OtelExporter.loki', () => OtelExporter.loki({ endpoint: url })],
    ['FluentdOutput.http', () => FluentdOutput.http({ endpoint: url })],
    ['FluentBitOutput.of', () => FluentBitOutput.of('http', { proxy: url })],
    ['FilebeatOutput.elasticsearch', () => FilebeatOutput.elasticsearch({ hosts: [url] })],
    ['NginxExporter', () => new NginxExporter({ scrapeUrl: url })],
    ['GitSync', () => new GitSync({ repository: url, directory: '/site' })],
    ['the webhook of GitSync', () => new GitSync({ repository: 'https://a/b', directory: '/c', webhookUrl: url })],
    ['WaitFor.http', () => addTo(() => WaitFor.http({ url }))],
    ['WebServer.nginx', () => WebServer.nginx({ serverConfig: `server { location / { proxy_pass ${url}; } }` })],
    [
      'VaultAgent',
      () =>
        new VaultAgent({
          address: url,
          auth: VaultAuth.kubernetes({ role: 'shop' }),
          templates: [{ file: 'a', content: 'b' }],
        }),
    ],
    ['VaultAuth.of', () => VaultAuth.of('aws', { settings: { header: url } })],
  ])('by %s', (_, make) => {
    expect(make).toThrow(/credential|password|token/);
  });
});

test.each<[string, () => unknown, string]>([
  [
    'the key of Datadog',
    () => OtelExporter.of('datadog', { api: { key: '0123456789abcdef0123456789abcdef' } }),
    '[OtelExporter.datadog] setting "api.key" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'a key of AWS',
    () => VaultAuth.of('aws', { settings: { role: 'shop', secret_key: 'abc123' } }),
    '[VaultAuth.of] setting "secret_key" of method "aws" shows a credential to all who may read the ConfigMap; pass `secret` and name its file',
  ],
  [
    'the password of a key',
    () => VectorSink.of('http', { tls: { key_pass: 'hunter2' } }),
    '[VectorSink.http] setting "tls.key_pass" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'a connection string',
    () => VectorSink.of('azure_blob', { connection_string: 'AccountName=a;AccountKey=abc' }),
    '[VectorSink.azure_blob] setting "connection_string" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'a passphrase',
    () => FilebeatOutput.of('redis', { 'ssl.key_passphrase': 'hunter2' }),
    '[FilebeatOutput.redis] setting "ssl.key_passphrase" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'the address of a channel',
    () => FluentBitOutput.of('slack', { webhook: 'https://hooks.slack.com/services/T0/B0/x' }),
    '[FluentBitOutput.slack] setting "webhook" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'the key of Treasure Data',
    () => FluentBitOutput.of('td', { API: '5713/e75be23caee19f8041dfa635ddfbd0dc' }),
    '[FluentBitOutput.td] setting "API" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
  [
    'a header of nginx',
    () => WebServer.nginx({ serverConfig: 'server { proxy_set_header Authorization "Basic abc"; }' }),
    '[WebServer.nginx] `serverConfig` shows a credential in `proxy_set_header Authorization`, and everybody who may read ConfigMaps could read it; include a file that a Secret is mounted as',
  ],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});
