import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import { SidecarMode } from '../../../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { copyData } from '../../../private/copies';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { toWholeMebibytes } from '../../../private/sizes';
import { FLUENT_BIT, FLUENT_BIT_DEBUG } from '../../../software/images';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import type { Destination, Secrets } from '../../kit/destination';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { buildPodIdentity } from '../../kit/pod-identity';
import { renderFluentBit, type Source } from './config';
import type { FluentBitFilter } from './filter';
import type { FluentBitOutput } from './output';

const CONFIG_DIRECTORY = '/fluent-bit/config';
const CONFIG_FILE = 'fluent-bit.yaml';
const STATE_DIRECTORY = '/fluent-bit/state';

/** The interval of looks for new files, in seconds: a pod that ends by itself may do so soon after it made one. */
const REFRESH_SECONDS = 5;
const REFRESH_SECONDS_OF_A_JOB = 1;

/** The time that it reads on after a Job: a look for new files, and time to read them. */
const CATCH_UP = Duration.seconds(REFRESH_SECONDS_OF_A_JOB + 2);

/** Room on the state volume for the positions in the log files. */
const POSITIONS = Size.mebibytes(32);

/** Settings of Fluent Bit. An `image` of your own is a build of Fluent Bit 5.1 or later. */
export interface FluentBitProps extends LogAgentOptions {
  /** The destination of the records. */
  readonly output: FluentBitOutput;

  /**
   * More places where the same records go.
   *
   * @default - records go to `output` alone
   */
  readonly moreOutputs?: FluentBitOutput[];

  /**
   * The filters that the records pass on their way.
   *
   * @default - records pass unchanged
   */
  readonly filters?: FluentBitFilter[];
}

/**
 * A Fluent Bit beside the main container, which ships the files that other containers write.
 *
 * It reads each file from its head through a read-only mount, keeps its position and its unsent records on a volume of
 * its own, tries forever, and is stopped after the main container. Delivery is at least once: a record may arrive twice
 * after a restart of the agent. Records are lost where a receiver stays away for longer than `bufferLimit` and the
 * rotated files last, and where the pod ends before the agent could deliver. In the pod of a Job it looks for new files
 * each second and reads on for three seconds after the Job (`catchUp`). Its liveness does not depend on any
 * receiver, and it never keeps the pod out of its Services.
 *
 * The container is `log-agent`, with UID 10001, port 2020 for health and Prometheus metrics (`/api/v2/metrics/prometheus`),
 * and requests 50m CPU and 128Mi memory. As a classic sidecar it runs the debug variant of the image, which has the `sleep`
 * that lets it outlive the main container.
 *
 * @see https://docs.fluentbit.io/manual
 */
export class FluentBit extends LogAgent {
  private readonly props: FluentBitProps;
  private readonly outputs: FluentBitOutput[];
  private readonly filters: FluentBitFilter[];
  private readonly environment: { [name: string]: kplus.EnvValue };

  public constructor(props: FluentBitProps) {
    super('FluentBit', { ...props, catchUp: props.catchUp ?? CATCH_UP });
    this.props = copyData(props);
    this.outputs = [props.output, ...(props.moreOutputs ?? [])];
    this.filters = [...(props.filters ?? [])];
    this.environment = this.buildEnvironment();
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    pod.addSidecar(this.buildContainer(pod.lifecycle.sidecarMode));
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: this.stateLimit,
    });
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(sources(), pod.lifecycle.endsByItself) });
  }

  private buildContainer(podMode: SidecarMode): SidecarProps {
    const { mode } = this.props;
    const classic = (mode ?? podMode) === SidecarMode.CLASSIC;
    return {
      ...toCompanionContainer(this.props, {
        name: this.name,
        image: classic ? FLUENT_BIT_DEBUG : FLUENT_BIT,
        cpuMillis: 50,
        memoryMebibytes: 128,
      }),
      command: ['/fluent-bit/bin/fluent-bit'],
      args: ['-c', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
      envVariables: this.environment,
      ...this._toSidecarProps({ port: this.port, livenessPath: '/api/v1/uptime', hasSleep: true }),
    };
  }

  private renderConfig(sources: readonly LogSource[], isJob: boolean): string {
    const properties = listSettingsWithReferences(this.destinations, (variable) => `\${${variable}}`);
    return renderFluentBit({
      refreshSeconds: isJob ? REFRESH_SECONDS_OF_A_JOB : REFRESH_SECONDS,
      port: this.port,
      graceSeconds: toWholeSeconds(this._flush),
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: this._bufferMebibytes,
      sources: sources.map(toFluentBitSource),
      filters: this.filters.map(({ name, _properties: properties }) => ({ name, properties })),
      outputs: this.outputs.map(({ name }, index) => ({ name, properties: properties[index]! })),
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    throwFirst('FluentBit', validateAwsKeys(this.name, this.outputs));
    const keys = Object.assign({}, ...this.outputs.map(({ _environment }) => _environment)) as Secrets;
    const own = {
      ...buildPodIdentity(),
      ...toSecretEnvironment('FluentBit', this.destinations),
      ...Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, kplus.EnvValue.fromSecretValue(value)])),
    };
    return mergeEnvironment('FluentBit', this.name, own, this.props.envVariables);
  }

  private get destinations(): Destination[] {
    return this.outputs.map(({ _destination }) => _destination);
  }

  private get port(): number {
    return this.props.port ?? FLUENT_BIT.port!;
  }

  private get stateLimit(): Size {
    return Size.mebibytes(this._bufferMebibytes * this.outputs.length + toWholeMebibytes(POSITIONS));
  }
}

/** All outputs share one environment: the keys that one of them finds there, the others find too. */
function validateAwsKeys(name: string, outputs: readonly FluentBitOutput[]): string[] {
  const found = outputs.filter((output) => output.name === 's3').map(({ _environment }) => _environment);
  const clash = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].find(
    (variable) => new Set(found.map(({ [variable]: value }) => value && `${value.secret.name}/${value.key}`)).size > 1,
  );
  return clash
    ? [
        `outputs of "${name}" need different values of the environment variable "${clash}"; give each of them an agent of its own`,
      ]
    : [];
}

function toFluentBitSource({ files, container, path, id, rotatedPaths }: LogSource): Source {
  const { format, multiline } = files;
  return { container, path, tag: id, excludePath: rotatedPaths.join() || undefined, format, multiline };
}
