import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { ILogAgent } from '../pod/companion';
import type { SidecarProps } from '../pod/container-options';
import { PreStopSleep, SidecarMode } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { copyOf } from '../private/copies';
import { wholeSeconds } from '../private/durations';
import { failure, ownerOf } from '../private/errors';
import { type Plugin, POD_FIELDS, renderFluentBit, type Source } from '../private/fluent-bit-config';
import { FLUENT_BIT, FLUENT_BIT_DEBUG } from '../private/images';
import { isPortName, sha256, toDnsLabel } from '../private/names';
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
  readonly logs: Shipped[];
}

/** Files, and the directory in which the agent finds them. */
interface Shipped {
  readonly files: LogFiles;
  readonly directory: string;
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
    this.props = copyOf(props);
    this.name = props.name ?? 'log-agent';
    this.outputs = [props.output, ...(props.moreOutputs ?? [])];
    this.filters = [...(props.filters ?? [])];
    this.logs = props.logs ? [props.logs] : [];
    this.environment();
    if (mebibytes(this.bufferLimit) < 1) {
      throw failure('FluentBit', `\`bufferLimit\` of "${this.name}" is 0; pass how much an output may hold back`);
    }
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
    pod.storage.scratch(this.name, STATE_DIRECTORY, {
      name: toDnsLabel(this.name, 'state'),
      sizeLimit: this.stateLimit,
    });
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
      envVariables: this.environment(),
      ports: [{ number: port, name: isPortName(this.name) ? this.name : undefined }],
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
    const writer = ({ container = bound.pod.main.name }: LogFiles) => container;
    const known = bound.logs.find(({ files }) => files.path === logs.path && writer(files) === writer(logs))?.files;
    if (known && !known._readsLike(logs)) {
      throw failure(
        bound.pod.workload,
        `log agent "${this.name}" already ships "${logs.path}" with another \`format\` or \`multiline\`; describe the files once`,
      );
    }
    if (!known) {
      bound.logs.push({ files: logs, directory: bound.pod.logs.read(logs, this.name) });
    }
  }

  private render({ pod, logs }: Bound): string {
    return renderFluentBit({
      port: this.port,
      graceSeconds: wholeSeconds(this.flush),
      stateDirectory: STATE_DIRECTORY,
      bufferMebibytes: mebibytes(this.bufferLimit),
      sources: sourcesOf(pod, logs),
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

  /**
   * The variables that hold credentials. All outputs share one environment: what one of them finds there, the others find
   * too.
   */
  private credentials(): { [name: string]: kplus.SecretValue } {
    const values = this.outputs.flatMap((output, index) => [
      ...Object.entries(output._environment),
      ...Object.entries(output._secrets).map(([property, value]) => [this.variable(index, property), value] as const),
    ]);
    const keyed = new Set(values.map(([name]) => name));
    const same = (a: kplus.SecretValue, b: kplus.SecretValue) => a.secret.name === b.secret.name && a.key === b.key;
    const clash = values.find(([name, value]) => values.some(([other, set]) => other === name && !same(set, value)));
    const keyless = this.outputs.some(({ name, _environment: own }) => name === 's3' && !('AWS_ACCESS_KEY_ID' in own));
    if (clash || (keyed.has('AWS_ACCESS_KEY_ID') && keyless)) {
      throw failure(
        'FluentBit',
        `outputs of "${this.name}" need different values of the environment variable "${clash?.[0] ?? 'AWS_ACCESS_KEY_ID'}"; give each of them an agent of its own`,
      );
    }
    return Object.fromEntries(values);
  }

  /** What the agent reads from its environment; nobody may change what the kernel or an output put there. */
  private environment(): { [name: string]: kplus.EnvValue } {
    const secrets = Object.entries(this.credentials()).map(([name, value]) => [
      name,
      kplus.EnvValue.fromSecretValue(value),
    ]);
    const own = { ...podIdentity(), ...Object.fromEntries(secrets) };
    const taken = Object.keys(this.props.envVariables ?? {}).find((name) => Object.keys(own).includes(name));
    if (taken) {
      throw failure(
        'FluentBit',
        `environment variable "${taken}" of "${this.name}" is set by the agent itself; choose another name`,
      );
    }
    return { ...own, ...this.props.envVariables };
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
  return Object.fromEntries(
    POD_FIELDS.map(({ variable }) => [variable, kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths[variable])]),
  );
}

/** What is tailed. Files whose names make the same tag are told apart by a hash, whichever came first. */
function sourcesOf(pod: MultiContainerPod, logs: readonly Shipped[]): Source[] {
  const labels = logs.map(({ files }) => label(pod, files));
  return logs.map((shipped, index) => {
    const unique = labels.filter((other) => other === labels[index]).length === 1;
    const hash = sha256(shipped.files.path).slice(0, 8);
    return source(pod, shipped, unique ? labels[index]! : `${labels[index]}-${hash}`);
  });
}

function label(pod: MultiContainerPod, { container = pod.main.name, directory, pattern }: LogFiles): string {
  return `${container}.${toDnsLabel(directory, pattern)}`;
}

function source(pod: MultiContainerPod, { files, directory }: Shipped, tag: string): Source {
  const { pattern, container = pod.main.name, format, multiline } = files;
  const rotated = /[*?[]/.test(pattern) ? (pod.logs.rotationOf(files)?.rotatedFiles.split(',') ?? []) : [];
  const excludePath = rotated.map((name) => `${directory}/${name}`).join() || undefined;
  return { container, path: `${directory}/${pattern}`, tag, excludePath, format, multiline };
}
