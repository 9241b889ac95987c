import type { Size } from 'cdk8s';
import type { LogFiles } from '../pod/logs/log-files';
import type { LogRotation } from '../pod/logs/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { throwFirst } from '../private/errors';
import { readArgument, readProps } from '../private/read-props';
import { toNginxParts } from './nginx';
import type { NginxProps } from './nginx/props';
import { addServing, type ServingOptions, toServingParts, type WebServerParts } from './serving';

/**
 * A web server of your own as the main container of a pod. Unlike other containers it has probes where none are given (see
 * `healthPath`), and lists its `port` beside `ports`.
 */
export interface WebServerProps extends ServingOptions {
  /** Port it serves on, 1024-65535 for an image without root. Named `http`. */
  readonly port: number;

  /**
   * The log files it writes.
   *
   * @default - it prints its logs to its standard output, where no log agent of the pod finds them
   */
  readonly logs?: LogFiles;

  /**
   * More log files it writes, such as an error log with a format of its own.
   *
   * @default - it writes `logs` alone
   */
  readonly moreLogs?: LogFiles[];

  /**
   * The rotation that keeps the log files from filling their volume.
   *
   * @default - needed with `logs`: what nobody rotates fills the volume until the pod is evicted
   */
  readonly rotation?: LogRotation;

  /**
   * The size that the log volume may reach before the kubelet evicts the pod.
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
}

/**
 * The web server that a pod exists for: its main container, with the log files that it writes.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#how-pods-manage-multiple-containers
 */
export class WebServer {
  /**
   * nginx, unprivileged on port 8080, which logs to files and rotates them, or prints its logs.
   *
   * @see https://github.com/nginx/docker-nginx-unprivileged
   */
  public static nginx(props: NginxProps = {}): WebServer {
    return new WebServer(toNginxParts(readProps('NginxProps', props, 'WebServer.nginx')));
  }

  /** Any other web server. */
  public static of(props: WebServerProps): WebServer {
    const own = readProps('WebServerProps', props, 'WebServer.of');
    throwFirst('WebServer.of', validateLogs(own));
    const { logs, moreLogs = [], rotation, logSizeLimit, ...serving } = own;
    return new WebServer({
      ...toServingParts('WebServer.of', { ...serving, name: own.name ?? 'webserver' }),
      port: own.port,
      logs: logs ? [logs, ...moreLogs] : [],
      rotation,
      logSizeLimit,
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

  /** Whether that port is open on the loopback interface alone, out of reach of other pods. */
  public get loopback(): boolean {
    return this.parts.loopback ?? false;
  }

  /**
   * Directory of the files it serves, where that is known: neither of a web server of your own nor with a server configuration
   * of your own.
   *
   * @internal
   */
  public get _contentDirectory(): string | undefined {
    return this.parts.contentDirectory;
  }

  /** The log files it writes. */
  public get logs(): LogFiles[] {
    return [...this.parts.logs];
  }

  /** The rotation of its log files, where it writes any. */
  public get rotation(): LogRotation | undefined {
    return this.parts.rotation;
  }

  /**
   * Makes it the main container of a pod. It is no companion, so `pod.add` does not take it.
   *
   * @param pod a pod that has no main container yet
   */
  public addTo(pod: MultiContainerPod): void {
    const { rotation, logSizeLimit, opened = {}, listeners = [], configurations } = this.parts;
    addServing(readArgument('MultiContainerPod', pod, 'WebServer', 'pod'), this.parts);
    pod.network._needs.openWithoutRoot(this.name, opened);
    for (const listener of listeners) {
      pod.network.claim({ ...listener, container: this.name });
    }
    for (const logs of this.logs) {
      pod.logs.write(logs, { rotation, sizeLimit: logSizeLimit });
    }
    for (const options of configurations) {
      pod.storage._configFiles(options);
    }
  }
}

/** Settings of log files without log files, or log files without rotation. */
function validateLogs({ logs, moreLogs, rotation, logSizeLimit }: WebServerProps): string[] {
  if (logs) {
    return rotation
      ? []
      : [
          'nobody rotates the `logs`, which would fill their volume until the pod is evicted; say with `rotation` who does',
        ];
  }
  const given = Object.entries({ moreLogs, rotation, logSizeLimit }).filter(([, value]) => value !== undefined);
  return given.map(([prop]) => `\`${prop}\` is given without \`logs\`; pass the log files that it writes`);
}
