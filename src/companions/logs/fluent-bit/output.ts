import type * as kplus from 'cdk8s-plus-28';
import { createError } from '../../../private/errors';
import { copyPluginProperties, type Properties } from './properties';

/** Extra settings of an output. */
export interface FluentBitOutputOptions {
  /**
   * Further settings of the plugin, by the names of its documentation. A value is a string, number, boolean or list of
   * strings, and may refer to the agent's environment, as in `${POD_NAME}`. Credentials are refused.
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

/**
 * The destination of the records that Fluent Bit sends. Credentials come from Secrets and reach the agent as
 * environment variables; none stands in its configuration.
 *
 * @see https://docs.fluentbit.io/manual/pipeline/outputs
 */
export class FluentBitOutput {
  /** The agent's own standard output, one JSON object a line: `kubectl logs <pod> -c log-agent`. */
  public static stdout(): FluentBitOutput {
    return new FluentBitOutput('stdout', {
      format: 'json_lines',
      json_date_key: '@timestamp',
      json_date_format: 'iso8601',
    });
  }

  /** The forward protocol of Fluentd, with acknowledgements. */
  public static forward(options: FluentBitForwardOptions): FluentBitOutput {
    const own = { port: options.port ?? 24224, require_ack_response: 'on' };
    return FluentBitOutput.network('forward', options, own, {
      username: options.username,
      password: options.password,
      shared_key: options.sharedKey,
    });
  }

  /** HTTP POST of JSON records. */
  public static http(options: FluentBitHttpOptions): FluentBitOutput {
    const own = {
      port: options.port ?? (options.tls ? 443 : 80),
      uri: options.path ?? '/',
      format: 'json',
      json_date_key: '@timestamp',
      json_date_format: 'iso8601',
    };
    return FluentBitOutput.network('http', options, own, toBasicAuth(options));
  }

  /** Grafana Loki. */
  public static loki(options: FluentBitLokiOptions): FluentBitOutput {
    const labels = Object.entries(options.labels ?? {}).map(([name, value]) => `${name}=${value}`);
    const broken = labels.find((label) => label.includes(',') || label.split('=').length > 2);
    if (broken !== undefined) {
      throw createError(
        'FluentBitOutput.loki',
        `label "${broken}" has "," or "=" in it, which part labels; choose another value`,
      );
    }
    const own = {
      port: options.port ?? 3100,
      ...(labels.length > 0 ? { labels: labels.join(',') } : {}),
      ...(options.tenantId === undefined ? {} : { tenant_id: options.tenantId }),
    };
    return FluentBitOutput.network('loki', options, own, toBasicAuth(options));
  }

  /** Elasticsearch 7 or later. */
  public static elasticsearch(options: FluentBitSearchOptions): FluentBitOutput {
    return FluentBitOutput.network('es', options, toSearchProperties(options), toBasicAuth(options));
  }

  /** OpenSearch. */
  public static opensearch(options: FluentBitSearchOptions): FluentBitOutput {
    return FluentBitOutput.network('opensearch', options, toSearchProperties(options), toBasicAuth(options));
  }

  /** OTLP over HTTP, with the line as the body of the log record and the fields found in it as its attributes. */
  public static opentelemetry(options: FluentBitOpenTelemetryOptions): FluentBitOutput {
    const own = {
      port: options.port ?? 4318,
      logs_uri: options.path ?? '/v1/logs',
      logs_body_key: '$log',
      logs_body_key_attributes: 'on',
    };
    return FluentBitOutput.network('opentelemetry', options, own, toBasicAuth(options));
  }

  /** Amazon S3 or a compatible store. Files that are not uploaded yet are kept on the agent's state volume. */
  public static s3(options: FluentBitS3Options): FluentBitOutput {
    const own = {
      bucket: options.bucket,
      region: options.region,
      ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
      s3_key_format: '/$TAG/%Y/%m/%d/%H/%M%S-${POD_NAME}-$UUID.json',
      total_file_size: '10M',
      upload_timeout: '1m',
    };
    if ((options.accessKeyId === undefined) !== (options.secretAccessKey === undefined)) {
      throw createError(
        'FluentBitOutput.s3',
        'one of `accessKeyId` and `secretAccessKey` is missing; pass both or neither',
      );
    }
    const environment = { AWS_ACCESS_KEY_ID: options.accessKeyId, AWS_SECRET_ACCESS_KEY: options.secretAccessKey };
    return new FluentBitOutput('s3', { ...own, ...options.settings }, options.secrets, pickPresent(environment));
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
    return new FluentBitOutput(name, settings, secrets);
  }

  private static network(
    name: string,
    options: FluentBitNetworkOptions,
    settings: Properties,
    secrets: { readonly [name: string]: kplus.SecretValue | undefined },
  ): FluentBitOutput {
    const own = pickPresent(secrets);
    const again = Object.keys(options.secrets ?? {}).find((property) => Object.keys(own).includes(property));
    if (again) {
      throw createError(
        `FluentBitOutput.${name}`,
        `setting "${again}" stands in \`secrets\` and in an option of its own; pass it once`,
      );
    }
    const tls = options.tls ? { tls: 'on', 'tls.verify': 'on', 'tls.verify_hostname': 'on' } : {};
    return new FluentBitOutput(
      name,
      { host: options.host, ...settings, ...tls, ...options.settings },
      { ...own, ...options.secrets },
    );
  }

  private constructor(
    /** Name of the plugin. */
    public readonly name: string,
    properties: { readonly [name: string]: any },
    secrets: { readonly [name: string]: kplus.SecretValue } = {},
    environment: { readonly [variable: string]: kplus.SecretValue } = {},
  ) {
    this._properties = copyPluginProperties('FluentBitOutput', name, properties, 'pass it in `secrets`');
    const stated = ['name', ...Object.keys(properties)].map((property) => property.toLowerCase());
    const twice = Object.keys(secrets).find((property) => stated.includes(property.toLowerCase()));
    if (twice) {
      throw createError(
        `FluentBitOutput.${name}`,
        `setting "${twice}" cannot come from \`secrets\` here; pass it once, and never the name of the plugin`,
      );
    }
    this._secrets = { ...secrets };
    this._environment = { ...environment };
  }

  /** @internal */
  public readonly _properties: Properties;

  /** @internal */
  public readonly _secrets: { readonly [name: string]: kplus.SecretValue };

  /** @internal */
  public readonly _environment: { readonly [variable: string]: kplus.SecretValue };
}

function toBasicAuth({ username, password }: FluentBitNetworkOptions): {
  readonly [name: string]: kplus.SecretValue | undefined;
} {
  return { http_user: username, http_passwd: password };
}

function toSearchProperties({ port, index = 'fluent-bit', datedIndex }: FluentBitSearchOptions): Properties {
  return {
    port: port ?? 9200,
    suppress_type_name: 'on',
    replace_dots: 'on',
    ...(datedIndex ? { logstash_format: 'on', logstash_prefix: index } : { index }),
  };
}

function pickPresent<T>(values: { readonly [name: string]: T | undefined }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined));
}
