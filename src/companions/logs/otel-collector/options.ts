import type * as kplus from 'cdk8s-plus-28';
import type { OtelSignal } from './signal';

/** Extra settings of an exporter. */
export interface OtelExporterOptions {
  /**
   * Further settings of the exporter, nested as in its documentation. They may set what the other options leave open, and
   * not `sending_queue`. A value may refer to the agent's environment, as in `${env:POD_NAME}`. Credentials are refused.
   *
   * @default - only the settings that the other options stand for
   */
  readonly settings?: { readonly [name: string]: any };

  /**
   * Settings whose values come from Secrets, by their path: `headers.Authorization`.
   *
   * @default - only the credentials that other options stand for
   */
  readonly secrets?: { readonly [path: string]: kplus.SecretValue };

  /**
   * The signals that it sends.
   *
   * @default - all that the exporter can send
   */
  readonly signals?: OtelSignal[];
}

/** A receiver of OTLP over gRPC. */
export interface OtelOtlpOptions extends OtelExporterOptions {
  /** Host and port of the receiver, such as `collector.observability:4317`. */
  readonly endpoint: string;

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** A receiver that speaks HTTP. */
export interface OtelHttpOptions extends OtelExporterOptions {
  /** URL of the receiver, such as `https://collector.observability:4318`, without the path of a signal. */
  readonly endpoint: string;
}

/** Grafana Loki. */
export interface OtelLokiOptions extends OtelHttpOptions {
  /**
   * Tenant, for a Loki of many.
   *
   * @default - the request names no tenant
   */
  readonly tenantId?: string;
}

/** Elasticsearch. */
export interface OtelElasticsearchOptions extends OtelHttpOptions {
  /**
   * Name of the index or data stream of logs.
   *
   * @default - the data stream that the exporter makes of the attributes of a record, `logs-generic-default` for one
   * without
   */
  readonly index?: string;

  /**
   * User name for HTTP basic authentication. Takes a `password`.
   *
   * @default - no authentication
   */
  readonly username?: kplus.SecretValue;

  /**
   * Password for HTTP basic authentication. Takes a `username`.
   *
   * @default - no authentication
   */
  readonly password?: kplus.SecretValue;
}
