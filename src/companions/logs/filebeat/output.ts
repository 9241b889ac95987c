import type * as kplus from 'cdk8s-plus-28';
import { createError } from '../../../private/errors';
import { copySettings, type Settings } from '../../kit/settings';

/** Extra settings of an output. */
export interface FilebeatOutputOptions {
  /**
   * Further settings of the output, by the names of its documentation, nested or with dots in their names. Texts may refer
   * to the agent's environment, as in `${POD_NAME}`. Credentials are refused.
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

type Secrets = { readonly [name: string]: kplus.SecretValue };

const TYPE = /^[a-z][a-z0-9_]*$/;
const NAME = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

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
    return new FilebeatOutput('console', { 'codec.json.pretty': false });
  }

  /** Elasticsearch 8 or later. What it rejects for good, such as a field of another type, is dropped. */
  public static elasticsearch(options: FilebeatElasticsearchOptions): FilebeatOutput {
    const { hosts, tls, index = 'logs-filebeat-default', apiKey, username, password } = options;
    if (apiKey && (username || password)) {
      throw createError(
        'FilebeatOutput.elasticsearch',
        '`apiKey` stands beside `username` or `password`; pass one of the two',
      );
    }
    const own = { hosts: [...hosts], protocol: tls ? 'https' : 'http', index };
    return FilebeatOutput.typed('elasticsearch', options, own, { api_key: apiKey, username, password });
  }

  /** Logstash, by the Beats protocol. */
  public static logstash(options: FilebeatHostsOptions): FilebeatOutput {
    const own = { hosts: [...options.hosts], loadbalance: true, ...toTlsSettings(options) };
    return FilebeatOutput.typed('logstash', options, own, {});
  }

  /** Apache Kafka, with the acknowledgement of all in-sync replicas. An event of more than 1 MB is dropped. */
  public static kafka(options: FilebeatKafkaOptions): FilebeatOutput {
    const { hosts, topic, username, password } = options;
    const own = { hosts: [...hosts], topic, required_acks: -1, compression: 'gzip', ...toTlsSettings(options) };
    return FilebeatOutput.typed('kafka', options, own, { username, password });
  }

  /** A list of Redis. */
  public static redis(options: FilebeatRedisOptions): FilebeatOutput {
    const { hosts, key = 'filebeat', password } = options;
    const own = { hosts: [...hosts], key, datatype: 'list', ...toTlsSettings(options) };
    return FilebeatOutput.typed('redis', options, own, { password });
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
    return new FilebeatOutput(type, settings, secrets);
  }

  private static typed(
    type: string,
    options: FilebeatOutputOptions,
    own: Settings,
    secrets: { readonly [name: string]: kplus.SecretValue | undefined },
  ): FilebeatOutput {
    const given = Object.entries(secrets).filter((entry): entry is [string, kplus.SecretValue] => !!entry[1]);
    const more = options.settings ?? {};
    const twice =
      Object.keys(more).find((name) => Object.keys(own).some((other) => overlapsSetting(name, other))) ??
      Object.keys(options.secrets ?? {}).find((name) => given.some(([other]) => overlapsSetting(name, other)));
    if (twice) {
      throw createError(
        `FilebeatOutput.${type}`,
        `setting "${twice}" is set by the output itself; leave it out, or describe the whole output with \`FilebeatOutput.of\``,
      );
    }
    return new FilebeatOutput(type, { ...own, ...more }, { ...Object.fromEntries(given), ...options.secrets });
  }

  private constructor(
    /** Name of the output. */
    public readonly name: string,
    settings: Settings,
    secrets: Secrets = {},
  ) {
    if (!TYPE.test(name)) {
      throw createError('FilebeatOutput', `"${name}" is not the name of an output; pass it as its documentation does`);
    }
    const source = `FilebeatOutput.${name}`;
    this._settings = copySettings({ source, noun: 'setting', reserved: {} }, settings);
    this._secrets = { ...secrets };
    const problem = validateSecrets(this._settings, secrets);
    if (problem) {
      throw createError(source, problem);
    }
  }

  /** @internal */
  public readonly _settings: Settings;

  /** @internal */
  public readonly _secrets: Secrets;
}

function toTlsSettings({ tls }: FilebeatHostsOptions): Settings {
  return tls ? { 'ssl.enabled': true } : {};
}

/** Settings may be nested or have dots in their names: `a` and `a.b` speak of one. */
function overlapsSetting(name: string, other: string): boolean {
  return name === other || name.startsWith(`${other}.`) || other.startsWith(`${name}.`);
}

function validateSecrets(settings: Settings, secrets: Secrets): string | undefined {
  for (const name of Object.keys(secrets)) {
    if (!NAME.test(name)) {
      return `secret "${name}" is not the name of a setting; pass one such as "password" or "ssl.key_passphrase"`;
    }
    if (Object.keys(settings).some((other) => overlapsSetting(name, other))) {
      return `"${name}" cannot come from \`secrets\` here, because \`settings\` speak of it too; pass it once, with dots in its name`;
    }
  }
  return undefined;
}
