import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { LogFiles } from '../../../pod/logs/log-files';
import { toWholeSeconds } from '../../../private/durations';
import { readProps } from '../../../private/read-props';
import { ALLOY } from '../../../software/images';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { AgentConfig } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { type LokiEndpoint, renderAlloy, validateAlloyLogs } from './config';
import type { AlloyOutput } from './output';

const SOFTWARE: AgentSoftware = {
  image: ALLOY,
  hasSleep: true,
  memoryMebibytes: 192,
  livenessPath: '/-/ready',
  startSeconds: 10,
  catchUp: Duration.seconds(10),
  configDirectory: '/etc/alloy-config',
  configFile: 'config.alloy',
  stateDirectory: '/var/lib/alloy/data',
};

/** Settings of Alloy. An `image` of your own is a build of Alloy 1.18 or later. */
export interface AlloyProps extends LogAgentOptions {
  /** The destination of the lines. */
  readonly output: AlloyOutput;

  /**
   * More places where the same lines go. All wait for one that is away.
   *
   * @default - lines go to `output` alone
   */
  readonly moreOutputs?: AlloyOutput[];
}

/**
 * A Grafana Alloy beside the main container, which sends the files that other containers write to Loki.
 *
 * It reads each file from its head through a read-only mount and keeps its position on a volume of its own. Lines are sent
 * as they are, with the labels `namespace`, `pod`, `node`, `container` and `filename`: Loki takes them apart when it is
 * asked. A `LogFormat` gives a line its time, and `Multiline` joins lines by their first one; stack traces of a language,
 * and expressions that Go does not know, are refused.
 *
 * Alloy promises less than other agents. Its position moves when a line is read, not when it is delivered: what it holds
 * in memory, up to 10 MiB for each output, is lost where it is killed, and sent twice where it is killed soon after. It
 * tries forever, and while a receiver is away it stops reading, so the log files are its buffer; lines are lost with the
 * rotated files that it has not read. `bufferLimit` only sizes the volume: the log on disk that Alloy could keep is
 * experimental. On SIGTERM it reads no more, so that what was written in the last 100 milliseconds is lost, and delivers
 * what it holds, for at most 15 seconds, and `flush` where that is less. Lines that Loki refuses for good are dropped.
 *
 * In the pod of a Job it reads on for ten seconds after the Job (`catchUp`), because it takes some of them to start.
 *
 * The container is `log-agent`, with UID 473, port 12345 for health and metrics (`/-/ready`, `/metrics`), and requests
 * 50m CPU and 192Mi memory, because the program alone takes more than 100Mi. It reports no usage to Grafana.
 *
 * @see https://grafana.com/docs/alloy/latest/
 */
export class Alloy extends LogAgent {
  private readonly outputs: AlloyOutput[];

  public constructor(props: AlloyProps) {
    const own = readProps('AlloyProps', props, 'Alloy');
    super('Alloy', own);
    this.outputs = [own.output, ...(own.moreOutputs ?? [])];
    this._environment = this._mergeEnvironment(toSecretEnvironment('Alloy', this.destinations));
  }

  /** @internal */
  protected readonly _software = SOFTWARE;

  /** @internal */
  protected readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /** @internal */
  protected get _args(): string[] {
    return [
      'run',
      `--server.http.listen-addr=0.0.0.0:${this._port}`,
      '--server.http.enable-pprof=false',
      `--storage.path=${SOFTWARE.stateDirectory}`,
      '--disable-reporting',
      '--server.http.disable-support-bundle',
      `--feature.component-shutdown-deadline=${toWholeSeconds(this._flush)}s`,
      this._configPath,
    ];
  }

  /** @internal */
  protected get _heldMebibytes(): number {
    return this._bufferMebibytes;
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string[] {
    return validateAlloyLogs(format, multiline);
  }

  /** @internal */
  protected _render({ sources }: AgentConfig): string {
    const endpoints = listSettingsWithReferences(this.destinations, (variable) => variable);
    return renderAlloy({ sources, endpoints: endpoints as object[] as LokiEndpoint[] });
  }

  private get destinations() {
    return this.outputs.map(({ _destination }) => _destination);
  }
}
