import { Duration, type Size } from 'cdk8s';
import type { MainContainerProps, RunningContainerOptions } from '../pod/container-options';
import type { PreStopSleep } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import { LogRotation } from '../pod/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { ConfigFilesOptions } from '../pod/storage';
import { failure } from '../private/errors';
import { healthProbes } from './health';
import { type NginxProps, nginx } from './nginx';

/** A web server of your own as the main container of a pod. */
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
   * Who keeps the log files from filling their volume.
   *
   * @default LogRotation.byApplication()
   */
  readonly rotation?: LogRotation;

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
   * Path that answers 2xx or 3xx while the server is healthy. Becomes its `readiness` and `liveness`, where they are not
   * given themselves.
   *
   * @default - it is ready while its port is open, and never restarted for its health
   */
  readonly healthPath?: string;

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

/** What a web server brings to a pod, whatever image it is. */
export interface WebServerParts {
  readonly container: MainContainerProps;
  readonly port: number;
  readonly logs: readonly LogFiles[];
  readonly rotation: LogRotation;
  readonly logSizeLimit?: Size;
  readonly pause?: { readonly time: Duration; readonly means: PreStopSleep };
  readonly drain: Duration;
  readonly configurations: readonly Omit<ConfigFilesOptions, 'container'>[];
}

/**
 * The web server that a pod exists for: its main container, with the log files that it writes.
 */
export class WebServer {
  /**
   * nginx, unprivileged on port 8080, which logs to files and rotates them.
   *
   * @see https://github.com/nginx/docker-nginx-unprivileged
   */
  public static nginx(props: NginxProps = {}): WebServer {
    return new WebServer(nginx(props));
  }

  /** Any other web server. */
  public static of(props: WebServerProps): WebServer {
    const {
      port,
      logs,
      moreLogs = [],
      rotation,
      logSizeLimit,
      name = 'webserver',
      healthPath,
      drain,
      preStopPause,
      preStopSleep,
      ...container
    } = props;
    if (preStopPause && !preStopSleep) {
      throw failure(
        'WebServer.of',
        `\`preStopPause\` is ${preStopPause.toSeconds()} s, but nothing lets the image "${props.image}" wait; pass \`preStopSleep\``,
      );
    }
    return new WebServer({
      container: {
        ...healthProbes(port, healthPath),
        ...container,
        name,
        ports: [{ number: port, name: 'http' }, ...(props.ports ?? [])],
      },
      port,
      logs: [logs, ...moreLogs],
      rotation: rotation ?? LogRotation.byApplication(),
      logSizeLimit,
      pause: preStopSleep && { time: preStopPause ?? Duration.seconds(5), means: preStopSleep },
      drain: drain ?? Duration.seconds(25),
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
    for (const logs of this.logs) {
      pod.logs.write(logs, { rotation, sizeLimit: logSizeLimit });
    }
    for (const options of configurations) {
      pod.storage.configFiles({ ...options, container: this.name });
    }
    if (pause) {
      pod.lifecycle.waitBeforeStop(this.name, pause.time, pause.means);
    }
    pod.lifecycle.declareMainStop(Duration.seconds((pause?.time.toSeconds() ?? 0) + drain.toSeconds()));
  }
}
