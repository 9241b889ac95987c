import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { omitUndefined } from '../../../private/own';
import { readProps } from '../../../private/read-props';
import { type Destination, type DestinationParts, type Secrets, toDestination } from '../../kit/destination';
import { validateReceiverHost } from '../../kit/receiver';
import type { Settings } from '../../kit/settings';
import { PLUGIN, toLiteralProperty } from './properties';

/** Extra settings of an output. */
export interface FluentBitOutputOptions {
  /**
   * Further settings of the plugin, by the names of its documentation. They may set what the other options leave open. A
   * value is a string, number, boolean or list of strings, and may refer to the agent's environment, as in `${POD_NAME}`;
   * texts of options stand for themselves. Credentials are refused.
   *
   * @default - only the settings that the other options stand for
   */
  readonly settings?: { readonly [name: string]: any };

  /**
   * Settings whose values come from Secrets, by the names of the plugin's documentation.
   *
   * @default - only the credentials that other options stand for
   */
  readonly secrets?: { readonly [name: string]: kplus.SecretValue };
}

/** An output that is reached over the network. */
export interface FluentBitNetworkOptions extends FluentBitOutputOptions {
  /** Host name or address of the receiver, such as `loki.logging`. */
  readonly host: string;

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;

  /**
   * User name for HTTP basic authentication.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}

/** A Fluentd or Fluent Bit that takes the forward protocol. */
export interface FluentBitForwardOptions extends FluentBitNetworkOptions {
  /**
   * Port of the receiver.
   *
   * @default 24224
   */
  readonly port?: number;

  /**
   * Key that both sides share, for secure forward.
   *
   * @default - the receiver takes records without one
   */
  readonly sharedKey?: kplus.SecretValue;
}

/** Any HTTP server that takes records as JSON. */
export interface FluentBitHttpOptions extends FluentBitNetworkOptions {
  /**
   * Port of the server.
   *
   * @default - 443 with TLS, 80 without
   */
  readonly port?: number;

  /**
   * Path of the request.
   *
   * @default "/"
   */
  readonly path?: string;
}

/** Grafana Loki. */
export interface FluentBitLokiOptions extends FluentBitNetworkOptions {
  /**
   * Port of Loki.
   *
   * @default 3100
   */
  readonly port?: number;

  /**
   * Labels of the stream. Keep them few: each combination is a stream of its own.
   *
   * @default - `job=fluent-bit`
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Tenant, for a Loki of many.
   *
   * @default - the request names no tenant
   */
  readonly tenantId?: string;
}

/** Elasticsearch or OpenSearch. */
export interface FluentBitSearchOptions extends FluentBitNetworkOptions {
  /**
   * Port of the cluster.
   *
   * @default 9200
   */
  readonly port?: number;

  /**
   * Name of the index, or of its prefix where `datedIndex` is on.
   *
   * @default "fluent-bit"
   */
  readonly index?: string;

  /**
   * Whether each day has an index of its own: `<index>-2026.11.22`.
   *
   * @default false
   */
  readonly datedIndex?: boolean;
}

/** An OpenTelemetry collector that takes logs over OTLP/HTTP. */
export interface FluentBitOpenTelemetryOptions extends FluentBitNetworkOptions {
  /**
   * Port of the collector.
   *
   * @default 4318
   */
  readonly port?: number;

  /**
   * Path of the request.
   *
   * @default "/v1/logs"
   */
  readonly path?: string;
}

/** A bucket of Amazon S3 or of a compatible store. */
export interface FluentBitS3Options extends FluentBitOutputOptions {
  /** Name of the bucket. */
  readonly bucket: string;

  /** Region of the bucket, such as `eu-central-1`. */
  readonly region: string;

  /**
   * URL of a compatible store.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;

  /**
   * Access key.
   *
   * @default - the identity of the pod, such as a role of its service account
   */
  readonly accessKeyId?: kplus.SecretValue;

  /**
   * Secret key of the access key.
   *
   * @default - the identity of the pod
   */
  readonly secretAccessKey?: kplus.SecretValue;
}

/** The address of a channel of Slack, and the key of Treasure Data. */
const KEYS = /^(webhook|api)$/i;

const RULES = {
  ...PLUGIN,
  source: 'FluentBitOutput',
  style: 'plain',
  secret: KEYS,
  toLiteral: toLiteralProperty,
} as const;

const TIMESTAMP = { json_date_key: '@timestamp', json_date_format: 'iso8601' };
const TLS = { tls: 'on', 'tls.verify': 'on', 'tls.verify_hostname': 'on' };

/**
 * The destination of the records that Fluent Bit sends. Credentials come from Secrets and reach the agent as
 * environment variables; none stands in its configuration.
 *
 * @see https://docs.fluentbit.io/manual/pipeline/outputs
 */
export class FluentBitOutput {
  /** The agent's own standard output, one JSON object a line: `kubectl logs <pod> -c log-agent`. */
  public static stdout(): FluentBitOutput {
    return new FluentBitOutput('stdout', { own: { format: 'json_lines', ...TIMESTAMP } });
  }

  /** The forward protocol of Fluentd, with acknowledgements. */
  public static forward(options: FluentBitForwardOptions): FluentBitOutput {
    const given = readProps('FluentBitForwardOptions', options, 'FluentBitOutput.forward');
    const { port, username, password, sharedKey } = given;
    return FluentBitOutput.network('forward', given, {
      own: { port },
      defaults: { port: 24224, require_ack_response: 'on' },
      credentials: { username, password, shared_key: sharedKey },
    });
  }

