import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { LogFiles } from '../../../pod/logs/log-files';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import { createError } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { toWholeMebibytes } from '../../../private/sizes';
import { OTEL_COLLECTOR } from '../../../software/images';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import { type AgentConfig, validateExpressions } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { PerPod } from '../../kit/per-pod';
import { hasRemoteOutput } from '../../kit/remote';
import { type OtlpPorts, renderOtelCollector } from './config';
import type { OtelExporter } from './exporter';
import { canJoinLines } from './operators';
import { OtelSignal } from './signal';

/** The share of its memory that the collector may use before it gives some back, as its documentation recommends. */
const SOFT_MEMORY_LIMIT = 0.8;
const MEMORY = 256;

const SOFTWARE: AgentSoftware = {
  image: OTEL_COLLECTOR,
  hasSleep: false,
  memoryMebibytes: MEMORY,
  livenessPath: '/',
  catchUp: Duration.seconds(5),
  configDirectory: '/etc/otelcol-contrib',
  configFile: 'config.yaml',
  stateDirectory: '/var/lib/otelcol/file_storage',
};

/** The ports at which a collector takes OTLP from the other containers of its pod, on localhost. */
export interface OtelReceiverOptions {
  /**
   * Port for OTLP over gRPC.
   *
   * @default 4317
   */
  readonly grpcPort?: number;

  /**
   * Port for OTLP over HTTP.
   *
   * @default 4318
   */
  readonly httpPort?: number;

  /**
   * Environment variables in which a container finds the receiver of OTLP over HTTP.
   *
   * @default - the SDKs of OpenTelemetry in the main container find it: it gets its URL as `OTEL_EXPORTER_OTLP_ENDPOINT`
   * and "http/protobuf" as `OTEL_EXPORTER_OTLP_PROTOCOL`
   */
  readonly variables?: EndpointVariables;
}

/** Settings of the collector. An `image` of your own is a build of the contrib distribution 0.165 or later. */
export interface OtelCollectorProps extends LogAgentOptions {
  /** The destination of the records. */
  readonly exporter: OtelExporter;

  /**
   * More places where the same records go.
   *
   * @default - records go to `exporter` alone
   */
  readonly moreExporters?: OtelExporter[];

  /**
   * Takes logs, traces and metrics from the other containers of the pod as well. `{}` takes them at the usual ports.
   *
   * @default - it reads log files alone
   */
  readonly otlp?: OtelReceiverOptions;
}

/**
 * An OpenTelemetry Collector beside the main container, which ships the log files that other containers write and, with
 * `otlp`, what they send to it on localhost.
 *
 * It reads each file from its head through a read-only mount, keeps its positions and its unsent records on a volume of its
 * own, tries forever, and is stopped after the main container. Delivery is at least once: a record may arrive twice after a
 * restart. Where a receiver stays away for longer than `bufferLimit` lasts, the collector stops reading, so that lines are
 * lost only with the rotated files, or with the pod. When the pod stops it sends what it has read, and it looks for lines
 * every 50 ms until then; what it holds back for a receiver that is away is lost. Its liveness does not depend on any
 * receiver, and it never keeps the pod out of its Services. In the pod of a Job it reads on for five seconds after
 * the Job (`catchUp`).
 *
 * A line is the body of a record, the fields that a `format` finds in it are its attributes, and pod, namespace, node and
 * container are attributes of its resource. Expressions are those of Go, without look-around. Stack traces of Java and Ruby
 * are joined; for others say with `Multiline.startingWith` how a record begins.
 *
 * The container is `log-agent`, with UID 10001, port 13133 for health, and requests 50m CPU and 256Mi memory: the contrib
 * distribution is one program with some hundred components. The image has no `sleep`, so a classic sidecar takes
 * `PreStopSleep.ACTION`.
 *
 * @see https://opentelemetry.io/docs/collector/
 */
export class OtelCollector extends LogAgent {
  private readonly exporters: OtelExporter[];
  private readonly otlp?: OtlpPorts & Pick<OtelReceiverOptions, 'variables'>;
  private readonly endpoints: PerPod<Endpoint>;

