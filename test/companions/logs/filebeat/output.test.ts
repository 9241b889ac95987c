import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { FilebeatOutput } from '../../../../src/index';

const secret = kplus.Secret.fromSecretName(new Chart(Testing.app(), 'shop'), 'Credentials', 'logs');
const value = (key: string) => ({ secret, key });

describe('an output of Filebeat', () => {
  test.each<[string, FilebeatOutput, string, object, string[]]>([
    ['standard output', FilebeatOutput.console(), 'console', { 'codec.json.pretty': false }, []],
    [
      'Elasticsearch, into a data stream that has a template',
      FilebeatOutput.elasticsearch({ hosts: ['es:9200'], apiKey: value('k') }),
      'elasticsearch',
      { hosts: ['es:9200'], protocol: 'http', index: 'logs-filebeat-default' },
      ['api_key'],
    ],
    [
      'Elasticsearch, encrypted and with a password',
      FilebeatOutput.elasticsearch({
        hosts: ['es:9200'],
        tls: true,
        index: 'i',
        username: value('u'),
        password: value('p'),
      }),
      'elasticsearch',
      { hosts: ['es:9200'], protocol: 'https', index: 'i' },
      ['username', 'password'],
    ],
    [
      'Logstash, all hosts at once',
      FilebeatOutput.logstash({ hosts: ['a:5044', 'b:5044'], tls: true }),
      'logstash',
      { hosts: ['a:5044', 'b:5044'], loadbalance: true, 'ssl.enabled': true },
      [],
    ],
    [
      'Kafka, with the acknowledgement of all replicas',
      FilebeatOutput.kafka({ hosts: ['a:9092'], topic: 't', username: value('u'), password: value('p') }),
      'kafka',
      { hosts: ['a:9092'], topic: 't', required_acks: -1, compression: 'gzip' },
      ['username', 'password'],
    ],
    [
      'Redis, into a list',
      FilebeatOutput.redis({ hosts: ['a:6379'], password: value('p') }),
      'redis',
      { hosts: ['a:6379'], key: 'filebeat', datatype: 'list' },
      ['password'],
    ],
    [
      'anything else',
      FilebeatOutput.of('file', { path: '/x' }, { 'ssl.key': value('k') }),
      'file',
      { path: '/x' },
      ['ssl.key'],
    ],
  ])('to %s', (_, output, name, settings, secrets) => {
    expect(output.name).toBe(name);
    expect(output._destination.settings).toEqual(settings);
    expect(Object.keys(output._destination.secrets)).toEqual(secrets);
  });

  test('takes further settings and secrets', () => {
    const output = FilebeatOutput.logstash({
      hosts: ['a:5044'],
      settings: { ttl: '60s', ssl: { verification_mode: 'full' } },
      secrets: { key_passphrase: value('p') },
    });
    expect(output._destination.settings).toMatchObject({ ttl: '60s', ssl: { verification_mode: 'full' } });
    expect(Object.keys(output._destination.secrets)).toEqual(['key_passphrase']);
  });

  test('keeps what it was made with', () => {
    const hosts = ['a:5044'];
    const settings = { ssl: { versions: ['TLSv1.3'] } };
    const output = FilebeatOutput.logstash({ hosts, settings });
    hosts.push('b:5044');
    settings.ssl.versions.push('TLSv1.0');
    expect(output._destination.settings).toEqual({
      hosts: ['a:5044'],
      loadbalance: true,
      ssl: { versions: ['TLSv1.3'] },
    });
  });

  test.each<[string, () => FilebeatOutput, string]>([
    [
      'an output of an odd name',
      () => FilebeatOutput.of('Log Stash', {}),
      '[FilebeatOutput] "Log Stash" is not the name of an output; pass it as its documentation does, in lower case',
    ],
    [
      'a credential in the settings',
      () => FilebeatOutput.of('redis', { hosts: ['a'], password: 'hunter2' }),
      '[FilebeatOutput.redis] setting "password" is a credential, which would stand in a ConfigMap for all to read; pass it in `secrets`',
    ],
    [
      'a value that is no data',
      () => FilebeatOutput.of('file', { codec: { format: () => 'x' } }),
      '[FilebeatOutput.file] `settings.codec.format` is a function, which is no plain data; pass text, numbers, booleans, lists and objects of these',
    ],
    [
      'no hosts',
      () => FilebeatOutput.logstash({ hosts: [] }),
      '[FilebeatOutput.logstash] `hosts` is empty; pass at least one',
    ],
    [
      'no host',
      () => FilebeatOutput.redis({ hosts: ['a', ''] }),
      '[FilebeatOutput.redis] `hosts` has "", which is no host; pass one such as "logs:9200"',
    ],
    [
      'no topic',
      () => FilebeatOutput.kafka({ hosts: ['a'], topic: '' }),
      '[FilebeatOutput.kafka] `topic` is empty; pass the name of one',
    ],
    [
      'a setting of its own',
      () => FilebeatOutput.logstash({ hosts: ['a'], tls: true, settings: { ssl: { enabled: false } } }),
      '[FilebeatOutput.logstash] setting "ssl" is set by the output itself; leave it out, or describe the whole output with `FilebeatOutput.of`',
    ],
    [
      'a secret that an option stands for',
      () => FilebeatOutput.redis({ hosts: ['a'], password: value('a'), secrets: { password: value('b') } }),
      '[FilebeatOutput.redis] setting "password" stands in two places; pass it once',
    ],
    [
      'two ways to authenticate',
      () => FilebeatOutput.elasticsearch({ hosts: ['a'], apiKey: value('a'), password: value('b') }),
      '[FilebeatOutput.elasticsearch] `apiKey` stands beside `username` or `password`; pass one of the two',
    ],
    [
      'a secret in settings that are there',
      () => FilebeatOutput.of('logstash', { ssl: { enabled: true } }, { 'ssl.key': value('k') }),
      '[FilebeatOutput.logstash] setting "ssl.key" stands in two places, also as "ssl"; pass it once',
    ],
    [
      'a secret of an odd name',
      () => FilebeatOutput.of('logstash', {}, { 'ssl..key': value('k') }),
      '[FilebeatOutput.logstash] secret "ssl..key" is not the name of a setting; pass one such as "password" or "auth.password"',
    ],
  ])('fails with %s', (_, make, message) => {
    expect(make).toThrow(new Error(message));
  });
});

test('an option of an output means what it says, and settings may refer to a variable', () => {
  const { settings } = FilebeatOutput.kafka({
    hosts: ['kafka:9092'],
    topic: '${TEAM}-$1',
    settings: { client_id: '${POD_NAME}' },
  })._destination;
  expect(settings).toMatchObject({ topic: '$${TEAM}-$$1', client_id: '${POD_NAME}' });
});
