import { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { FLUENTD } from '../../../software/images';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { AgentConfig } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { hasRemoteOutput } from '../../kit/remote';
import { renderFluentd } from './config';
import { type FluentdOutput, toItems } from './output';
import { Variable } from './syntax';

const SOFTWARE: AgentSoftware = {
  image: FLUENTD,
  hasSleep: true,
  memoryMebibytes: 128,
  livenessPath: '/api/plugins.json',
  startSeconds: 10,
  catchUp: Duration.seconds(10),
  configDirectory: '/fluentd/config',
  configFile: 'fluent.conf',
  stateDirectory: '/fluentd/state',
};

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
  private readonly outputs: FluentdOutput[];

  public constructor(props: FluentdProps) {
    const own = readProps('FluentdProps', props, 'Fluentd');
    super('Fluentd', own);
    this.outputs = [own.output, ...(own.moreOutputs ?? [])];
    throwFirst('Fluentd', own.image === undefined ? validateBaseOutputs(this.outputs) : []);
    this._environment = this._mergeEnvironment(toSecretEnvironment('Fluentd', this.destinations));
  }

  /** @internal */
  protected readonly _software = SOFTWARE;

  /** @internal */
  protected readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /** @internal */
  protected get _args(): string[] {
    return ['fluentd', '--no-supervisor', '--config', this._configPath];
  }

  /** @internal */
  protected override get _sendsAway(): boolean {
    return hasRemoteOutput(this.outputs.map(({ name }) => name));
  }

  /** @internal */
  protected get _heldMebibytes(): number {
    return this._bufferMebibytes * this.outputs.length;
  }

  /** @internal */
  protected _render(config: AgentConfig): string {
    const settings = listSettingsWithReferences(this.destinations, (variable) => new Variable(variable));
    const outputs = this.outputs.map(({ name }, index) => ({ type: name, items: toItems(settings[index]!) }));
    return renderFluentd({ ...config, outputs });
  }

  private get destinations() {
    return this.outputs.map(({ _destination }) => _destination);
  }
}

function validateBaseOutputs(outputs: readonly FluentdOutput[]): string[] {
  return outputs
    .filter(({ name }) => !BASE_OUTPUTS.includes(name))
    .map(
      ({ name }) =>
        `the base image has no output "${name}"; pass an \`image\` that has its plugin (outputs: ${BASE_OUTPUTS.join(', ')})`,
    );
}
