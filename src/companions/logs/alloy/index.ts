import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { LogFiles } from '../../../pod/logs/log-files';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { copyData } from '../../../private/copies';
import { toWholeSeconds } from '../../../private/durations';
import { toDnsLabel } from '../../../private/names';
import { toWholeMebibytes } from '../../../private/sizes';
import { ALLOY } from '../../../software/images';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import type { Destination } from '../../kit/destination';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { buildPodIdentity } from '../../kit/pod-identity';
import { type LokiEndpoint, renderAlloy, type Source, validateAlloyLogs } from './config';
import type { AlloyOutput } from './output';

const CONFIG_DIRECTORY = '/etc/alloy-config';
const CONFIG_FILE = 'config.alloy';
const STATE_DIRECTORY = '/var/lib/alloy/data';

/** Room on the state volume for the positions in the log files. */
const POSITIONS = Size.mebibytes(32);

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
  private readonly props: AlloyProps;
  private readonly outputs: AlloyOutput[];

  public constructor(props: AlloyProps) {
    super('Alloy', props);
    this.props = copyData(props);
    this.outputs = [props.output, ...(props.moreOutputs ?? [])];
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
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(sources()) });
  }

  /** @internal */
  protected _validateLogs({ format, multiline }: LogFiles): string | undefined {
    return validateAlloyLogs(format, multiline);
  }

  private buildContainer(): SidecarProps {
    const { port } = this;
    return {
      ...toCompanionContainer(this.props, { name: this.name, image: ALLOY, cpuMillis: 50, memoryMebibytes: 192 }),
      args: [
        'run',
        `--server.http.listen-addr=0.0.0.0:${port}`,
        '--server.http.enable-pprof=false',
        `--storage.path=${STATE_DIRECTORY}`,
        '--disable-reporting',
        '--disable-support-bundle',
        `--feature.component-shutdown-deadline=${toWholeSeconds(this._flush)}s`,
        `${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
      ],
      envVariables: this.buildEnvironment(),
      ...this._toSidecarProps({ port: this.port, livenessPath: '/-/ready', startSeconds: 10, hasSleep: true }),
    };
  }

  private renderConfig(sources: readonly LogSource[]): string {
    return renderAlloy({
      sources: sources.map(toAlloySource),
      endpoints: listSettingsWithReferences(this.destinations, String) as object[] as LokiEndpoint[],
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    const own = { ...buildPodIdentity(), ...toSecretEnvironment('Alloy', this.destinations) };
    return mergeEnvironment('Alloy', this.name, own, this.props.envVariables);
  }

  private get destinations(): Destination[] {
    return this.outputs.map(({ _destination }) => _destination);
  }

  private get port(): number {
    return this.props.port ?? ALLOY.port!;
  }
}

function toAlloySource({ files, container, path, id, rotatedPaths }: LogSource): Source {
  const { format, multiline } = files;
  return { container, path, id, rotatedPaths, format, multiline };
}
