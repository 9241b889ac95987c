import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { LogFiles } from '../../../pod/logs/log-files';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { VECTOR, VECTOR_ALPINE } from '../../../software/images';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import { type AgentConfig, validateExpressions } from '../../kit/log-source';
import { hasRemoteOutput } from '../../kit/remote';
import { mountSecret } from '../../kit/secret-files';
import { renderVector, toBufferBytes } from './config';
import { type MountedSecret, toMountedSecrets, toSinkOptions } from './secrets';
import type { VectorSink } from './sink';
import type { VectorTransform } from './transform';

/** The least that a disk buffer holds, and the size of its files, in MiB. */
const LEAST_BUFFER = 256;
const DATA_FILE = 128;

const SOFTWARE: AgentSoftware = {
  image: VECTOR,
  classicImage: VECTOR_ALPINE,
  hasSleep: true,
  memoryMebibytes: 128,
  livenessPath: '/health',
  catchUp: Duration.seconds(5),
  configDirectory: '/etc/vector',
  configFile: 'vector.yaml',
  stateDirectory: '/var/lib/vector',
};

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
  private readonly sinks: VectorSink[];
  private readonly transforms: VectorTransform[];
  private readonly secrets: MountedSecret[];

  public constructor(props: VectorProps) {
    const own = readProps('VectorProps', props, 'Vector');
    super('Vector', { ...own, bufferLimit: own.bufferLimit ?? Size.mebibytes(LEAST_BUFFER) });
    this.sinks = [own.sink, ...(own.moreSinks ?? [])];
    this.transforms = own.transforms ?? [];
    this.secrets = toMountedSecrets(this.sinks.map(({ _destination }) => _destination));
    const limit = kplus.EnvValue.fromValue(String(toWholeSeconds(this._flush)));
    this._environment = this._mergeEnvironment({ VECTOR_GRACEFUL_SHUTDOWN_LIMIT_SECS: limit });
    throwFirst('Vector', this.buffers > 0 ? this.validateBuffer() : []);
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
    return hasRemoteOutput(this.sinks.map(({ type }) => type));
  }

  /**
   * Vector fills whole data files.
   *
   * @internal
   */
  protected get _heldMebibytes(): number {
    const files = Math.ceil(toBufferBytes(this._bufferMebibytes) / 2 ** 20 / DATA_FILE);
    return this.buffers * files * DATA_FILE;
  }

  /** @internal */
  protected _addParts(pod: MultiContainerPod): void {
    for (const { secret, directory, files } of this.secrets) {
      mountSecret(pod, [this.name], { secret, directory, name: [this.name, secret.name], files });
    }
  }

  /** @internal */
  protected _validateLogs(logs: LogFiles): string[] {
    return validateExpressions('Vector', logs);
  }

  /** @internal */
  protected _render(config: AgentConfig): string {
    return renderVector({
      ...config,
      transforms: this.transforms.map(({ type, _options }) => ({ type, options: _options })),
      sinks: this.sinks.map(({ type, _onDisk, _destination }) => ({
        type,
        options: toSinkOptions(_destination, this.secrets),
        onDisk: _onDisk,
      })),
      secrets: this.secrets.map(({ backend, directory }) => ({ backend, directory })),
    });
  }

  private get buffers(): number {
    return this.sinks.filter(({ _onDisk }) => _onDisk).length;
  }

  private validateBuffer(): string[] {
    return this._bufferMebibytes < LEAST_BUFFER
      ? [
          `\`bufferLimit\` of "${this.name}" is ${this._bufferMebibytes} MiB, and Vector keeps no buffer of less than ${LEAST_BUFFER} MiB on disk; pass at least that`,
        ]
      : [];
  }
}
