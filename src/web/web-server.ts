import { Duration, type Size } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-28';
import type { RunningContainerOptions } from '../pod/container-options';
import type { PreStopSleep } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import type { LogRotation } from '../pod/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { copyOf } from '../private/copies';
import { wholeSeconds } from '../private/durations';
import { failure } from '../private/errors';
import { healthProbes } from './health';
import { type NginxProps, nginx } from './nginx';
import type { WebServerParts } from './web-server-parts';

/**
 * A web server of your own as the main container of a pod. Unlike other containers it has probes where none are given (see
 * `healthPath`), and lists its `port` beside `ports`.
 */
export interface WebServerProps extends RunningContainerOptions {
  /** Port it serves on, 1024-65535 for an image without root. Named `http`. */
  readonly port: number;

  /** The log files it writes. */
  readonly logs: LogFiles;

  /**
   * More log files it writes, such as an error log with a format of its own.
   *
   * @default - it writes `logs` alone
   */
  readonly moreLogs?: LogFiles[];

  /**
   * Who keeps the log files from filling their volume. There is no default: what nobody rotates fills the volume until the
   * pod is evicted.
   */
  readonly rotation: LogRotation;

  /**
   * How much the log volume may hold before the kubelet evicts the pod.
   *
   * @default - room for the rotated files of each pattern
   */
  readonly logSizeLimit?: Size;

  /**
   * Name of the container.
   *
   * @default "webserver"
   */
  readonly name?: string;

  /**
   * Path that answers 2xx or 3xx while the server is healthy. Becomes its `startup`, `readiness` and `liveness`, where they
   * are not given themselves; it has three minutes to start.
   *
   * @default - it is ready while its port is open, and never restarted for its health
   */
  readonly healthPath?: string;

  /**
   * Whether it listens on the loopback interface alone, out of reach of other pods: for a pod whose requests enter through
   * a proxy. Out of reach of the kubelet, too, so it takes `healthPort`, or probes that ask elsewhere.
   *
   * @default false
   */
  readonly loopback?: boolean;

  /**
   * Port that answers the kubelet's probes on all interfaces, where that is another one than `port`. Named `health`.
   *
   * @default - the probes ask `port`
   */
  readonly healthPort?: number;

  /**
   * How long it may take to finish open requests after its stop signal.
   *
   * @default Duration.seconds(25)
   */
  readonly drain?: Duration;

  /**
   * How long it goes on serving after the pod was told to stop, while other nodes still send requests to it.
   *
   * @default - 5 seconds where `preStopSleep` is given, none otherwise
   */
  readonly preStopPause?: Duration;

  /**
   * What lets it wait for `preStopPause`.
   *
   * @default - nothing: requests that arrive during the removal of the endpoint may fail
   */
  readonly preStopSleep?: PreStopSleep;
}

/**
 * The web server that a pod exists for: its main container, with the log files that it writes.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#how-pods-manage-multiple-containers
 */
export class WebServer {
  /**
   * nginx, unprivileged on port 8080, which logs to files and rotates them.
   *
   * @see https://github.com/nginx/docker-nginx-unprivileged
   */
  public static nginx(props: NginxProps = {}): WebServer {
    return new WebServer(nginx(copyOf(props)));
  }

  /** Any other web server. */
  public static of(props: WebServerProps): WebServer {
    assertPause(props);
    assertHealth(props);
    const { port, preStopPause, preStopSleep, loopback, healthPort } = props;
    const health = healthProbes(healthPort ?? port, props.healthPath);
    const more = copyOf(props.ports ?? []).filter(
      ({ number, protocol = Protocol.TCP }) => number !== port || protocol !== Protocol.TCP,
    );
    return new WebServer({
      container: {
        ...copyOf(props),
        startup: props.startup ?? health.startup,
        readiness: props.readiness ?? health.readiness,
        liveness: props.liveness ?? health.liveness,
        name: props.name ?? 'webserver',
        ports: [...(loopback ? [] : [{ number: port, name: 'http' }]), ...more],
      },
      port,
      loopback,
      healthPort,
      logs: [props.logs, ...(props.moreLogs ?? [])],
      rotation: props.rotation,
      logSizeLimit: props.logSizeLimit,
      pause: preStopSleep && { time: preStopPause ?? Duration.seconds(5), means: preStopSleep },
      drain: props.drain ?? Duration.seconds(25),
      configurations: [],
    });
  }

  private constructor(private readonly parts: WebServerParts) {}

  /** Name of the container. */
  public get name(): string {
    return this.parts.container.name;
  }

  /** Port it serves on. */
  public get port(): number {
    return this.parts.port;
  }

  /** The log files it writes. */
  public get logs(): LogFiles[] {
    return [...this.parts.logs];
  }

  /** Who rotates its log files. */
  public get rotation(): LogRotation {
    return this.parts.rotation;
  }

  /**
   * Makes it the main container of a pod.
   *
   * @param pod a pod that has no main container yet
   */
  public bind(pod: MultiContainerPod): void {
    const { container, rotation, logSizeLimit, pause, drain, configurations } = this.parts;
    pod.addMainContainer(container);
    this.claimPorts(pod);
    for (const logs of this.logs) {
      pod.logs.write(logs, { rotation, sizeLimit: logSizeLimit });
    }
    for (const options of configurations) {
      pod.storage.configFiles({ ...options, container: this.name });
    }
    const seconds = pause ? wholeSeconds(pause.time) : 0;
    if (pause && seconds > 0) {
      pod.lifecycle.waitBeforeStop(this.name, pause.time, pause.means);
    }
    pod.lifecycle.declareMainStop(Duration.seconds(seconds + wholeSeconds(drain)));
  }

  /** The ports that no Service reaches, and those that none should lead to. */
  private claimPorts({ network }: MultiContainerPod): void {
    const { port, loopback, healthPort, listeners = [] } = this.parts;
    const container = this.name;
    for (const listener of listeners) {
      network.claim({ ...listener, container });
    }
    if (loopback) {
      network.claim({ container, port, name: 'http', loopback });
    }
    if (healthPort !== undefined) {
      network.claim({ container, port: healthPort, name: 'health', exposed: false });
    }
  }
}

/** Nobody knows whether a server is ready that the kubelet cannot ask. */
function assertHealth({ port, loopback, healthPort, healthPath, readiness }: WebServerProps): void {
  const isUnknown = healthPort === undefined && (healthPath !== undefined || readiness === undefined);
  if (loopback && isUnknown) {
    throw failure(
      'WebServer.of',
      `\`port\` ${port} is on the loopback interface, which the kubelet's probes do not reach; pass the \`healthPort\` of a listener on all interfaces, or \`readiness\` without \`healthPath\``,
    );
  }
  if (healthPort === port) {
    throw failure(
      'WebServer.of',
      `\`port\` and \`healthPort\` are both ${port}; leave \`healthPort\` out, or pass that of another listener`,
    );
  }
}

/** A container has one hook, and cannot wait without means. */
function assertPause({ image, preStopPause, preStopSleep, lifecycle }: WebServerProps): void {
  if (preStopPause && !preStopSleep) {
    throw failure(
      'WebServer.of',
      `\`preStopPause\` is ${wholeSeconds(preStopPause)} s, but nothing lets the image "${image}" wait; pass \`preStopSleep\``,
    );
  }
  if (preStopSleep && lifecycle?.preStop) {
    throw failure(
      'WebServer.of',
      'both `preStopSleep` and `lifecycle.preStop` are given, and a container has one hook; pass one of them',
    );
  }
}
