import { Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { SidecarProps } from '../../../pod/containers/container-options';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { copyData } from '../../../private/copies';
import { createError } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { toWholeMebibytes } from '../../../private/sizes';
import { FLUENTD } from '../../../software/images';
import { mergeEnvironment, toCompanionContainer } from '../../kit/companion-options';
import type { Destination } from '../../kit/destination';
import { LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { LogSource } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { buildPodIdentity } from '../../kit/pod-identity';
import { renderFluentd, type Source } from './config';
import { type FluentdOutput, toItems } from './output';
import { Variable } from './syntax';

const CONFIG_DIRECTORY = '/fluentd/config';
const CONFIG_FILE = 'fluent.conf';
const STATE_DIRECTORY = '/fluentd/state';

/** Room on the state volume for the positions in the log files. */
const POSITIONS = Size.mebibytes(32);

/** The outputs that the base image has, without those that only pass records on to others. */
const BASE_OUTPUTS = ['exec', 'exec_filter', 'file', 'forward', 'http', 'null', 'stdout'];

/** Settings of Fluentd. An `image` of your own is a build of Fluentd 1.16 or later, with the plugins of its outputs. */
export interface FluentdProps extends LogAgentOptions {
  /** The destination of the records. */
  readonly output: FluentdOutput;

  /**
   * More places where the same records go. All wait for one that is full.
   *
   * @default - records go to `output` alone
   */
  readonly moreOutputs?: FluentdOutput[];
}

/**
 * A Fluentd beside the main container, which ships the files that other containers write.
 *
 * It reads each file from its head through a read-only mount, keeps its position and its unsent records on a volume of its
 * own and tries forever. Delivery is at least once: a record may arrive twice after a restart of the agent. Where a
 * receiver stays away until `bufferLimit` is reached, Fluentd stops reading, and records are lost with the rotated files
 * it has not read. When the pod stops it reads no more and tries once to deliver what it holds; what that try does not
 * deliver is lost with the pod. Records that a receiver refuses for good, and records whose time cannot be read, are
 * dropped with a message in its own log. Lines of a stack trace are joined by how they begin. In the pod of a Job it reads
 * on for ten seconds after the Job (`catchUp`): Ruby takes some of them to start.
 *
 * The container is `log-agent`, with UID 999, port 24220 for its health (`/api/plugins.json`), and requests 50m CPU and
 * 128Mi memory. It runs without the supervisor process, which in a container only costs memory. The base image has the
 * outputs exec, exec_filter, file, forward, http, null and stdout.
 *
 * @see https://docs.fluentd.org
 */
export class Fluentd extends LogAgent {
  private readonly props: FluentdProps;
  private readonly outputs: FluentdOutput[];

  public constructor(props: FluentdProps) {
    super('Fluentd', props);
    this.props = copyData(props);
    this.outputs = [props.output, ...(props.moreOutputs ?? [])];
    const missing = this.outputs.find(({ name }) => !BASE_OUTPUTS.includes(name));
    if (missing && props.image === undefined) {
      throw createError(
        'Fluentd',
        `the base image has no output "${missing.name}"; pass an \`image\` that has its plugin (outputs: ${BASE_OUTPUTS.join(', ')})`,
      );
    }
    this.buildEnvironment();
  }

  /** @internal */
  protected _addTo(pod: MultiContainerPod, sources: () => LogSource[]): void {
    pod.addSidecar(this.buildContainer());
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: Size.mebibytes(this._bufferMebibytes * this.outputs.length + toWholeMebibytes(POSITIONS)),
    });
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.renderConfig(sources()) });
  }

  private buildContainer(): SidecarProps {
    return {
      ...toCompanionContainer(this.props, { name: this.name, image: FLUENTD, cpuMillis: 50, memoryMebibytes: 128 }),
      args: ['fluentd', '--no-supervisor', '--config', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
      envVariables: this.buildEnvironment(),
      ...this._toSidecarProps({ port: this.port, livenessPath: '/api/plugins.json', startSeconds: 10, hasSleep: true }),
    };
  }

  private renderConfig(sources: readonly LogSource[]): string {
    const settings = listSettingsWithReferences(this.destinations, (variable) => new Variable(variable));
    return renderFluentd({
      port: this.port,
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: this._bufferMebibytes,
      sources: sources.map(toFluentdSource),
      outputs: this.outputs.map(({ name }, index) => ({ type: name, items: toItems(settings[index]!) })),
    });
  }

  private buildEnvironment(): { [name: string]: kplus.EnvValue } {
    const own = { ...buildPodIdentity(), ...toSecretEnvironment('Fluentd', this.destinations) };
    return mergeEnvironment('Fluentd', this.name, own, this.props.envVariables);
  }

  private get destinations(): Destination[] {
    return this.outputs.map(({ _destination }) => _destination);
  }

  private get port(): number {
    return this.props.port ?? FLUENTD.port!;
  }
}

function toFluentdSource({ files, container, path, id, rotatedPaths }: LogSource): Source {
  const { format, multiline } = files;
  return { container, path, tag: id, rotatedPaths, format, multiline };
}
