import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../pod/companion';
import type { SidecarProps } from '../pod/container-options';
import { PreStopSleep, SidecarMode } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { failure, ownerOf } from '../private/errors';
import { type Plugin, POD_FIELDS, renderFluentBit, type Source } from '../private/fluent-bit-config';
import { FLUENT_BIT, FLUENT_BIT_DEBUG } from '../private/images';
import { toDnsLabel } from '../private/names';
import { mebibytes } from '../private/sizes';
import type { FluentBitFilter } from './fluent-bit-filter';
import type { FluentBitOutput } from './fluent-bit-output';

const CONFIG_DIRECTORY = '/fluent-bit/config';
const CONFIG_FILE = 'fluent-bit.yaml';
const STATE_DIRECTORY = '/fluent-bit/state';

/** Room on the state volume for the positions in the log files. */
const POSITIONS = Size.mebibytes(32);

/** How Fluent Bit runs. */
export interface FluentBitProps {
  /** Where the records go. */
  readonly output: FluentBitOutput;

  /**
   * More places where the same records go.
   *
   * @default - records go to `output` alone
   */
  readonly moreOutputs?: FluentBitOutput[];

  /**
   * Log files that it ships, in every pod it is added to. More can be added with `addLogs`.
   *
   * @default - none; a pattern adds those of its main container
   */
  readonly logs?: LogFiles;

  /**
   * What it does to the records on their way.
   *
   * @default - records pass unchanged
   */
  readonly filters?: FluentBitFilter[];

  /**
   * Name of the container.
   *
   * @default "log-agent"
   */
  readonly name?: string;

  /**
   * The image, a build of Fluent Bit 5.1 or later.
   *
   * @default - the official image of the release this library was written for; as a classic sidecar its debug variant,
   * which has the `sleep` that lets it outlive the main container
   */
  readonly image?: string;

  /**
   * Numeric UID of the agent.
   *
   * @default 10001
   */
  readonly user?: number;

  /**
   * How Kubernetes runs it.
   *
   * @default - the mode of the pod
   */
  readonly mode?: SidecarMode;

  /**
   * What lets your own `image` wait as a classic sidecar.
   *
   * @default - `PreStopSleep.COMMAND` for the default image, nothing for another
   */
  readonly preStopSleep?: PreStopSleep;

  /**
   * How long it may take to deliver what it holds when the pod stops. Counts into the termination grace period.
   *
   * @default Duration.seconds(10)
   */
  readonly flush?: Duration;

  /**
   * How much each output may hold back on disk while its receiver is away. Beyond it the oldest records are dropped.
   *
   * @default Size.mebibytes(128)
   */
  readonly bufferLimit?: Size;

  /**
   * Port of its HTTP server, which serves health and Prometheus metrics (`/api/v2/metrics/prometheus`).
   *
   * @default 2020
   */
  readonly port?: number;

  /**
   * Environment variables, such as credentials that `header` properties refer to.
   *
   * @default - the identity of the pod and the credentials of the outputs
   */
  readonly envVariables?: { [name: string]: kplus.EnvValue };

  /**
   * CPU and memory.
   *
   * @default - requests 50m CPU and 128Mi memory; the memory limit equals the request
   */
  readonly resources?: kplus.ContainerResources;
}

/** What an agent ships in one pod. */
interface Bound {
  readonly pod: MultiContainerPod;
  readonly logs: LogFiles[];
}

/**
 * A Fluent Bit beside the main container, which ships the files that other containers write.
 *
 * It reads each file from its head through a read-only mount, keeps its position and its unsent records on a volume of
 * its own, tries forever, and is stopped after the main container. Delivery is at least once: a record may arrive twice
 * after a restart of the agent. Records are lost where a receiver stays away for longer than `bufferLimit` and the
 * rotated files last, and where the pod ends before the agent could deliver. Its liveness does not depend on any
 * receiver, and it never keeps the pod out of its Services.
 *
 * @see https://docs.fluentbit.io/manual
 */
export class FluentBit implements ILogAgent {
  /** Name of the container. */
  public readonly name: string;

  private readonly props: FluentBitProps;
  private readonly outputs: FluentBitOutput[];
  private readonly filters: FluentBitFilter[];
  private readonly logs: LogFiles[];
  private readonly bound: Bound[] = [];

  public constructor(props: FluentBitProps) {
    this.props = { ...props, envVariables: { ...props.envVariables } };
    this.name = props.name ?? 'log-agent';
    this.outputs = [props.output, ...(props.moreOutputs ?? [])];
    this.filters = [...(props.filters ?? [])];
    this.logs = props.logs ? [props.logs] : [];
  }

  /**
   * Ships more log files, in every pod this agent is or will be added to.
   *
   * @param logs what is shipped
   */
  public addLogs(logs: LogFiles): void {
    this.logs.push(logs);
    for (const bound of this.bound) {
      this.ship(bound, logs);
    }
  }

  /** Adds the agent to a pod. */
  public bind(pod: MultiContainerPod): void {
    pod.addSidecar(this.container(pod.lifecycle.sidecarMode));
    pod.storage.scratch(this.name, STATE_DIRECTORY, { name: `${this.name}-state`, sizeLimit: this.stateLimit });
    const bound: Bound = { pod, logs: [] };
    const config = pod.storage.configFiles({ container: this.name, directory: CONFIG_DIRECTORY });
    config.produce(CONFIG_FILE, { produce: () => this.render(bound) });
    ownerOf(pod.workload).node.addValidation({ validate: () => (bound.logs.length > 0 ? [] : [this.shipsNothing]) });
    this.bound.push(bound);
    for (const logs of this.logs) {
      this.ship(bound, logs);
    }
  }

