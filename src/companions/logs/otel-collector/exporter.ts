import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readArgument, readProps } from '../../../private/read-props';
import { type Destination, type DestinationParts, toDestination } from '../../kit/destination';
import { validateReceiverUrl } from '../../kit/receiver';
import { escapeDollars } from './operators';
import type {
  OtelElasticsearchOptions,
  OtelExporterOptions,
  OtelHttpOptions,
  OtelLokiOptions,
  OtelOtlpOptions,
} from './options';
import { OtelSignal } from './signal';

const RULES = {
  source: 'OtelExporter',
  called: 'the type of an exporter',
  reserved: { sending_queue: 'the agent sizes it by `bufferLimit`' },
  reference: String.raw`\$\{env:\w+\}`,
  style: 'nested',
  toLiteral: escapeDollars,
} as const;

const ALL = [OtelSignal.LOGS, OtelSignal.TRACES, OtelSignal.METRICS];

/** It keeps no count of its tries; this is once a minute for a century. */
const TRIES = 52_560_000;

/** The parts of an exporter that a factory makes of its options. */
interface ExporterParts extends DestinationParts {
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
    return new OtelExporter('debug', { own: { verbosity: 'detailed' }, onDisk: false }, {});
  }

  /** OTLP over gRPC, to a collector or any receiver of OTLP. */
  public static otlp(options: OtelOtlpOptions): OtelExporter {
    const given = readProps('OtelOtlpOptions', options, 'OtelExporter.otlp');
    const own = { endpoint: given.endpoint, tls: given.tls ? undefined : { insecure: true } };
    return new OtelExporter('otlp_grpc', { own, defaults: RETRY }, given);
  }

  /** OTLP over HTTP, to a collector or any receiver of OTLP. */
  public static otlpHttp(options: OtelHttpOptions): OtelExporter {
    const given = readHttpOptions('OtelHttpOptions', options, 'OtelExporter.otlpHttp');
    return new OtelExporter('otlp_http', { own: { endpoint: given.endpoint }, defaults: RETRY }, given);
  }

  /** Grafana Loki 3 or later, which takes OTLP. Logs only. */
  public static loki(options: OtelLokiOptions): OtelExporter {
    const given = readHttpOptions('OtelLokiOptions', options, 'OtelExporter.loki');
    const { tenantId } = given;
    const headers = tenantId === undefined ? undefined : { 'X-Scope-OrgID': tenantId };
    const own = { endpoint: `${given.endpoint.replace(/\/$/, '')}/otlp`, headers };
    return new OtelExporter('otlp_http', { own, defaults: RETRY, signals: [OtelSignal.LOGS] }, given);
  }

  /** Elasticsearch. Logs and traces. It tries again where the cluster is away or asks for it. */
  public static elasticsearch(options: OtelElasticsearchOptions): OtelExporter {
    const given = readHttpOptions('OtelElasticsearchOptions', options, 'OtelExporter.elasticsearch');
    const { endpoint, index, username, password } = given;
    const parts = {
      own: { endpoints: [endpoint], logs_index: index },
      defaults: { retry: { enabled: true, max_retries: TRIES, retry_on_status: [429, 502, 503, 504] } },
      credentials: { user: username, password },
      pair: { username, password },
      signals: [OtelSignal.LOGS, OtelSignal.TRACES],
    };
    return new OtelExporter('elasticsearch', parts, given);
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
    const known =
      signals === undefined || signals === null
        ? undefined
        : readArgument('OtelSignal[]', signals, 'OtelExporter.of', 'signals');
    return new OtelExporter(type, {}, { settings, secrets, signals: known });
  }

  private constructor(
    /** Type of the exporter. */
    public readonly type: string,
    { signals = ALL, onDisk = true, ...parts }: ExporterParts,
    options: OtelExporterOptions,
  ) {
    this._destination = toDestination(RULES, type, parts, options);
    this._signals = [...(options.signals ?? signals)];
    this._onDisk = onDisk;
  }

  /** @internal */
  public readonly _destination: Destination;

  /** @internal */
  public readonly _signals: readonly OtelSignal[];

  /** @internal */
  public readonly _onDisk: boolean;
}

/** Options of a receiver that is reached over HTTP. */
function readHttpOptions<T extends OtelHttpOptions>(type: string, options: T, source: string): T {
  const given = readProps(type, options, source);
  throwFirst(source, validateReceiverUrl(given.endpoint));
  return given;
}
