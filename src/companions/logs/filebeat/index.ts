import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { LogFiles } from '../../../pod/logs/log-files';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { FILEBEAT } from '../../../software/images';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { AgentConfig } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { hasRemoteOutput } from '../../kit/remote';
import { copySettings } from '../../kit/settings';
import { renderFilebeat, validateFilebeatLogs } from './config';
import type { FilebeatOutput } from './output';

const SOFTWARE: AgentSoftware = {
  image: FILEBEAT,
  hasSleep: true,
  memoryMebibytes: 200,
  livenessPath: '/',
  startSeconds: 10,
  catchUp: Duration.seconds(5),
  configDirectory: '/usr/share/filebeat/config',
  configFile: 'filebeat.yml',
  stateDirectory: '/usr/share/filebeat/state',
};

/** The least that Filebeat takes for its queue on disk. */
const MIN_DISK_QUEUE = 10;

const PROCESSORS = {
  source: 'Filebeat',
  noun: 'processor setting',
  remedy: "refer to a variable of the agent's environment, as in `${TOKEN}`",
};

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
  private readonly processors: object[];

  public constructor(props: FilebeatProps) {
    const own = readProps('FilebeatProps', props, 'Filebeat');
    super('Filebeat', own);
    this.props = own;
    throwFirst('Filebeat', own.diskQueue ? this.validateDiskQueue() : []);
    this.processors = Object.values(copySettings(PROCESSORS, { ...own.processors })) as object[];
    this._environment = this._mergeEnvironment(toSecretEnvironment('Filebeat', [own.output._destination]));
  }

  /** @internal */
  protected readonly _software = SOFTWARE;

  /** @internal */
  protected readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /** @internal */
  protected get _args(): string[] {
    // A file of a ConfigMap belongs to root, which Filebeat otherwise refuses
    return ['-c', this._configPath, '--strict.perms=false'];
  }

  /** @internal */
  protected override get _sendsAway(): boolean {
    return hasRemoteOutput([this.props.output.name]);
  }

  /** @internal */
  protected get _heldMebibytes(): number {
    return this._bufferMebibytes;
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string[] {
    return validateFilebeatLogs(format, multiline);
  }

  /** @internal */
  protected _render(config: AgentConfig): string {
    const { output, formatField = 'parsed', diskQueue = false } = this.props;
    const [settings] = listSettingsWithReferences([output._destination], (variable) => `\${${variable}}`);
    return renderFilebeat({
      ...config,
      flushSeconds: toWholeSeconds(this._flush),
      diskQueue,
      formatField,
      processors: this.processors,
      output: { type: output.name, settings: settings! },
    });
  }

  private validateDiskQueue(): string[] {
    return this._bufferMebibytes < MIN_DISK_QUEUE
      ? [
          `\`bufferLimit\` of "${this.name}" is ${this._bufferMebibytes} MiB, less than the ${MIN_DISK_QUEUE} MiB that its disk queue takes; pass more`,
        ]
      : [];
  }
}