  /** Ships these log files of one pod. */
  public collect(pod: MultiContainerPod, logs: LogFiles): void {
    const bound = this.bound.find((candidate) => candidate.pod === pod);
    if (!bound) {
      throw failure(pod.workload, `log agent "${this.name}" is not in this pod; call \`pod.add\` with it first`);
    }
    this.ship(bound, logs);
  }

  private container(podMode: SidecarMode): SidecarProps {
    const { port } = this;
    const classic = (this.props.mode ?? podMode) === SidecarMode.CLASSIC;
    return {
      name: this.name,
      image: this.props.image ?? (classic ? FLUENT_BIT_DEBUG : FLUENT_BIT).image,
      user: this.props.user ?? FLUENT_BIT.user,
      command: ['/fluent-bit/bin/fluent-bit'],
      args: ['-c', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
      envVariables: { ...podIdentity(), ...this.credentials(), ...this.props.envVariables },
      ports: [{ number: port, name: toDnsLabel(this.name).slice(0, 15) }],
      liveness: kplus.Probe.fromHttpGet('/api/v1/uptime', {
        port,
        periodSeconds: Duration.seconds(10),
        timeoutSeconds: Duration.seconds(5),
      }),
      resources: this.props.resources ?? {
        cpu: { request: kplus.Cpu.millis(50) },
        memory: { request: Size.mebibytes(128), limit: Size.mebibytes(128) },
      },
      mode: this.props.mode,
      flush: this.flush,
      preStopSleep: this.props.preStopSleep ?? (this.props.image === undefined ? PreStopSleep.COMMAND : undefined),
    };
  }

  private ship(bound: Bound, logs: LogFiles): void {
    const known = bound.logs.find(({ path, container }) => path === logs.path && container === logs.container);
    if (known && (known.format !== logs.format || known.multiline !== logs.multiline)) {
      throw failure(
        bound.pod.workload,
        `log agent "${this.name}" already ships "${logs.path}" with another \`format\` or \`multiline\`; describe the files once`,
      );
    }
    if (!known) {
      bound.pod.logs.read(logs, this.name);
      bound.logs.push(logs);
    }
  }

  private render({ pod, logs }: Bound): string {
    return renderFluentBit({
      port: this.port,
      graceSeconds: this.flush.toSeconds(),
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: mebibytes(this.bufferLimit),
      sources: logs.map((files) => source(pod, files)),
      filters: this.filters.map(({ name, _properties: properties }) => ({ name, properties })),
      outputs: this.outputs.map((output, index) => this.plugin(output, index)),
    });
  }

  private plugin(output: FluentBitOutput, index: number): Plugin {
    const references = Object.keys(output._secrets).map((property) => [
      property,
      `\${${this.variable(index, property)}}`,
    ]);
    return { name: output.name, properties: { ...output._properties, ...Object.fromEntries(references) } };
  }

  private credentials(): { [name: string]: kplus.EnvValue } {
    const values = this.outputs.flatMap((output, index) => [
      ...Object.entries(output._environment),
      ...Object.entries(output._secrets).map(([property, value]) => [this.variable(index, property), value] as const),
    ]);
    return Object.fromEntries(values.map(([name, value]) => [name, kplus.EnvValue.fromSecretValue(value)]));
  }

  /** The variable that holds a credential: `LOKI_HTTP_PASSWD`, `OUTPUT_2_HTTP_PASSWD` from the second output on. */
  private variable(index: number, property: string): string {
    const prefix = index === 0 ? this.outputs[0]!.name : `output_${index + 1}`;
    return `${prefix}_${property}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  }

  private get port(): number {
    return this.props.port ?? FLUENT_BIT.port!;
  }

  private get flush(): Duration {
    return this.props.flush ?? Duration.seconds(10);
  }

  private get bufferLimit(): Size {
    return this.props.bufferLimit ?? Size.mebibytes(128);
  }

  private get stateLimit(): Size {
    return Size.mebibytes(mebibytes(this.bufferLimit) * this.outputs.length + mebibytes(POSITIONS));
  }

  private get shipsNothing(): string {
    return `log agent "${this.name}" ships nothing; pass \`logs\` or call \`addLogs\``;
  }
}

function podIdentity(): { [name: string]: kplus.EnvValue } {
  const paths = [kplus.EnvFieldPaths.POD_NAME, kplus.EnvFieldPaths.POD_NAMESPACE, kplus.EnvFieldPaths.NODE_NAME];
  return Object.fromEntries(
    Object.values(POD_FIELDS).map((name, index) => [name, kplus.EnvValue.fromFieldRef(paths[index]!)]),
  );
}

function source(pod: MultiContainerPod, files: LogFiles): Source {
  const container = files.container ?? pod.main.name;
  const rotated = pod.logs.rotationOf(files)?.rotatedFiles;
  return {
    container,
    path: files.path,
    tag: `${container}.${toDnsLabel(files.directory, files.pattern)}`,
    excludePath: rotated
      ?.split(',')
      .map((pattern) => `${files.directory}/${pattern}`)
      .join(),
    format: files.format,
    multiline: files.multiline,
  };
}