  public constructor(props: OtelCollectorProps) {
    const own = readProps('OtelCollectorProps', props, 'OtelCollector');
    super('OtelCollector', own);
    this.exporters = [own.exporter, ...(own.moreExporters ?? [])];
    const { grpcPort = 4317, httpPort = 4318, variables } = own.otlp ?? {};
    this.otlp = own.otlp && { grpcPort, httpPort, variables };
    this.endpoints = new PerPod(`log agent "${this.name}"`);
    this._environment = this._mergeEnvironment({
      ...toMemoryLimit(own.resources),
      ...toSecretEnvironment('OtelCollector', this.destinations),
    });
  }

  /**
   * The endpoint at which it takes OTLP over HTTP in a pod that it was added to.
   *
   * @throws where it was not added to this pod, or takes no OTLP
   */
  public endpoint(pod: MultiContainerPod): Endpoint {
    if (!this.otlp) {
      throw createError(pod.workload, `log agent "${this.name}" takes no OTLP; pass \`otlp\``);
    }
    return this.endpoints.find(pod);
  }

  /** @internal */
  protected readonly _software = SOFTWARE;

  /** @internal */
  protected readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /** @internal */
  protected get _args(): string[] {
    return ['--config', this._configPath];
  }

  /** @internal */
  protected override get _sendsAway(): boolean {
    return hasRemoteOutput(this.exporters.map(({ type }) => type));
  }

  /**
   * The database fills pages, and keeps those of what was sent until it is compacted.
   *
   * @internal
   */
  protected get _heldMebibytes(): number {
    return 2 * this._bufferMebibytes * this.exporters.filter(({ _onDisk }) => _onDisk).length;
  }

  /**
   * Claims the ports for OTLP and tells the other containers of them.
   *
   * @internal
   */
  protected _addParts(pod: MultiContainerPod): void {
    const { otlp } = this;
    if (!otlp) {
      return;
    }
    const claim = (port: number) => pod.network.claim({ container: this.name, port, loopback: true });
    claim(otlp.grpcPort);
    const endpoint = claim(otlp.httpPort);
    this.endpoints.set(pod, endpoint);
    pod.network._needs.tolerate(endpoint); // what reports to it works without it
    pod.addEndpointEnv(endpoint, otlp.variables ?? { url: 'OTEL_EXPORTER_OTLP_ENDPOINT' });
    if (!otlp.variables) {
      pod.addEnv(pod.main.name, 'OTEL_EXPORTER_OTLP_PROTOCOL', kplus.EnvValue.fromValue('http/protobuf'));
    }
  }

  /** @internal */
  protected _validateLogs(logs: LogFiles): string[] {
    const { multiline } = logs;
    const takesLogs = this.exporters.some(({ _signals }) => _signals.includes(OtelSignal.LOGS));
    return [
      ...(takesLogs ? [] : ['none of its exporters takes logs; add one that does']),
      ...(multiline && !canJoinLines(multiline)
        ? [
            `the collector cannot tell where a stack trace of "${multiline.type}" ends; say with \`Multiline.startingWith\` how a record begins`,
          ]
        : []),
      ...validateExpressions('the collector', logs),
    ];
  }

  /** @internal */
  protected get _hasOtherInput(): boolean {
    return this.otlp !== undefined;
  }

  /** @internal */
  protected _render(config: AgentConfig): string {
    const settings = listSettingsWithReferences(this.destinations, (variable) => `\${env:${variable}}`);
    const exporters = this.exporters.map(({ type, _signals, _onDisk }, index) => ({
      type,
      settings: settings[index]!,
      signals: _signals,
      onDisk: _onDisk,
    }));
    return renderOtelCollector({ ...config, otlp: this.otlp, exporters });
  }

  private get destinations() {
    return this.exporters.map(({ _destination }) => _destination);
  }
}

/** The Go runtime does not see the limit of its container. */
function toMemoryLimit(resources?: kplus.ContainerResources): { [name: string]: kplus.EnvValue } {
  const limit = resources ? resources.memory?.limit : Size.mebibytes(MEMORY);
  return limit
    ? { GOMEMLIMIT: kplus.EnvValue.fromValue(`${Math.floor(toWholeMebibytes(limit) * SOFT_MEMORY_LIMIT)}MiB`) }
    : {};
}
