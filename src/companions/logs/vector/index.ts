import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import { SidecarMode } from '../../../pod/lifecycle/pod-lifecycle';
import type { LogFiles } from '../../../pod/logs/log-files';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { copyData } from '../../../private/copies';
import { toWholeSeconds } from '../../../private/durations';
import { createError } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { findBacktracking } from '../../../software/expressions';
import { VECTOR, VECTOR_ALPINE } from '../../../software/images';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { buildPodIdentity } from '../../kit/pod-identity';
import { mountSecret } from '../../kit/secret-files';
import { renderVector, toBufferBytes } from './config';
import { type MountedSecret, toMountedSecrets, toSinkOptions } from './secrets';
import type { VectorSink } from './sink';
import type { VectorTransform } from './transform';

const CONFIG_DIRECTORY = '/etc/vector';
const CONFIG_FILE = 'vector.yaml';
const STATE_DIRECTORY = '/var/lib/vector';

/** The least that a disk buffer holds, and the size of its files, in MiB. */
const LEAST_BUFFER = 256;
const DATA_FILE = 128;

/** It starts within a second, and looks for new files each second. */
const CATCH_UP = Duration.seconds(5);

/** Room on the state volume for the positions in the log files, in MiB. */
const POSITIONS = 32;

/** Settings of Vector. An `image` of your own is a build of Vector 0.57 or later. */
export interface VectorProps extends LogAgentOptions {
  /** The destination of the records. */
  readonly sink: VectorSink;

  /**
   * More places where the same records go.
   *
   * @default - records go to `sink` alone
   */
  readonly moreSinks?: VectorSink[];

  /**
   * The transforms that the records pass on their way, one after another.
   *
   * @default - records pass unchanged
   */
  readonly transforms?: VectorTransform[];
}

/**
 * A Vector beside the main container, which ships the files that other containers write.
 *
 * It reads each file from its head through a read-only mount, keeps its position and its unsent records on a volume of its
 * own, tries forever, and is stopped after the main container. Delivery is at least once: a position counts as read when
 * each sink has the records, on disk or at the receiver. Where a receiver stays away for longer than `bufferLimit` lasts,
 * Vector stops reading, so that records are lost only with the rotated files, or with the pod. Its liveness does not depend
 * on any receiver, and it never keeps the pod out of its Services. In the pod of a Job it reads on for five
 * seconds after the Job (`catchUp`).
 *
 * A line is in the field `message`, as everywhere in Vector; a `format` puts its fields in place of that. Vector knows a
 * file by its first line: where two files of one pattern begin with the same line, such as a header, it reads one of them.
 * Expressions are those of the Rust crate `regex`, without look-around.
 *
 * The container is `log-agent`, with UID 10001, port 8686 for health, and requests 50m CPU and 128Mi memory. `bufferLimit`
 * is 256 MiB unless given, which is the least that Vector takes. As a classic sidecar it runs the Alpine variant of the
 * image, which has the `sleep` that lets it outlive the main container.
 *
 * @see https://vector.dev/docs/
 */
export class Vector extends LogAgent {
  private readonly props: VectorProps;
  private readonly sinks: VectorSink[];
  private readonly transforms: VectorTransform[];
  private readonly secrets: MountedSecret[];

  public constructor(props: VectorProps) {
    super('Vector', {
      ...props,
      bufferLimit: props.bufferLimit ?? Size.mebibytes(LEAST_BUFFER),
      catchUp: props.catchUp ?? CATCH_UP,
    });
    this.props = copyData(props);
    this.sinks = [props.sink, ...(props.moreSinks ?? [])];
    this.transforms = [...(props.transforms ?? [])];
    this.secrets = toMountedSecrets(this.sinks.map(({ _destination }) => _destination));
    this.buildEnvironment();
    if (this.buffers > 0 && this._bufferMebibytes < LEAST_BUFFER) {
      throw createError(
        'Vector',
        `\`bufferLimit\` of "${this.name}" is ${this._bufferMebibytes} MiB, and Vector keeps no buffer of less than ${LEAST_BUFFER} MiB on disk; pass at least that`,
      );
    }
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    pod.addSidecar(this.buildContainer(pod.lifecycle.sidecarMode));
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: this.stateLimit,
    });
    for (const { secret, directory, files } of this.secrets) {
      mountSecret(pod, [this.name], { secret, directory, name: [this.name, secret.name], files });
    }
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(pod, sources()) });
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string | undefined {
    const expressions = [format?.expression, multiline?.firstLine].filter((text) => text !== undefined);
    const [part] = expressions.flatMap((text) => findBacktracking(text) ?? []);
    return part && `Vector has no "${part}" in its regular expressions; write the expression without it`;
  }

  private buildContainer(podMode: SidecarMode): SidecarProps {
    const { mode } = this.props;
    const classic = (mode ?? podMode) === SidecarMode.CLASSIC;
    return {
      ...toCompanionContainer(this.props, {
        name: this.name,
        image: classic ? VECTOR_ALPINE : VECTOR,
        cpuMillis: 50,
        memoryMebibytes: 128,
      }),
      args: ['--config', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
      envVariables: this.buildEnvironment(),
      ...this._toSidecarProps({ port: this.port, livenessPath: '/health', hasSleep: true }),
    };
  }

  private renderConfig(pod: MultiContainerPod, sources: readonly LogSource[]): string {
    return renderVector({
      port: this.port,
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: this._bufferMebibytes,
      sources: sources.map((source) => ({ ...source, rotatedFiles: pod.logs.rotationOf(source.files)?.rotatedFiles })),
      transforms: this.transforms.map(({ type, _options: options }) => ({ type, options })),
      sinks: this.sinks.map((sink) => ({
        type: sink.type,
        options: toSinkOptions(sink._destination, this.secrets),
        onDisk: sink._onDisk,
      })),
      secrets: this.secrets.map(({ backend, directory }) => ({ backend, directory })),
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    const limit = kplus.EnvValue.fromValue(String(toWholeSeconds(this._flush)));
    const own = { ...buildPodIdentity(), VECTOR_GRACEFUL_SHUTDOWN_LIMIT_SECS: limit };
    return mergeEnvironment('Vector', this.name, own, this.props.envVariables);
  }

  private get port(): number {
    return this.props.port ?? VECTOR.port!;
  }

  private get buffers(): number {
    return this.sinks.filter(({ _onDisk }) => _onDisk).length;
  }

  /** Vector fills whole data files. */
  private get stateLimit(): Size {
    const files = Math.ceil(toBufferBytes(this._bufferMebibytes) / 2 ** 20 / DATA_FILE);
    return Size.mebibytes(this.buffers * files * DATA_FILE + POSITIONS);
  }
}
