import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { type Destination, type DestinationParts, toDestination } from '../../kit/destination';
import { validateReceiverUrl } from '../../kit/receiver';
import { COMPONENT } from './component';
import type {
  VectorElasticsearchOptions,
  VectorHttpOptions,
  VectorLokiOptions,
  VectorS3Options,
  VectorSinkOptions,
  VectorVectorOptions,
} from './options';

const JSON_CODEC = { encoding: { codec: 'json' } };

/** The memory of the agent holds several requests at once. */
const SMALL_BATCHES = { batch: { max_bytes: 1_000_000 } };

const RULES = {
  ...COMPONENT,
  source: 'VectorSink',
  reserved: {
    type: 'pass it as the type of the sink',
    inputs: 'each sink gets all records',
    buffer: 'the agent sizes it by `bufferLimit`',
  },
  style: 'nested',
} as const;

/**
 * The destination of the records that Vector sends. Credentials come from Secrets, which Vector reads as files when
 * it starts: none stands in its configuration or in its environment. Variables in the configuration stay off, as they
 * are by default since 0.57, because they would be looked for in every expression and program, too.
 *
 * `of` takes every sink that has no factory here. The sink `opentelemetry` is one: it wants records in the
 * shape of OTLP, which a transform must give them.
 *
 * @see https://vector.dev/docs/reference/configuration/sinks/
 * @jsii suppress JSII5018
 */
export class VectorSink {
  /** The agent's own standard output, one JSON object a line: `kubectl logs <pod> -c log-agent`. */
  public static console(): VectorSink {
    return new VectorSink('console', { own: { target: 'stdout' }, defaults: JSON_CODEC }, {}, false);
  }

  /** Grafana Loki. */
  public static loki(options: VectorLokiOptions): VectorSink {
    const given = readProps('VectorLokiOptions', options, 'VectorSink.loki');
    const { endpoint, labels = { job: 'vector' }, tenantId } = given;
    const own = { endpoint, labels, tenant_id: tenantId };
    return VectorSink.overHttp('loki', given, { own, defaults: JSON_CODEC });
  }

  /** Elasticsearch 7 or later, or OpenSearch. */
  public static elasticsearch(options: VectorElasticsearchOptions): VectorSink {
    const given = readProps('VectorElasticsearchOptions', options, 'VectorSink.elasticsearch');
    const { endpoint, index } = given;
    const own = { endpoints: [endpoint], mode: 'bulk', bulk: index === undefined ? undefined : { index } };
    return VectorSink.overHttp('elasticsearch', given, { own, defaults: SMALL_BATCHES });
  }

  /** HTTP POST of JSON records. */
  public static http(options: VectorHttpOptions): VectorSink {
    const given = readProps('VectorHttpOptions', options, 'VectorSink.http');
    const own = { uri: given.endpoint, method: 'post' };
    return VectorSink.overHttp('http', given, { own, defaults: { ...JSON_CODEC, ...SMALL_BATCHES } });
  }

  /** Another Vector, which has a source of type `vector`. */
  public static vector(options: VectorVectorOptions): VectorSink {
    const given = readProps('VectorVectorOptions', options, 'VectorSink.vector');
    const { address, tls } = given;
    return new VectorSink('vector', { own: { address, tls: tls ? { enabled: true } : undefined } }, given);
  }

  /** Amazon S3 or a compatible store: compressed files of one JSON object a line, at least one a minute. */
  public static s3(options: VectorS3Options): VectorSink {
    const given = readProps('VectorS3Options', options, 'VectorSink.s3');
    const { bucket, region, endpoint, prefix = 'logs/%Y/%m/%d/', accessKeyId, secretAccessKey } = given;
    const parts = {
      own: { bucket, region, endpoint, key_prefix: prefix },
      defaults: { ...JSON_CODEC, framing: { method: 'newline_delimited' }, batch: { timeout_secs: 60 } },
      credentials: { 'auth.access_key_id': accessKeyId, 'auth.secret_access_key': secretAccessKey },
      pair: { accessKeyId, secretAccessKey },
    };
    return new VectorSink('aws_s3', parts, given);
  }

  /**
   * Any sink of Vector. Its unsent records are kept on disk.
   *
   * @param type type of the sink, as in its documentation
   * @param settings settings of the sink, as in `VectorSinkOptions.settings`
   * @param secrets settings whose values come from Secrets, as in `VectorSinkOptions.secrets`
   */
  public static of(
    type: string,
    settings: { readonly [name: string]: any },
    secrets?: { readonly [path: string]: kplus.SecretValue },
  ): VectorSink {
    return new VectorSink(type, {}, { settings, secrets });
  }

  private static overHttp(type: string, options: VectorHttpOptions, parts: DestinationParts): VectorSink {
    const { endpoint, username, password } = options;
    throwFirst(`VectorSink.${type}`, validateReceiverUrl(endpoint));
    const own = { ...parts.own, ...(username ? { auth: { strategy: 'basic' } } : {}) };
    const credentials = { 'auth.user': username, 'auth.password': password };
    return new VectorSink(type, { ...parts, own, credentials, pair: { username, password } }, options);
  }

  private constructor(
    /** Type of the sink. */
    public readonly type: string,
    parts: DestinationParts,
    options: VectorSinkOptions,
    /**
     * Whether unsent records are kept on disk.
     *
     * @internal
     */
    public readonly _onDisk = true,
  ) {
    this._destination = toDestination(RULES, type, parts, options);
  }

  /** @internal */
  public readonly _destination: Destination;
}
