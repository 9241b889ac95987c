import type * as kplus from 'cdk8s-plus-28';
import { createError } from '../../../private/errors';
import { copySettings, joinSettings, omitUndefined, type Settings, toNestedSettings } from '../../kit/settings';
import type {
  OtelElasticsearchOptions,
  OtelExporterOptions,
  OtelHttpOptions,
  OtelLokiOptions,
  OtelOtlpOptions,
} from './options';
import { OtelSignal } from './signal';

const TYPE = /^[a-z][a-z0-9_]*$/;

/** A reference of the configuration to a variable of the environment. */
const REFERENCE = String.raw`\$\{env:\w+\}`;

const RESERVED = { sending_queue: 'the agent sizes it by `bufferLimit`' };

const ALL = [OtelSignal.LOGS, OtelSignal.TRACES, OtelSignal.METRICS];

/** It keeps no count of its tries; this is once a minute for a century. */
const TRIES = 52_560_000;

/** The parts that a factory of an exporter gives. */
interface ExporterParts {
  /** The settings that the caller stated. */
  readonly stated: Settings;
  /** The settings that hold where the caller says nothing else. */
  readonly defaults?: Settings;
  readonly secrets?: { readonly [path: string]: kplus.SecretValue | undefined };
  readonly signals?: readonly OtelSignal[];
  /** Whether unsent records are kept on disk. */
  readonly onDisk?: boolean;
}

/** Tries without an end. */
const RETRY = { retry_on_failure: { max_elapsed_time: '0s' } };

/**
 * The destination of what the OpenTelemetry Collector has read. Credentials come from Secrets and reach it as
 * environment variables; none stands in its configuration.
 *
 * @see https://opentelemetry.io/docs/collector/components/exporter/
 * @jsii suppress JSII5018
 */
export class OtelExporter {
  /** The collector's own log: `kubectl logs <pod> -c log-agent` shows each record with all that is known of it. */
  public static debug(): OtelExporter {
    return new OtelExporter('debug', { stated: { verbosity: 'detailed' }, onDisk: false }, {});
  }

  /** OTLP over gRPC, to a collector or any receiver of OTLP. */
  public static otlp(options: OtelOtlpOptions): OtelExporter {
    const own = { endpoint: options.endpoint, tls: options.tls ? undefined : { insecure: true } };
    return new OtelExporter('otlp_grpc', { stated: own, defaults: RETRY }, options);
  }

  /** OTLP over HTTP, to a collector or any receiver of OTLP. */
  public static otlpHttp(options: OtelHttpOptions): OtelExporter {
    return new OtelExporter('otlp_http', { stated: { endpoint: options.endpoint }, defaults: RETRY }, options);
  }

  /** Grafana Loki 3 or later, which takes OTLP. Logs only. */
  public static loki(options: OtelLokiOptions): OtelExporter {
    const { tenantId } = options;
    const headers = tenantId === undefined ? undefined : { 'X-Scope-OrgID': tenantId };
    const own = { endpoint: `${options.endpoint.replace(/\/$/, '')}/otlp`, headers };
    return new OtelExporter('otlp_http', { stated: own, defaults: RETRY, signals: [OtelSignal.LOGS] }, options);
  }

  /** Elasticsearch. Logs and traces. It tries again where the cluster is away or asks for it. */
  public static elasticsearch(options: OtelElasticsearchOptions): OtelExporter {
    const { endpoint, index, username, password } = options;
    if ((username === undefined) !== (password === undefined)) {
      throw createError(
        'OtelExporter.elasticsearch',
        'one of `username` and `password` is missing; pass both or neither',
      );
    }
    const retry = { enabled: true, max_retries: TRIES, retry_on_status: [429, 502, 503, 504] };
    return new OtelExporter(
      'elasticsearch',
      {
        stated: { endpoints: [endpoint], logs_index: index },
        defaults: { retry },
        secrets: { user: username, password },
        signals: [OtelSignal.LOGS, OtelSignal.TRACES],
      },
      options,
    );
  }

  /**
   * Any exporter of the contrib distribution that has a `sending_queue`, in which its unsent records are kept on disk. How
   * it tries again is for its settings to say.
   *
   * @param type type of the exporter, as in its documentation
   * @param settings settings of the exporter, as in `OtelExporterOptions.settings`
   * @param secrets settings whose values come from Secrets, as in `OtelExporterOptions.secrets`
   * @param signals what it sends; all that the exporter can send where it is not given
   */
  public static of(
    type: string,
    settings: { readonly [name: string]: any },
    secrets?: { readonly [path: string]: kplus.SecretValue },
    signals?: OtelSignal[],
  ): OtelExporter {
    return new OtelExporter(type, { stated: {} }, { settings, secrets, signals });
  }

  private constructor(
    /** Type of the exporter. */
    public readonly type: string,
    { stated: own, defaults = {}, secrets: credentials = {}, signals = ALL, onDisk = true }: ExporterParts,
    { settings = {}, secrets = {}, signals: wanted }: OtelExporterOptions,
  ) {
    if (!TYPE.test(type)) {
      throw createError(
        'OtelExporter',
        `"${type}" is not the type of an exporter; pass it as its documentation does, in lower case`,
      );
    }
    const source = `OtelExporter.${type}`;
    const noun = 'setting';
    const check = (given: Settings) => copySettings({ source, noun, reserved: RESERVED, reference: REFERENCE }, given);
    const chosen = joinSettings(source, noun, check(omitUndefined(own)), check(settings));
    this._settings = { ...chosen, ...defaults, ...chosen };
    this._secrets = { ...secrets, ...(omitUndefined(credentials) as { [path: string]: kplus.SecretValue }) };
    this._signals = [...(wanted ?? signals)];
    this._onDisk = onDisk;
    const fields = [...Object.keys(omitUndefined(credentials)), ...Object.keys(secrets)].map((path) =>
      toNestedSettings(path, ''),
    );
    fields.reduce((all, field) => joinSettings(source, noun, all, field), this._settings);
  }

  /** @internal */
  public readonly _settings: Settings;

  /** @internal */
  public readonly _secrets: { readonly [path: string]: kplus.SecretValue };

  /** @internal */
  public readonly _signals: readonly OtelSignal[];

  /** @internal */
  public readonly _onDisk: boolean;
}
