import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { toSettingsWithReferences } from '../../../../src/companions/kit/destination';
import { toItems } from '../../../../src/companions/logs/fluentd/output';
import { renderSections, Variable } from '../../../../src/companions/logs/fluentd/syntax';
import { FluentdOutput } from '../../../../src/index';
import { type FluentdSection, readFluentd } from '../../../fluentd-schema';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const value = (key: string) => ({ secret, key });

function plugin(output: FluentdOutput): FluentdSection {
  const settings = toSettingsWithReferences(
    output._destination,
    (name) => new Variable(name.toUpperCase().replace('.', '_')),
  );
  return readFluentd(renderSections([{ name: 'match', items: [['@type', output.name], ...toItems(settings)] }]))[0]!;
}

describe('an output of Fluentd', () => {
  test('to standard output writes JSON with the time of the record', () => {
    const { parameters, sections } = plugin(FluentdOutput.stdout());
    expect(parameters).toEqual({ '@type': 'stdout' });
    expect(sections.map(({ name, parameters: inner }) => [name, inner])).toEqual([
      ['format', { '@type': 'json' }],
      ['inject', { time_key: '@timestamp', time_type: 'string', time_format: '%FT%T.%LZ', utc: 'true' }],
    ]);
  });

  test('by the forward protocol waits for a name in DNS also where its settings are given by hand', () => {
    const server = { host: 'fluentd.logging' };
    expect(plugin(FluentdOutput.of('forward', { server })).parameters).toEqual({
      '@type': 'forward',
      ignore_network_errors_at_startup: 'true',
    });
    const strict = FluentdOutput.of('forward', { server, ignore_network_errors_at_startup: false });
    expect(plugin(strict).parameters.ignore_network_errors_at_startup).toBe('false');
  });

  test('by the forward protocol waits for an acknowledgement, no longer than it can, and for a name in DNS', () => {
    const { parameters, sections } = plugin(FluentdOutput.forward({ host: 'fluentd.logging' }));
    expect(parameters).toEqual({
      '@type': 'forward',
      require_ack_response: 'true',
      ack_response_timeout: '60',
      ignore_network_errors_at_startup: 'true',
      connect_timeout: '10',
      send_timeout: '10',
    });
    expect(sections).toMatchObject([{ name: 'server', parameters: { host: 'fluentd.logging', port: '24224' } }]);
  });

  test('by the forward protocol encrypts and authenticates with what a Secret holds', () => {
    const output = FluentdOutput.forward({
      host: 'fluentd.logging',
      port: 24225,
      tls: true,
      sharedKey: value('key'),
      username: value('user'),
      password: value('password'),
    });
    const { parameters, sections } = plugin(output);
    expect(parameters).toMatchObject({ transport: 'tls', tls_verify_hostname: 'true' });
    expect(sections[0]!.parameters).toEqual({
      host: 'fluentd.logging',
      port: '24225',
      username: "#{ENV['SERVER_USERNAME']}",
      password: "#{ENV['SERVER_PASSWORD']}",
    });
    expect(sections[1]).toMatchObject({
      name: 'security',
      parameters: { self_hostname: "#{ENV['POD_NAME']}", shared_key: "#{ENV['SECURITY_SHARED_KEY']}" },
    });
  });

  test('by HTTP tries again what another try may change', () => {
    const { parameters, sections } = plugin(FluentdOutput.http({ endpoint: 'https://logs.example.com/in?a=b#c' }));
    expect(parameters).toMatchObject({
      endpoint: 'https://logs.example.com/in?a=b#c',
      open_timeout: '10',
      read_timeout: '10',
      retryable_response_codes: '408,425,429,500,502,503,504',
    });
    expect(sections.map(({ name }) => name)).toEqual(['format', 'inject']);
  });

  test('by HTTP authenticates with what a Secret holds', () => {
    const output = FluentdOutput.http({
      endpoint: 'http://logs',
      username: value('user'),
      password: value('password'),
    });
    expect(plugin(output).sections.at(-1)).toMatchObject({
      name: 'auth',
      parameters: { method: 'basic', username: "#{ENV['AUTH_USERNAME']}", password: "#{ENV['AUTH_PASSWORD']}" },
    });
  });

  test('takes further settings and secrets', () => {
    const settings = { headers: '{"x-team":"shop"}', buffer: { compress: 'gzip' } };
    const { parameters, sections } = plugin(
      FluentdOutput.http({ endpoint: 'http://logs', settings, secrets: { tls_private_key_passphrase: value('pass') } }),
    );
    expect(parameters).toMatchObject({
      headers: '{"x-team":"shop"}',
      tls_private_key_passphrase: "#{ENV['TLS_PRIVATE_KEY_PASSPHRASE']}",
    });
    expect(sections.at(-1)).toMatchObject({ name: 'buffer', parameters: { compress: 'gzip' } });
  });

  test('of any plugin has sections for objects and lists of objects, and makes those that secrets need', () => {
    const output = FluentdOutput.of(
      'elasticsearch',
      { hosts: ['a', 'b'], include_tag_key: true, rule: [{ key: 'a' }, { key: 'b' }] },
      { password: value('password'), 'tls.key': value('key') },
    );
    const { parameters, sections } = plugin(output);
    expect(parameters).toEqual({
      '@type': 'elasticsearch',
      hosts: '["a","b"]',
      include_tag_key: 'true',
      password: "#{ENV['PASSWORD']}",
    });
    expect(sections.map(({ name, parameters: inner }) => [name, inner])).toEqual([
      ['rule', { key: 'a' }],
      ['rule', { key: 'b' }],
      ['tls', { key: "#{ENV['TLS_KEY']}" }],
    ]);
  });

  test('passes Ruby code on as text', () => {
    const { parameters } = plugin(FluentdOutput.of('http', { endpoint: '#{`id`}', proxy: '"#{ENV[\'X\']}"' }));
    expect(parameters).toMatchObject({ endpoint: '#{`id`}', proxy: '"#{ENV[\'X\']}"' });
  });

  test('keeps what it was made with', () => {
    const settings = { rule: [{ key: 'a' }] };
    const output = FluentdOutput.of('http', settings);
    settings.rule[0]!.key = 'b';
    expect(plugin(output).sections[0]!.parameters).toEqual({ key: 'a' });
  });

  test.each<[string, () => FluentdOutput, string]>([
    [
      'a plugin of an odd name',
      () => FluentdOutput.of('Elastic Search', {}),
      '[FluentdOutput] "Elastic Search" is not the name of a plugin; pass it as its documentation does, in lower case',
    ],
    [
      'a credential in the settings',
      () => FluentdOutput.of('http', { auth: { password: 'hunter2' } }),
      '[FluentdOutput.http] setting "auth.password" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
    ],
    [
      'a credential that Ruby code would read',
      () => FluentdOutput.of('http', { token: "#{ENV['X']}" }),
      '[FluentdOutput.http] setting "token" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
    ],
    [
      'another type',
      () => FluentdOutput.of('http', { '@type': 'file' }),
      '[FluentdOutput.http] setting "@type" cannot be set here; the agent sets it itself',
    ],
    [
      'a buffer elsewhere',
      () => FluentdOutput.of('http', { buffer: { path: '/tmp' } }),
      '[FluentdOutput.http] setting "buffer.path" cannot be set here; the agent sets it itself',
    ],
    [
      'a buffer elsewhere in a list of sections',
      () => FluentdOutput.of('http', { buffer: [{ path: '/tmp' }] }),
      '[FluentdOutput.http] setting "buffer.path" cannot be set here; the agent sets it itself',
    ],
    [
      'a name that would end its line',
      () => FluentdOutput.of('http', { auth: { 'a\nb': 1 } }),
      '[FluentdOutput.http] setting "auth.a\nb" is not the name of a parameter; use letters, digits, "_", "." and "-"',
    ],
    [
      'a value of no kind',
      () => FluentdOutput.of('http', { proxy: null }),
      '[FluentdOutput.http] setting "proxy" is neither text, number, boolean, list nor section; pass one of these',
    ],
    [
      'a setting of its own',
      () => FluentdOutput.http({ endpoint: 'http://logs', settings: { endpoint: 'http://other' } }),
      '[FluentdOutput.http] setting "endpoint" is set by the output itself; leave it out, or describe the whole output with `FluentdOutput.of`',
    ],
    [
      'a secret that an option stands for',
      () =>
        FluentdOutput.forward({
          host: 'fluentd',
          sharedKey: value('key'),
          password: value('a'),
          secrets: { 'server.password': value('b') },
        }),
      '[FluentdOutput.forward] setting "server.password" stands in two places; pass it once',
    ],
    [
      'a password without a shared key, which the protocol never sends',
      () => FluentdOutput.forward({ host: 'fluentd', username: value('user'), password: value('password') }),
      '[FluentdOutput.forward] `username` and `password` are sent only along with a `sharedKey`; pass that too',
    ],
    [
      'a secret that a setting stands for',
      () => FluentdOutput.of('http', { auth: { username: 'x' } }, { 'auth.username': value('a') }),
      '[FluentdOutput.http] setting "auth.username" stands in two places; pass it once',
    ],
    [
      'a secret in one of several sections',
      () => FluentdOutput.of('http', { auth: [{ a: 1 }, { a: 2 }] }, { 'auth.username': value('a') }),
      '[FluentdOutput.http] setting "auth.username" stands in two places, also as "auth"; pass it once',
    ],
    [
      'a secret of an odd name',
      () => FluentdOutput.of('http', {}, { 'auth..x': value('a') }),
      '[FluentdOutput.http] secret "auth..x" is not the name of a setting; pass one such as "password" or "auth.password"',
    ],
  ])('fails with %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});
