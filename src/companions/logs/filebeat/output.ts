import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { type Destination, type DestinationParts, toDestination } from '../../kit/destination';
import type { Settings } from '../../kit/settings';
import { escapeVariables } from './script';

/** Extra settings of an output. */
export interface FilebeatOutputOptions {
  /**
   * Further settings of the output, by the names of its documentation, nested or with dots in their names. Texts may refer
   * to the agent's environment, as in `${POD_NAME}`; those of options stand for themselves. Credentials are refused.
   *
   * @default - only the settings that the other options stand for
   */
  readonly settings?: { readonly [name: string]: any };

  /**
   * Settings whose values come from Secrets, by the names of the documentation, such as `ssl.key_passphrase`.
   *
   * @default - only the credentials that other options stand for
   */
  readonly secrets?: { readonly [name: string]: kplus.SecretValue };
}

/** An output that is reached at one or several hosts. */
export interface FilebeatHostsOptions extends FilebeatOutputOptions {
  /** Hosts with ports, such as `logstash.logging:5044`; Elasticsearch takes URLs as well. */
  readonly hosts: string[];

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** Elasticsearch. */
export interface FilebeatElasticsearchOptions extends FilebeatHostsOptions {
  /**
   * The target that the events are written to: a data stream, an alias or an index. No template is installed for it,
   * which would take the right to do so.
   *
   * @default "logs-filebeat-default", a data stream for which Elasticsearch brings a template
   */
  readonly index?: string;

  /**
   * API key, as `id:key`.
   *
   * @default - the request names none
   */
  readonly apiKey?: kplus.SecretValue;

  /**
   * User name for HTTP basic authentication.
   *
   * @default - no basic authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication.
   *
   * @default - no basic authentication
   */
  readonly password?: kplus.SecretValue;
}

/** Apache Kafka. */
export interface FilebeatKafkaOptions extends FilebeatHostsOptions {
  /** Topic that the events are written to. */
  readonly topic: string;

  /**
   * User name for SASL.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for SASL.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}

/** Redis. */
export interface FilebeatRedisOptions extends FilebeatHostsOptions {
  /**
   * List that the events are appended to.
   *
   * @default "filebeat"
   */
  readonly key?: string;

  /**
   * Password.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}

const RULES = {
  source: 'FilebeatOutput',
  called: 'the name of an output',
  style: 'dotted',
  toLiteral: escapeVariables,
} as const;

/**
 * The destination of the events: Filebeat has one output. Credentials come from Secrets and reach the agent as
 * environment variables; none stands in its configuration.
 *
 * @see https://www.elastic.co/docs/reference/beats/filebeat/configuring-output
 * @jsii suppress JSII5018
 */
export class FilebeatOutput {
  /** The agent's own standard output, one JSON object a line: `kubectl logs <pod> -c log-agent`. */
  public static console(): FilebeatOutput {
    return new FilebeatOutput('console', { own: { 'codec.json.pretty': false } });
  }

  /** Elasticsearch 8 or later. What it rejects for good, such as a field of another type, is dropped. */
  public static elasticsearch(options: FilebeatElasticsearchOptions): FilebeatOutput {
    const given = readProps('FilebeatElasticsearchOptions', options, 'FilebeatOutput.elasticsearch');
    const { hosts, tls, index = 'logs-filebeat-default', apiKey, username, password } = given;
    const twice = '`apiKey` stands beside `username` or `password`; pass one of the two';
    throwFirst('FilebeatOutput.elasticsearch', [
      ...validateHosts(given),
      ...(apiKey && (username || password) ? [twice] : []),
    ]);
    const own = { hosts, protocol: tls ? 'https' : 'http', index };
    return new FilebeatOutput('elasticsearch', { own, credentials: { api_key: apiKey, username, password } }, given);
  }

  /** Logstash, by the Beats protocol. */
  public static logstash(options: FilebeatHostsOptions): FilebeatOutput {
    const given = readProps('FilebeatHostsOptions', options, 'FilebeatOutput.logstash');
    throwFirst('FilebeatOutput.logstash', validateHosts(given));
    return new FilebeatOutput('logstash', { own: toHostsSettings(given, { loadbalance: true }) }, given);
  }

  /** Apache Kafka, with the acknowledgement of all in-sync replicas. An event of more than 1 MB is dropped. */
  public static kafka(options: FilebeatKafkaOptions): FilebeatOutput {
    const given = readProps('FilebeatKafkaOptions', options, 'FilebeatOutput.kafka');
    const { topic, username, password } = given;
    throwFirst('FilebeatOutput.kafka', [
      ...validateHosts(given),
      ...(topic.trim() === '' ? ['`topic` is empty; pass the name of one'] : []),
    ]);
    const own = toHostsSettings(given, { topic, required_acks: -1, compression: 'gzip' });
    return new FilebeatOutput('kafka', { own, credentials: { username, password } }, given);
  }

  /** A list of Redis. */
  public static redis(options: FilebeatRedisOptions): FilebeatOutput {
    const given = readProps('FilebeatRedisOptions', options, 'FilebeatOutput.redis');
    const { key = 'filebeat', password } = given;
    throwFirst('FilebeatOutput.redis', validateHosts(given));
    const own = toHostsSettings(given, { key, datatype: 'list' });
    return new FilebeatOutput('redis', { own, credentials: { password } }, given);
  }

  /**
   * Any output of Filebeat.
   *
   * @param type name of the output, such as `file`
   * @param settings settings of the output, as in `FilebeatOutputOptions.settings`
   * @param secrets settings whose values come from Secrets
   */
  public static of(
    type: string,
    settings: { readonly [name: string]: any },
    secrets?: { readonly [name: string]: kplus.SecretValue },
  ): FilebeatOutput {
    return new FilebeatOutput(type, {}, { settings, secrets });
  }

  private constructor(
    /** Name of the output. */
    public readonly name: string,
    parts: DestinationParts,
    options?: FilebeatOutputOptions,
  ) {
    this._destination = toDestination(RULES, name, parts, options);
  }

  /** @internal */
  public readonly _destination: Destination;
}

function toHostsSettings({ hosts, tls }: FilebeatHostsOptions, settings: Settings): Settings {
  return { hosts, ...settings, 'ssl.enabled': tls ? true : undefined };
}

function validateHosts({ hosts }: FilebeatHostsOptions): string[] {
  const wrong = hosts.find((host) => !/^\S+$/.test(host));
  return [
    ...(hosts.length === 0 ? ['`hosts` is empty; pass at least one'] : []),
    ...(wrong === undefined ? [] : [`\`hosts\` has "${wrong}", which is no host; pass one such as "logs:9200"`]),
  ];
}