  /** HTTP POST of JSON records. */
  public static http(options: FluentBitHttpOptions): FluentBitOutput {
    const given = readProps('FluentBitHttpOptions', options, 'FluentBitOutput.http');
    return FluentBitOutput.network('http', given, {
      own: { port: given.port, uri: given.path },
      defaults: { port: given.tls ? 443 : 80, uri: '/', format: 'json', ...TIMESTAMP },
    });
  }

  /** Grafana Loki. */
  public static loki(options: FluentBitLokiOptions): FluentBitOutput {
    const given = readProps('FluentBitLokiOptions', options, 'FluentBitOutput.loki');
    const { port, labels = {}, tenantId } = given;
    throwFirst('FluentBitOutput.loki', validateLabels(labels));
    const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    return FluentBitOutput.network('loki', given, {
      own: { port, labels: pairs.join() || undefined, tenant_id: tenantId },
      defaults: { port: 3100 },
    });
  }

  /** Elasticsearch 7 or later. */
  public static elasticsearch(options: FluentBitSearchOptions): FluentBitOutput {
    const given = readProps('FluentBitSearchOptions', options, 'FluentBitOutput.elasticsearch');
    return FluentBitOutput.network('es', given, toSearchParts(given));
  }

  /** OpenSearch. */
  public static opensearch(options: FluentBitSearchOptions): FluentBitOutput {
    const given = readProps('FluentBitSearchOptions', options, 'FluentBitOutput.opensearch');
    return FluentBitOutput.network('opensearch', given, toSearchParts(given));
  }

  /** OTLP over HTTP, with the line as the body of the log record and the fields found in it as its attributes. */
  public static opentelemetry(options: FluentBitOpenTelemetryOptions): FluentBitOutput {
    const given = readProps('FluentBitOpenTelemetryOptions', options, 'FluentBitOutput.opentelemetry');
    const body = { logs_body_key: '$log', logs_body_key_attributes: 'on' };
    return FluentBitOutput.network('opentelemetry', given, {
      own: { port: given.port, logs_uri: given.path },
      defaults: { port: 4318, logs_uri: '/v1/logs', ...body },
    });
  }

  /** Amazon S3 or a compatible store. Files that are not uploaded yet are kept on the agent's state volume. */
  public static s3(options: FluentBitS3Options): FluentBitOutput {
    const given = readProps('FluentBitS3Options', options, 'FluentBitOutput.s3');
    const { bucket, region, endpoint, accessKeyId, secretAccessKey } = given;
    const key = '/$TAG/%Y/%m/%d/%H/%M%S-${POD_NAME}-$UUID.json';
    const parts = {
      own: { bucket, region, endpoint },
      defaults: { s3_key_format: key, total_file_size: '10M', upload_timeout: '1m' },
      pair: { accessKeyId, secretAccessKey },
    };
    const environment = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    return new FluentBitOutput('s3', parts, given, omitUndefined(environment));
  }

  /**
   * Any output of Fluent Bit.
   *
   * @param name name of the plugin
   * @param settings settings of the plugin, as in `FluentBitOutputOptions.settings`
   * @param secrets settings whose values come from Secrets
   */
  public static of(
    name: string,
    settings: { readonly [name: string]: any },
    secrets?: { readonly [name: string]: kplus.SecretValue },
  ): FluentBitOutput {
    return new FluentBitOutput(name, {}, { settings, secrets });
  }

  /** An output to a host. Names without a value are kept in their place, so that its configuration has one order. */
  private static network(name: string, options: FluentBitNetworkOptions, parts: DestinationParts): FluentBitOutput {
    const { host, tls, username, password } = options;
    throwFirst(`FluentBitOutput.${name}`, validateReceiverHost(host));
    const open = Object.fromEntries(Object.keys(parts.defaults ?? {}).map((setting) => [setting, undefined]));
    const own = { host, ...open, ...parts.own, ...(tls ? TLS : {}) };
    const login = { http_user: username, http_passwd: password };
    return new FluentBitOutput(name, { credentials: login, ...parts, own }, options);
  }

  private constructor(
    /** Name of the plugin. */
    public readonly name: string,
    parts: DestinationParts,
    options?: FluentBitOutputOptions,
    /** @internal */
    public readonly _environment: Secrets = {},
  ) {
    this._destination = toDestination(RULES, name, parts, options);
  }

  /** @internal */
  public readonly _destination: Destination;
}

function validateLabels(labels: { readonly [name: string]: string }): string[] {
  return Object.entries(labels)
    .filter(([name, value]) => /[,=]/.test(name) || /[,=]/.test(value))
    .map(([name, value]) => `label "${name}=${value}" has "," or "=" in it, which part labels; choose another value`);
}

function toSearchParts({ port, index, datedIndex }: FluentBitSearchOptions): DestinationParts {
  const dated: Settings = { logstash_format: 'on', logstash_prefix: index ?? 'fluent-bit' };
  return {
    own: { port, ...(datedIndex ? dated : { index }) },
    defaults: {
      port: 9200,
      suppress_type_name: 'on',
      replace_dots: 'on',
      ...(datedIndex ? {} : { index: 'fluent-bit' }),
    },
  };
}
