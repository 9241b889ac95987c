import type * as kplus from 'cdk8s-plus-28';
import { createError } from '../../../private/errors';
import { copySettings, joinSettings, omitUndefined, type Settings, toNestedSettings } from '../../kit/settings';
import { ensureComponentType, SECRET_REFERENCE } from './component';
import type {
  VectorElasticsearchOptions,
  VectorHttpOptions,
  VectorLokiOptions,
  VectorS3Options,
  VectorSinkOptions,
  VectorVectorOptions,
} from './options';

type Secrets = { readonly [path: string]: kplus.SecretValue };

const JSON_CODEC = { encoding: { codec: 'json' } };

/** The memory of the agent holds several requests at once. */
const SMALL_BATCHES = { batch: { max_bytes: 1_000_000 } };

const RESERVED = {
  type: 'pass it as the type of the sink',
  inputs: 'each sink gets all records',
  buffer: 'the agent sizes it by `bufferLimit`',
};

/** The parts that a factory of a sink gives. */
interface SinkParts {
  /** The settings that the caller stated. */
  readonly stated: Settings;
  /** The settings that hold where the caller says nothing else. */
  readonly defaults: Settings;
  readonly secrets?: Secrets;
  /** Whether unsent records are kept on disk. */
  readonly onDisk?: boolean;
}

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
    return new VectorSink('console', { stated: { target: 'stdout' }, defaults: JSON_CODEC, onDisk: false }, {});
  }

  /** Grafana Loki. */
  public static loki(options: VectorLokiOptions): VectorSink {
    const { endpoint, labels = { job: 'vector' }, tenantId } = options;
    return VectorSink.overHttp('loki', options, { endpoint, labels: { ...labels }, tenant_id: tenantId }, JSON_CODEC);
  }

  /** Elasticsearch 7 or later, or OpenSearch. */
  public static elasticsearch(options: VectorElasticsearchOptions): VectorSink {
    const { endpoint, index } = options;
    const own = { endpoints: [endpoint], mode: 'bulk', bulk: index === undefined ? undefined : { index } };
    return VectorSink.overHttp('elasticsearch', options, own, SMALL_BATCHES);
  }

  /** HTTP POST of JSON records. */
  public static http(options: VectorHttpOptions): VectorSink {
    const own = { uri: options.endpoint, method: 'post' };
    return VectorSink.overHttp('http', options, own, { ...JSON_CODEC, ...SMALL_BATCHES });
  }

  /** Another Vector, which has a source of type `vector`. */
  public static vector(options: VectorVectorOptions): VectorSink {
    const tls = options.tls ? { enabled: true } : undefined;
    return new VectorSink('vector', { stated: { address: options.address, tls }, defaults: {} }, options);
  }

  /** Amazon S3 or a compatible store: compressed files of one JSON object a line, at least one a minute. */
  public static s3(options: VectorS3Options): VectorSink {
    const { bucket, region, endpoint, prefix = 'logs/%Y/%m/%d/', accessKeyId, secretAccessKey } = options;
    const keys = toCredentialPair('s3', { accessKeyId, secretAccessKey }, [
      'auth.access_key_id',
      'auth.secret_access_key',
    ]);
    const own = { bucket, region, endpoint, key_prefix: prefix };
    const defaults = { ...JSON_CODEC, framing: { method: 'newline_delimited' }, batch: { timeout_secs: 60 } };
    return new VectorSink('aws_s3', { stated: own, defaults, secrets: keys }, options);
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
    return new VectorSink(type, { stated: {}, defaults: {} }, { settings, secrets });
  }

  private static overHttp(type: string, options: VectorHttpOptions, own: Settings, defaults: Settings): VectorSink {
    const { username, password } = options;
    const login = toCredentialPair(type, { username, password }, ['auth.user', 'auth.password']);
    const strategy = username ? { auth: { strategy: 'basic' } } : {};
    return new VectorSink(type, { stated: { ...own, ...strategy }, defaults, secrets: login }, options);
  }

  private constructor(
    /** Type of the sink. */
    public readonly type: string,
    { stated: own, defaults, secrets: credentials = {}, onDisk = true }: SinkParts,
    { settings = {}, secrets = {} }: VectorSinkOptions,
  ) {
    const source = `VectorSink.${ensureComponentType('VectorSink', type)}`;
    const noun = 'setting';
    const rules = { source, noun, reserved: RESERVED, reference: SECRET_REFERENCE };
    const chosen = joinSettings(source, noun, copySettings(rules, omitUndefined(own)), copySettings(rules, settings));
    this._options = { ...chosen, ...defaults, ...chosen };
    this._secrets = { ...secrets, ...credentials };
    this._onDisk = onDisk;
    const fields = [...Object.keys(credentials), ...Object.keys(secrets)].map((path) => toNestedSettings(path, ''));
    fields.reduce((all, field) => joinSettings(source, noun, all, field), this._options);
  }

  /** @internal */
  public readonly _options: Settings;

  /** @internal */
  public readonly _secrets: Secrets;

  /** @internal */
  public readonly _onDisk: boolean;
}

/** Credentials that come in twos, by the paths of their options. */
function toCredentialPair(
  type: string,
  options: { readonly [name: string]: kplus.SecretValue | undefined },
  paths: readonly [string, string],
): Secrets {
  const [[oneName, one], [otherName, other]] = Object.entries(options) as [Option, Option];
  if ((one === undefined) !== (other === undefined)) {
    throw createError(
      `VectorSink.${type}`,
      `one of \`${oneName}\` and \`${otherName}\` is missing; pass both or neither`,
    );
  }
  return one && other ? { [paths[0]]: one, [paths[1]]: other } : {};
}

type Option = [string, kplus.SecretValue | undefined];
