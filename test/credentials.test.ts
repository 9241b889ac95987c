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
  OAuth2Provider,
  OAuth2Proxy,
  OtelExporter,
  VaultAgent,
  VaultAuth,
  VectorSink,
  WaitFor,
  WebServer,
} from '../src';
import { findCredential } from '../src/software/credentials';
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
  'https://logs.example.com/in#access_token=abc123',
  'https://hooks.slack.com/services/T0/B0/abc123',
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
    ['OAuth2Provider.oidc', () => OAuth2Provider.oidc({ issuerUrl: url })],
    [
      'the redirect of OAuth2Proxy',
      () => {
        const secret = kplus.Secret.fromSecretName(Testing.chart(), 'login', 'login');
        return new OAuth2Proxy({
          provider: OAuth2Provider.google(),
          clientId: 'shop',
          clientSecret: { secret, key: 'client' },
          cookieSecret: { secret, key: 'cookie' },
          redirectUrl: url,
          emailDomains: ['example.com'],
        });
      },
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

const KEY = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n';
const AGENTS: [string, (settings: { readonly [name: string]: unknown }) => unknown][] = [
  ['FluentdOutput', (settings) => FluentdOutput.of('own', settings)],
  ['VectorSink', (settings) => VectorSink.of('own', settings)],
  ['OtelExporter', (settings) => OtelExporter.of('own', settings)],
  ['FilebeatOutput', (settings) => FilebeatOutput.of('own', settings)],
];

describe.each(AGENTS)('%s', (source, make) => {
  test.each<[{ readonly [name: string]: unknown }, string]>([
    [{ headers: '{"X-Region":"eu","Authorization":"Bearer abc"}' }, 'headers'],
    [{ headers: 'X-Region:eu,Authorization:Bearer abc' }, 'headers'],
    [{ headers: { 'X-Honeycomb-Team': 'abc' } }, 'headers.X-Honeycomb-Team'],
    [{ aws_sec_key: 'abc' }, 'aws_sec_key'],
    [{ credentials_json: '{"client_id":"x"}' }, 'credentials_json'],
    [{ json_key: '{"private_key":"x"}' }, 'json_key'],
    [{ webhook_url: 'https://chat.example.com/x' }, 'webhook_url'],
    [{ url: 'https://hooks.slack.com/services/T0/B0/x' }, 'url'],
    [{ url: 'https://logs-01.loggly.com/inputs/abc-123/tag/fluentd' }, 'url'],
    [{ url: 'https://endpoint1.collection.eu.sumologic.com/receiver/v1/http/ZaVnC4==' }, 'url'],
    [{ pass: 'abc' }, 'pass'],
    [{ auth: { nkey: { seed: 'SUAAA' } } }, 'auth.nkey.seed'],
    [{ auth: { token: { value: 'abc' } } }, 'auth.token.value'],
    [{ instrumentation_key: 'abc' }, 'instrumentation_key'],
    [{ ingestionKey: 'abc' }, 'ingestionKey'],
    [{ application_key: 'abc' }, 'application_key'],
    [{ tls: { key_pem: KEY } }, 'tls.key_pem'],
    [{ message: `the key ${KEY}` }, 'message'],
    [{ message: `ghp_${'a1'.repeat(18)}` }, 'message'],
    [{ labels: { job: `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3` } }, 'labels.job'],
    [{ cloud: { auth: 'elastic:changeme' } }, 'cloud.auth'],
    [{ connection_options: '-c password=abc' }, 'connection_options'],
    [{ hosts: ['a:5044', 'bob:hunter2@b:5044'] }, 'hosts'],
  ])('%j is refused', (settings, name) => {
    expect(() => make(settings)).toThrow(
      new Error(
        `[${source}.own] setting "${name}" is a credential, which would stand in a ConfigMap for all to read; pass it in \`secrets\``,
      ),
    );
  });

  test.each([
    { labels: { token: '{{ token_kind }}', password: 'off' } },
    { headers: '{"X-Region":"eu"}', header: 'X-Region eu' },
    { json_key: '/etc/gcp/key.json', credentials: '/etc/gcp/key.json' },
    { include_token: true, mask_secret: 'on', api_key: '', password: false },
    { url: 'https://hooks.example.com/services/T0/B0/x', host: 'loki', address: '[::1]:80' },
    { url: 'https://login.microsoftonline.com/6f0d8a0e-6a3e-4c1e-9f55-0f3c7c1d2b3a/v2.0' },
    { url: 'https://example.com/in?page=2#token', image: 'nginx:1.27@sha256:abc', contact: 'mailto:a@example.com' },
    { message_key: 'log', partition_key: 'shop', routing_key: 'logs', record_key: 'a', bypass: 'a', hash_seed: 22 },
    { auth: { strategy: 'basic' }, connection_options: '-c statement_timeout=5000' },
    { certificate: KEY.replace(/PRIVATE KEY/g, 'CERTIFICATE') },
  ])('%j is taken', (settings) => {
    expect(() => make(settings)).not.toThrow();
  });
});

test.each<[string, () => unknown, string]>([
  [
    'the path of a request',
    () => FluentBitOutput.http({ host: 'logs', path: '/in?token=abc' }),
    '[FluentBitOutput.http] `path` is a credential, which would stand in a ConfigMap for all to read; describe the whole output with `FluentBitOutput.of`, and pass the setting in its `secrets`',
  ],
  [
    'the address of a receiver',
    () => VectorSink.http({ endpoint: 'https://logs/in?token=abc' }),
    '[VectorSink.http] `endpoint` is a credential, which would stand in a ConfigMap for all to read; describe the whole output with `VectorSink.of`, and pass the setting in its `secrets`',
  ],
  [
    'a user before a host',
    () => FluentBitOutput.http({ host: 'bob:hunter2@logs' }),
    '[FluentBitOutput.http] `host` "bob:hunter2@logs" is no name or address of a host; pass one without port and path',
  ],
  [
    'a user before the host of a forwarder',
    () => FluentdOutput.forward({ host: 'bob:hunter2@logs' }),
    '[FluentdOutput.forward] `host` "bob:hunter2@logs" is no name or address of a host; pass one without port and path',
  ],
  [
    'the key in a header',
    () => FluentBitOutput.of('http', { header: 'X-Honeycomb-Team abc' }),
    '[FluentBitOutput.http] setting "header" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
  ],
])('%s is named as its caller wrote it', (_, make, message) => {
  expect(make).toThrow(new Error(message));
});

test('a reference is no credential, wherever it stands', () => {
  const settings = {
    webhook: 'https://hooks.slack.com/services/${SLACK_PATH}',
    cloud_auth: 'elastic:${PASSWORD}',
    webhook_url: 'https://chat.example.com/${KEY}/in',
    proxy: 'shop:${PASSWORD}@proxy:3128',
    header: 'X-Honeycomb-Team ${TEAM}',
  };
  expect(findCredential(settings)).toBe(undefined);
});
