import { Duration, Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { LogFiles } from '../../../pod/logs/log-files';
import { LogRotationMethod } from '../../../pod/logs/log-rotation';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { copyData } from '../../../private/copies';
import { toWholeSeconds } from '../../../private/durations';
import { createError } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { toWholeMebibytes } from '../../../private/sizes';
import { FILEBEAT } from '../../../software/images';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { buildPodIdentity } from '../../kit/pod-identity';
import { copySettings } from '../../kit/settings';
import { renderFilebeat, type Source, validateFilebeatLogs } from './config';
import type { FilebeatOutput } from './output';

const CONFIG_DIRECTORY = '/usr/share/filebeat/config';
const CONFIG_FILE = 'filebeat.yml';
const STATE_DIRECTORY = '/usr/share/filebeat/state';

/** It starts within a second or two, and looks for new files each second. */
const CATCH_UP = Duration.seconds(5);

/** Room on the state volume for the positions in the log files. */
const POSITIONS = Size.mebibytes(32);

/** The least that Filebeat takes for its queue on disk. */
const MIN_DISK_QUEUE = 10;

/** Files that are compressed, which Filebeat would read as text. */
const ARCHIVE = /\.(gz|zip|zst|bz2|xz)$/;

/** Settings of Filebeat. An `image` of your own is a build of Filebeat 9. */
export interface FilebeatProps extends LogAgentOptions {
  /** The destination of the events. */
  readonly output: FilebeatOutput;

  /**
   * The processing of all events on their way: processors by the names of their documentation, such as
   * `{ drop_event: { when: { equals: { 'parsed.level': 'debug' } } } }`. Credentials are refused.
   *
   * @see https://www.elastic.co/docs/reference/beats/filebeat/filtering-enhancing-data
   * @default - events pass unchanged
   */
  readonly processors?: { readonly [name: string]: any }[];

  /**
   * Field below which the fields of a `LogFormat` are put; "" puts them beside those of Filebeat itself, such as `host` and
   * `agent`, which then win.
   *
   * @default "parsed"
   */
  readonly formatField?: string;

  /**
   * Whether it holds back up to `bufferLimit` on disk while the receiver is away. Filebeat does not deliver when it stops
   * what stands on disk: it is lost with the pod. Without this, the log files themselves are the buffer, and Filebeat goes
   * on delivering for as long as `flush` allows.
   *
   * @default false
   */
  readonly diskQueue?: boolean;
}

/**
 * A Filebeat beside the main container, which ships the files that other containers write.
 *
 * It reads each file from its head through a read-only mount, the rotated ones included, whose names end in a number, and
 * tries forever. Its position moves when the receiver has acknowledged, so delivery is at least once. While the receiver
 * is away the log files are its buffer: those that rotation deletes are held open for five minutes, and what was not read
 * of them by then is lost, as is what was not read of a file that is truncated. When the pod stops it reads the files to
 * their end and delivers for as long as `flush` allows. Events that the receiver rejects for good are dropped. In the
 * pod of a Job it reads on for five seconds after the Job (`catchUp`).
 *
 * An event has the line in `message`, the fields of a `LogFormat` below `parsed`, and the pod below `kubernetes`. Regular
 * expressions run as JavaScript, and those of a first line as Go's: what these do not know is refused.
 *
 * The container is `log-agent`, with UID 1000, port 5066 for health and metrics (`/stats`), and requests 50m CPU and 200Mi
 * memory, which is what Elastic's own manifests allow it.
 *
 * @see https://www.elastic.co/docs/reference/beats/filebeat
 */
export class Filebeat extends LogAgent {
  private readonly props: FilebeatProps;

  public constructor(props: FilebeatProps) {
    super('Filebeat', { ...props, catchUp: props.catchUp ?? CATCH_UP });
    this.props = copyData(props);
    if (props.diskQueue && this._bufferMebibytes < MIN_DISK_QUEUE) {
      throw createError(
        'Filebeat',
        `\`bufferLimit\` of "${this.name}" is ${this._bufferMebibytes} MiB, less than the ${MIN_DISK_QUEUE} MiB that its disk queue takes; pass more`,
      );
    }
    const remedy = "refer to a variable of the agent's environment, as in `${TOKEN}`";
    copySettings({ source: 'Filebeat', noun: 'processor setting', remedy }, { ...this.props.processors });
    this.buildEnvironment();
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    pod.addSidecar(this.buildContainer());
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: Size.mebibytes(this._bufferMebibytes + toWholeMebibytes(POSITIONS)),
    });
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(pod, sources()) });
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string | undefined {
    return validateFilebeatLogs(format, multiline);
  }

  private buildContainer(): SidecarProps {
    return {
      ...toCompanionContainer(this.props, { name: this.name, image: FILEBEAT, cpuMillis: 50, memoryMebibytes: 200 }),
      // A file of a ConfigMap belongs to root, which Filebeat otherwise refuses
      args: ['-c', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`, '--strict.perms=false'],
      envVariables: this.buildEnvironment(),
      ...this._toSidecarProps({ port: this.port, livenessPath: '/', startSeconds: 10, hasSleep: true }),
    };
  }

  private renderConfig(pod: MultiContainerPod, sources: readonly LogSource[]): string {
    const { output, processors = [], formatField = 'parsed', diskQueue } = this.props;
    const [settings] = listSettingsWithReferences([output._destination], (variable) => `\${${variable}}`);
    return renderFilebeat({
      port: this.port,
      flushSeconds: toWholeSeconds(this._flush),
      stateDirectory: STATE_DIRECTORY,
      diskQueueMebibytes: diskQueue ? this._bufferMebibytes : undefined,
      formatField,
      sources: sources.map((source) => toFilebeatSource(pod, source)),
      processors,
      output: { type: output.name, settings: settings! },
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    const own = { ...buildPodIdentity(), ...toSecretEnvironment('Filebeat', [this.props.output._destination]) };
    return mergeEnvironment('Filebeat', this.name, own, this.props.envVariables);
  }

  private get port(): number {
    return this.props.port ?? FILEBEAT.port!;
  }
}

/**
 * Renamed files are read on, so that none of their lines is lost where Filebeat was behind; but a copy of a file would be
 * shipped twice.
 */
function toFilebeatSource(pod: MultiContainerPod, { files, container, path, id, rotatedPaths }: LogSource): Source {
  const copies = pod.logs.rotationOf(files)?.method === LogRotationMethod.COPY_TRUNCATE;
  const paths = copies ? [path] : [path, `${path}.[0-9]`, `${path}.[0-9][0-9]`];
  const excludedPaths = rotatedPaths.filter((rotated) => ARCHIVE.test(rotated));
  const { format, multiline } = files;
  return { container, paths, id, excludedPaths, format, multiline };
}
