import { Duration, Size } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { MainContainerProps } from '../../pod/containers/container-options';
import { toResources } from '../../pod/containers/container-props';
import { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import { LogFiles, LogFormat } from '../../pod/logs/log-files';
import { LogRotation, type LogRotationOptions, NUMBERED } from '../../pod/logs/log-rotation';
import { toWholeSeconds } from '../../private/durations';
import { createError } from '../../private/errors';
import { memoize } from '../../private/memo';
import { toDnsLabel } from '../../private/names';
import { NGINX } from '../../software/images';
import {
  NGINX_PID_FILE,
  NGINX_SCRIPTS,
  renderHealthLocation,
  renderHealthServer,
  renderNginxBlock,
  toNginxArgs,
} from '../../software/nginx';
import { NGINX_STATUS_PORT, renderNginxStatusServer } from '../../software/nginx-status';
import { renderNginxRotationScript } from '../../software/scripts/rotation';
import { buildHealthProbes } from '../health';
import type { WebServerParts } from '../web-server-parts';

type Configuration = WebServerParts['configurations'][number];

const CONTAINER_NAME = 'webserver';
const LOG_DIRECTORY = '/var/log/nginx';
const CONTENT_DIRECTORY = '/usr/share/nginx/html';
const SERVER_FILE = 'default.conf';
const STATUS_FILE = 'status.conf';
const ROTATION_FILE = 'rotate-logs.sh';
const HEALTH_PATH = '/healthz';
const HEALTH_FILE = 'health.conf';
const HEALTH_PORT = 8081;

const HEALTH_COMMENT = "# For the kubelet's probes, which would otherwise fill the access log.";
const CLIENT_OF_PROXY = `# Only a proxy of this pod gets here, and says who the client is.
set_real_ip_from 127.0.0.1;
real_ip_header X-Forwarded-For;`;

const RELATIVE_REDIRECTS = 'absolute_redirect off; # clients know another port, and perhaps https';

const HIDDEN_FILES = `# Such as the ".git" of a checkout.
location ~ /\\.(?!well-known/) { return 404; }`;

/** Rotated by default when a file holds this much. */
const MAX_FILE_SIZE = Size.mebibytes(32);
const KEEP = 3;

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
   * Port it serves on, 1024-65535. Named `http`.
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
   * Port on which nginx answers the kubelet's probes while it is on `loopback`, 1024-65535. Named `health`.
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
  readonly serverConfiguration?: string;

  /**
   * Path that answers 2xx or 3xx while the server is healthy, for readiness and liveness.
   *
   * @default - "/healthz"; with `serverConfiguration` it is ready while its port is open, and never restarted for its health,
   * or, with `loopback` too, healthy while nginx answers at all
   */
  readonly healthPath?: string;

  /**
   * Port of the loopback interface, 1024-65535, at which it tells the containers of its pod how busy it is, on the page
   * `/stub_status`. `NginxExporter` finds it there.
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

/** nginx as the main container: unprivileged, with its logs in files that it rotates itself. */
export function toNginxParts(props: NginxProps = {}): WebServerParts {
  const { port = NGINX.port! } = props;
  assertPorts(props, port);
  assertContent(props);
  const { logs, rotation } = toNginxLogs(props);
  return {
    container: toNginxContainer(props, port),
    port,
    loopback: props.loopback,
    healthPort: toHealthPort(props),
    contentDirectory: findContentDirectory(props),
    logs,
    rotation,
    pause: { time: props.preStopPause ?? Duration.seconds(5), means: PreStopSleep.COMMAND },
    drain: toDrainTime(props),
    ...toStatusListeners(props, port),
    configurations: [
      toMainConfiguration(props, port, rotation && renderRotationScript(logs, rotation)),
      ...toStatusConfigurations(props),
      ...toContentConfigurations(props),
    ],
  };
}

/** Its log files, which hide those of the image: links to its standard output. */
function toNginxLogs({ logsToStdout, rotation }: NginxProps): Pick<WebServerParts, 'logs' | 'rotation'> {
  if (logsToStdout && rotation) {
    throw createError(
      'WebServer.nginx',
      '`rotation` is given, but with `logsToStdout` there are no log files; pass one of them',
    );
  }
  if (logsToStdout) {
    return { logs: [] };
  }
  return {
    logs: [
      LogFiles.inDirectory(LOG_DIRECTORY, { pattern: 'access.log', format: LogFormat.nginxAccess() }),
      LogFiles.inDirectory(LOG_DIRECTORY, { pattern: 'error.log' }),
    ],
    rotation: LogRotation.byApplication({
      ...{ maxFileSize: MAX_FILE_SIZE, keep: KEEP, ...rotation },
      rotatedFiles: NUMBERED,
    }),
  };
}

function toNginxContainer(props: NginxProps, port: number): MainContainerProps {
  const { serverConfiguration, loopback } = props;
  const hasHealthPath = serverConfiguration === undefined || loopback;
  return {
    name: props.name ?? CONTAINER_NAME,
    image: props.image ?? NGINX.image,
    user: NGINX.user,
    args: toNginxArgs(toWholeSeconds(toDrainTime(props))),
    writableDirectories: [...NGINX.writableDirectories!],
    ports: loopback ? [] : [{ number: port, name: 'http' }],
    resources: props.resources ?? toResources(100, 128),
    ...buildHealthProbes(
      'WebServer.nginx',
      toHealthPort(props) ?? port,
      props.healthPath ?? (hasHealthPath ? HEALTH_PATH : undefined),
    ),
  };
}

function toHealthPort({ loopback, healthPort }: NginxProps): number | undefined {
  return loopback ? (healthPort ?? HEALTH_PORT) : undefined;
}

function findContentDirectory({ contentDirectory, serverConfiguration }: NginxProps): string | undefined {
  return serverConfiguration === undefined ? (contentDirectory ?? CONTENT_DIRECTORY) : undefined;
}

function toDrainTime({ drain }: NginxProps): Duration {
  return drain ?? Duration.seconds(25);
}

/** The image reads the configurations of /etc/nginx/conf.d, and executes the scripts before it starts nginx. */
function toMainConfiguration(props: NginxProps, port: number, script?: string): Configuration {
  const health = renderHealthFile(props, port);
  const { healthPath, loopback, contentDirectory } = props;
  return {
    paths: {
      [SERVER_FILE]: `/etc/nginx/conf.d/${SERVER_FILE}`,
      ...(health ? { [HEALTH_FILE]: `/etc/nginx/conf.d/${HEALTH_FILE}` } : {}),
      ...(script ? { [ROTATION_FILE]: `${NGINX_SCRIPTS}/90-${ROTATION_FILE}` } : {}),
    },
    executable: script !== undefined,
    files: {
      [SERVER_FILE]:
        props.serverConfiguration ?? renderServerConfiguration({ healthPath, loopback, contentDirectory }, port),
      ...(health ? { [HEALTH_FILE]: health } : {}),
      ...(script ? { [ROTATION_FILE]: script } : {}),
    },
  };
}

/** The listener of its status page. */
function toStatusListeners({ statusPort }: NginxProps, port: number): Pick<WebServerParts, 'listeners'> {
  if (statusPort === undefined) {
    return {};
  }
  assertOpenable('statusPort', statusPort);
  if (statusPort === port) {
    throw createError(
      'WebServer.nginx',
      `\`statusPort\` is ${statusPort}, where nginx serves the world; pass another port, which stays inside of the pod`,
    );
  }
  return { listeners: [{ port: statusPort, name: NGINX_STATUS_PORT, loopback: true }] };
}

function toStatusConfigurations({ name = CONTAINER_NAME, statusPort }: NginxProps): Configuration[] {
  return statusPort === undefined
    ? []
    : [
        {
          name: toDnsLabel(name, 'status'),
          paths: { [STATUS_FILE]: `/etc/nginx/conf.d/${STATUS_FILE}` },
          files: { [STATUS_FILE]: renderNginxStatusServer(statusPort) },
        },
      ];
}

/** The server of the health checks, which asks a server configuration with a health path of its own for it. */
function renderHealthFile(props: NginxProps, port: number): string | undefined {
  const healthPort = toHealthPort(props);
  const { healthPath = HEALTH_PATH, serverConfiguration } = props;
  const isAsked = serverConfiguration !== undefined && props.healthPath !== undefined;
  const upstream = isAsked ? `http://127.0.0.1:${port}` : undefined;
  return healthPort === undefined ? undefined : renderHealthServer(healthPort, healthPath, upstream);
}

function toContentConfigurations({ name = CONTAINER_NAME, content }: NginxProps): Configuration[] {
  return content ? [{ name: toDnsLabel(name, 'content'), directory: CONTENT_DIRECTORY, files: { ...content } }] : [];
}

function renderRotationScript(logs: readonly LogFiles[], { maxFileBytes: maxBytes, keep }: LogRotation): string {
  const files = logs.map(({ path }) => path);
  return renderNginxRotationScript({ files, maxBytes, keep }, NGINX_PID_FILE);
}

const renderServerConfiguration = memoize(
  (props: Pick<NginxProps, 'healthPath' | 'loopback' | 'contentDirectory'>, port: number): string => {
    const { healthPath = HEALTH_PATH, loopback, contentDirectory } = props;
    const lines = [
      `listen ${loopback ? '127.0.0.1:' : ''}${port};`,
      `root ${findContentDirectory(props)};`,
      RELATIVE_REDIRECTS,
      '',
      ...(contentDirectory === undefined ? [] : [HIDDEN_FILES, '']),
      loopback ? CLIENT_OF_PROXY : `${HEALTH_COMMENT}\n${renderHealthLocation(healthPath)}`,
    ];
    return `${renderNginxBlock('server', lines)}\n`;
  },
);

function assertPorts({ loopback, healthPort, serverConfiguration = '' }: NginxProps, port: number): void {
  assertOpenable('port', port);
  if (healthPort !== undefined) {
    assertOpenable('healthPort', healthPort);
  }
  if (healthPort !== undefined && !loopback) {
    throw createError(
      'WebServer.nginx',
      `\`healthPort\` is ${healthPort}, but without \`loopback\` the probes ask \`port\` ${port}; leave it out`,
    );
  }
  if (loopback && (healthPort ?? HEALTH_PORT) === port) {
    throw createError(
      'WebServer.nginx',
      `\`port\` and \`healthPort\` are both ${port}, but only one of them is on the loopback interface; pass another \`healthPort\``,
    );
  }
  const open = loopback && findOpenListen(serverConfiguration, port);
  if (open) {
    throw createError(
      'WebServer.nginx',
      `\`serverConfiguration\` has \`listen ${open}\`, which other pods reach in spite of \`loopback\`; write \`listen 127.0.0.1:${port}\``,
    );
  }
}

/** Refuses content that would have no effect, or a path that nginx cannot read. */
function assertContent({ content, contentDirectory, serverConfiguration }: NginxProps): void {
  if (contentDirectory === undefined) {
    return;
  }
  const other = Object.entries({ content, serverConfiguration }).find(([, value]) => value !== undefined);
  if (other) {
    throw createError(
      'WebServer.nginx',
      `\`contentDirectory\` "${contentDirectory}" and \`${other[0]}\` are both given; pass one of them`,
    );
  }
  if (!/^(\/[\w.@+-]+)+$/.test(contentDirectory)) {
    throw createError(
      'WebServer.nginx',
      `\`contentDirectory\` "${contentDirectory}" is no absolute path; begin it with "/", and use letters, digits and "-_.@+"`,
    );
  }
}

function assertOpenable(prop: string, port: number): void {
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw createError(
      'WebServer.nginx',
      `\`${prop}\` is ${port}, which nginx cannot open without root; pass an integer from 1024 to 65535`,
    );
  }
}

/** The address of a `listen` that opens the port on more than the loopback interface. */
function findOpenListen(text: string, port: number): string | undefined {
  const directives = text.replace(/#.*/g, '').matchAll(/(?<=^|[\s;{}])listen\s+([^\s;]+)/g);
  const addresses = [...directives].map(([, address]) => address!);
  return addresses.find(
    (address) => new RegExp(`(^|:)${port}$`).test(address) && !/^(127\.|localhost:|\[::1\]:)/.test(address),
  );
}
