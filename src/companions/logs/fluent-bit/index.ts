import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { readProps } from '../../../private/read-props';
import { FLUENT_BIT, FLUENT_BIT_DEBUG } from '../../../software/images';
import type { Secrets } from '../../kit/destination';
import { type AgentSoftware, LogAgent, type LogAgentOptions } from '../../kit/log-agent';
import type { AgentConfig } from '../../kit/log-source';
import { listSettingsWithReferences, toSecretEnvironment } from '../../kit/output-secrets';
import { hasRemoteOutput } from '../../kit/remote';
import { renderFluentBit } from './config';
import type { FluentBitFilter } from './filter';
import type { FluentBitOutput } from './output';
import { REFRESH_SECONDS } from './tail';

const SOFTWARE: AgentSoftware = {
  image: FLUENT_BIT,
  classicImage: FLUENT_BIT_DEBUG,
  hasSleep: true,
  memoryMebibytes: 128,
  command: ['/fluent-bit/bin/fluent-bit'],
  livenessPath: '/api/v1/uptime',
  // A look for new files, and time to read them.
  catchUp: Duration.seconds(REFRESH_SECONDS + 2),
  configDirectory: '/fluent-bit/config',
  configFile: 'fluent-bit.yaml',
  stateDirectory: '/fluent-bit/state',
};

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
 * after a restart of the agent. Rotated files whose names end in a number are read to their end, also after a restart.
 * Records are lost where a receiver stays away for longer than `bufferLimit` lasts, the oldest first; where a file falls out
 * of its rotation while the agent is not running; and where the pod ends before the agent could deliver. In the pod of a Job it looks for new files
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
  private readonly outputs: FluentBitOutput[];
  private readonly filters: FluentBitFilter[];

  public constructor(props: FluentBitProps) {
    const own = readProps('FluentBitProps', props, 'FluentBit');
    super('FluentBit', own);
    this.outputs = [own.output, ...(own.moreOutputs ?? [])];
    this.filters = own.filters ?? [];
    throwFirst('FluentBit', validateAwsKeys(this.name, this.outputs));
    this._environment = this._mergeEnvironment({
      ...toSecretEnvironment('FluentBit', this.destinations),
      ...toKeyEnvironment(this.outputs),
    });
  }

  /** @internal */
  protected readonly _software = SOFTWARE;

  /** @internal */
  protected readonly _environment: { readonly [name: string]: kplus.EnvValue };

  /** @internal */
  protected get _args(): string[] {
    return ['-c', this._configPath];
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
  protected _render({ port, stateDirectory, bufferMebibytes, sources }: AgentConfig): string {
    const properties = listSettingsWithReferences(this.destinations, (variable) => `\${${variable}}`);
    return renderFluentBit({
      port,
      stateDirectory,
      bufferMebibytes,
      sources,
      graceSeconds: toWholeSeconds(this._flush),
      filters: this.filters.map(({ name, _properties }) => ({ name, properties: _properties })),
      outputs: this.outputs.map(({ name }, index) => ({ name, properties: properties[index]! })),
    });
  }

  private get destinations() {
    return this.outputs.map(({ _destination }) => _destination);
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

function toKeyEnvironment(outputs: readonly FluentBitOutput[]): { [name: string]: kplus.EnvValue } {
  const keys: Secrets = Object.assign({}, ...outputs.map(({ _environment }) => _environment));
  return Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, kplus.EnvValue.fromSecretValue(value)]));
}
