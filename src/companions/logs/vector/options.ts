import type * as kplus from 'cdk8s-plus-28';

/** Extra settings of a sink. */
export interface VectorSinkOptions {
  /**
   * Further settings of the sink, nested as in its documentation. They may set what the other options leave open, and not
   * `type`, `inputs` and `buffer`. Credentials are refused.
   *
   * @default - only the settings that the other options stand for
   */
  readonly settings?: { readonly [name: string]: any };

  /**
   * Settings whose values come from Secrets, by their path: `auth.token`, `request.headers.X-Api-Key`.
   *
   * @default - only the credentials that other options stand for
   */
  readonly secrets?: { readonly [path: string]: kplus.SecretValue };
}

/** A sink that speaks HTTP. */
export interface VectorHttpOptions extends VectorSinkOptions {
  /** URL of the receiver, such as `http://loki.logging:3100`. With `https` its certificate and host name are verified. */
  readonly endpoint: string;

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

/** Grafana Loki. */
export interface VectorLokiOptions extends VectorHttpOptions {
  /**
   * Labels of the stream. Keep them few: each combination is a stream of its own.
   *
   * @default - `job: vector`
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
export interface VectorElasticsearchOptions extends VectorHttpOptions {
  /**
   * Name of the index, with the day as in `shop-%Y.%m.%d` where each day has one of its own.
   *
   * @default "vector-%Y.%m.%d"
   */
  readonly index?: string;
}

/** Another Vector. */
export interface VectorVectorOptions extends VectorSinkOptions {
  /** Host and port of its `vector` source, such as `aggregator.logging:6000`. */
  readonly address: string;

  /**
   * Whether the connection is encrypted, with certificate and host name verified.
   *
   * @default false
   */
  readonly tls?: boolean;
}

/** A bucket of Amazon S3 or of a compatible store. */
export interface VectorS3Options extends VectorSinkOptions {
  /** Name of the bucket. */
  readonly bucket: string;

  /** Region of the bucket, such as `eu-central-1`. */
  readonly region: string;

  /**
   * Beginning of the names of objects, with parts of the time as for `strftime`.
   *
   * @default "logs/%Y/%m/%d/"
   */
  readonly prefix?: string;

  /**
   * URL of a compatible store.
   *
   * @default - Amazon S3
   */
  readonly endpoint?: string;

  /**
   * Access key. Takes a `secretAccessKey`.
   *
   * @default - the identity of the pod, such as a role of its service account
   */
  readonly accessKeyId?: kplus.SecretValue;

  /**
   * Secret key of the access key. Takes an `accessKeyId`.
   *
   * @default - the identity of the pod
   */
  readonly secretAccessKey?: kplus.SecretValue;
}
