import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { LogFiles } from '../../../pod/logs/log-files';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import type { Endpoint } from '../../../pod/network/endpoint';
import type { EndpointVariables } from '../../../pod/network/endpoint-variables';
import { copyData } from '../../../private/copies';
import { createError } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { toWholeMebibytes } from '../../../private/sizes';
import { OTEL_COLLECTOR } from '../../../software/images';
import { findBacktracking } from '../../../software/regular-expressions';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { toSecretEnvironment } from '../../kit/output-secrets';
import { buildPodIdentity } from '../../kit/pod-identity';
import { renderOtelCollector } from './config';
import { toSecretOutputs, toSettingsWithReferences } from './credentials';
import type { OtelExporter } from './exporter';
import { canJoinLines } from './operators';
import { OtelSignal } from './signal';

const CONFIG_DIRECTORY = '/etc/otelcol-contrib';
const CONFIG_FILE = 'config.yaml';
const STATE_DIRECTORY = '/var/lib/otelcol/file_storage';

/** The share of its memory that the collector may use before it gives some back, as its documentation recommends. */
const SOFT_MEMORY_LIMIT = 0.8;
const MEMORY = 256;

/** It starts within a second or two, and looks for new files all the time. */
const CATCH_UP = Duration.seconds(5);

/** Room on the state volume for the positions in the log files, in MiB. */
const POSITIONS = 32;

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

/** Settings of the collector. An `image` of your own is a build of the contrib distribution 0.159 or later. */
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
  private readonly props: OtelCollectorProps;
  private readonly exporters: OtelExporter[];
  private readonly endpoints = new Map<MultiContainerPod, Endpoint>();

  public constructor(props: OtelCollectorProps) {
    super('OtelCollector', { ...props, catchUp: props.catchUp ?? CATCH_UP });
    this.props = copyData(props);
    this.exporters = [props.exporter, ...(props.moreExporters ?? [])];
    this.buildEnvironment();
  }

  /**
   * The endpoint at which it takes OTLP over HTTP in a pod that it was added to.
   *
   * @throws where it was not added to this pod, or takes no OTLP
   */
  public endpoint(pod: MultiContainerPod): Endpoint {
    const endpoint = this.endpoints.get(pod);
    if (!endpoint) {
      throw createError(
        pod.workload,
        `log agent "${this.name}" takes no OTLP in this pod; pass \`otlp\`, and call \`pod.add\` with it first`,
      );
    }
    return endpoint;
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    pod.addSidecar(this.buildContainer());
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: this.stateLimit,
    });
    this.claimOtlpPorts(pod);
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(pod, sources()) });
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string | undefined {
    if (!this.exporters.some(({ _signals }) => _signals.includes(OtelSignal.LOGS))) {
      return 'none of its exporters takes logs; add one that does';
    }
    if (multiline && !canJoinLines(multiline)) {
      return `the collector cannot tell where a stack trace of "${multiline.kind}" ends; say with \`Multiline.startingWith\` how a record begins`;
    }
    const expressions = [format?.expression, multiline?.firstLine].filter((text) => text !== undefined);
    const [part] = expressions.flatMap((text) => findBacktracking(text) ?? []);
    return part && `the collector has no "${part}" in its regular expressions; write the expression without it`;
  }

  /** @internal */
  protected get _hasOtherInput(): boolean {
    return this.props.otlp !== undefined;
  }

  private buildContainer(): SidecarProps {
    return {
      ...toCompanionContainer(this.props, {
        name: this.name,
        image: OTEL_COLLECTOR,
        cpuMillis: 50,
        memoryMebibytes: MEMORY,
      }),
      args: ['--config', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
      envVariables: this.buildEnvironment(),
      ...this._toSidecarProps({ port: this.port, livenessPath: '/', hasSleep: false }),
    };
  }

  /** Claims the ports for OTLP and tells the other containers of them. */
  private claimOtlpPorts(pod: MultiContainerPod): void {
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

  private renderConfig(pod: MultiContainerPod, sources: readonly LogSource[]): string {
    return renderOtelCollector({
      port: this.port,
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: this._bufferMebibytes,
      sources: sources.map((source) => ({ ...source, rotatedFiles: pod.logs.rotationOf(source.files)?.rotatedFiles })),
      otlp: this.otlp,
      exporters: this.exporters.map((exporter, index) => ({
        type: exporter.type,
        settings: toSettingsWithReferences(this.exporters, index),
        signals: exporter._signals,
        onDisk: exporter._onDisk,
      })),
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    const secrets = toSecretEnvironment('OtelCollector', toSecretOutputs(this.exporters));
    const own = { ...buildPodIdentity(), ...this.memoryLimit, ...secrets };
    return mergeEnvironment('OtelCollector', this.name, own, this.props.envVariables);
  }

  /** The Go runtime does not see the limit of its container. */
  private get memoryLimit(): { [name: string]: kplus.EnvValue } {
    const { resources } = this.props;
    const limit = resources ? resources.memory?.limit : Size.mebibytes(MEMORY);
    return limit
      ? { GOMEMLIMIT: kplus.EnvValue.fromValue(`${Math.floor(toWholeMebibytes(limit) * SOFT_MEMORY_LIMIT)}MiB`) }
      : {};
  }

  private get otlp(): { grpcPort: number; httpPort: number; variables?: EndpointVariables } | undefined {
    const { otlp } = this.props;
    return otlp && { grpcPort: otlp.grpcPort ?? 4317, httpPort: otlp.httpPort ?? 4318, variables: otlp.variables };
  }

  private get port(): number {
    return this.props.port ?? OTEL_COLLECTOR.port!;
  }

  /** The database fills pages, and keeps those of what was sent until it is compacted. */
  private get stateLimit(): Size {
    const queues = this.exporters.filter(({ _onDisk }) => _onDisk).length;
    return Size.mebibytes(2 * this._bufferMebibytes * queues + POSITIONS);
  }
}
