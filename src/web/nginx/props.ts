import type { Duration } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { LogRotationOptions } from '../../pod/logs/log-rotation';

/** Settings of nginx. */
export interface NginxProps {
  /**
   * Name of the container.
   *
   * @default "webserver"
   */
  readonly name?: string;

  /**
   * The image: a build of `nginx-unprivileged`, which runs as UID 101, keeps its PID file at /tmp/nginx.pid and executes
   * /docker-entrypoint.d.
   *
   * @default - the stable release this library was written for
   */
  readonly image?: string;

  /**
   * Port it serves on, named `http`. One below 1024 takes `net.ipv4.ip_unprivileged_port_start` in `securityContext.sysctls`
   * of the workload.
   *
   * @default 8080
   */
  readonly port?: number;

  /**
   * Whether it listens on the loopback interface alone, out of reach of other pods: for a pod whose requests enter through
   * a proxy. The kubelet then asks a server of its own for the health path, on `healthPort`.
   *
   * @default false
   */
  readonly loopback?: boolean;

  /**
   * Port on which nginx answers the kubelet's probes while it is on `loopback`, named `health`. As low as `port` may be.
   *
   * @default - 8081 with `loopback`; otherwise `port` answers them
   */
  readonly healthPort?: number;

  /**
   * Files it serves, by name. For more than a few small files build an image.
   *
   * @default - the content of the image
   */
  readonly content?: { readonly [file: string]: string };

  /**
   * Absolute directory of the files it serves, which another container or the image brings: `contentPath` of a `GitSync`.
   * nginx opens each file through it anew, so it may be, or lead through, a link that changes. Hidden files, such as the
   * `.git` of a checkout, are not served, but for those in `.well-known`.
   *
   * @default - the directory of `content`, /usr/share/nginx/html
   */
  readonly contentDirectory?: string;

  /**
   * Its server configuration, in place of the default one: what stands in /etc/nginx/conf.d/default.conf. It must listen
   * on `port`, with `loopback` on 127.0.0.1 alone: `listen 127.0.0.1:8080;`.
   *
   * @default - serves the content, and "ok" at /healthz
   */
  readonly serverConfig?: string;

  /**
   * Path that answers 2xx or 3xx while the server is healthy, for readiness and liveness.
   *
   * @default - "/healthz"; with `serverConfig` it is ready while its port is open, and never restarted for its health,
   * or, with `loopback` too, healthy while nginx answers at all
   */
  readonly healthPath?: string;

  /**
   * Port of the loopback interface, as low as `port` may be, at which it tells the containers of its pod how busy it is, on
   * the page `/stub_status`. `NginxExporter` finds it there.
   *
   * @default - it tells nobody
   */
  readonly statusPort?: number;

  /**
   * Whether it prints its logs, for `kubectl logs` and for agents of the node, rather than write files: for a pod in
   * which no agent ships files.
   *
   * @default false
   */
  readonly logsToStdout?: boolean;

  /**
   * The size at which its log files are rotated, and the number that is kept. nginx opens new files at once; no line
   * is lost.
   *
   * @default - at 32 MiB, 3 files are kept
   */
  readonly rotation?: LogRotationOptions;

  /**
   * The time it goes on serving after the pod was told to stop, while other nodes still send requests to it. Zero for
   * not at all.
   *
   * @default Duration.seconds(5)
   */
  readonly preStopPause?: Duration;

  /**
   * The time that open requests may take after its stop signal; it then closes their connections.
   *
   * @default Duration.seconds(25)
   */
  readonly drain?: Duration;

  /**
   * CPU and memory. nginx starts one worker for each core of the node; give it more memory on nodes of very many.
   *
   * @default - requests 100m CPU and 128Mi memory; the memory limit equals the request
   */
  readonly resources?: kplus.ContainerResources;
}
