import { Duration, Size } from 'cdk8s';
import type { MainContainerProps } from '../../pod/containers/container-options';
import { toResources } from '../../pod/containers/container-props';
import { PreStopSleep } from '../../pod/lifecycle/pod-lifecycle';
import { LogFiles, LogFormat } from '../../pod/logs/log-files';
import { LogRotation, NUMBERED } from '../../pod/logs/log-rotation';
import type { ConfigFilesOptions } from '../../pod/storage/pod-storage';
import { toWholeSeconds } from '../../private/durations';
import { throwFirst } from '../../private/errors';
import { toDnsLabel } from '../../private/names';
import { NGINX } from '../../software/images';
import {
  NGINX_PID_FILE,
  NGINX_SCRIPTS,
  NGINX_STATUS_PORT,
  renderNginxStatusServer,
  toNginxArgs,
} from '../../software/nginx';
import { renderNginxRotationScript } from '../../software/scripts/rotation';
import { buildHealthProbes } from '../health';
import type { WebServerParts } from '../serving';
import type { NginxProps } from './props';
import {
  CONTENT_DIRECTORY,
  findContentDirectory,
  HEALTH_PATH,
  renderHealthFile,
  renderServer,
  toHealthPort,
} from './server-config';
import { validateNginx } from './validate';

const CONTAINER_NAME = 'webserver';
const LOG_DIRECTORY = '/var/log/nginx';
const CONFIG_DIRECTORY = '/etc/nginx/conf.d';
const SERVER_FILE = 'default.conf';
const STATUS_FILE = 'status.conf';
const ROTATION_FILE = 'rotate-logs.sh';
const HEALTH_FILE = 'health.conf';

/** Rotated by default when a file holds this much. */
const MAX_FILE_SIZE = Size.mebibytes(32);
const KEEP = 3;

/** nginx as the main container: unprivileged, with its logs in files that it rotates itself. */
export function toNginxParts(props: NginxProps = {}): WebServerParts {
  const { port = NGINX.port!, statusPort } = props;
  throwFirst('WebServer.nginx', validateNginx(props, port));
  const { logs, rotation } = toNginxLogs(props);
  return {
    container: toNginxContainer(props, port),
    port,
    loopback: props.loopback,
    healthPort: toHealthPort(props),
    contentDirectory: findContentDirectory(props),
    logs,
    rotation,
    pause: {
      time: props.preStopPause ?? Duration.seconds(5),
      sleep: props.image === undefined ? undefined : PreStopSleep.COMMAND,
    },
    drain: toDrainTime(props),
    opened: { port, healthPort: toHealthPort(props), statusPort },
    listeners: statusPort === undefined ? [] : [{ port: statusPort, name: NGINX_STATUS_PORT, loopback: true }],
    configurations: [
      toMainConfiguration(props, port, rotation && renderRotationScript(logs, rotation)),
      ...toStatusConfigurations(props),
      ...toContentConfigurations(props),
    ],
  };
}

/** Its log files, which hide those of the image: links to its standard output. */
function toNginxLogs({ logsToStdout, rotation }: NginxProps): Pick<WebServerParts, 'logs' | 'rotation'> {
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
  const { serverConfig, loopback } = props;
  const hasHealthPath = serverConfig === undefined || loopback;
  return {
    name: props.name ?? CONTAINER_NAME,
    image: props.image ?? NGINX.image,
    imageIsDefault: props.image === undefined,
    user: NGINX.user,
    args: toNginxArgs(toWholeSeconds(toDrainTime(props))),
    writableDirectories: [...NGINX.writableDirectories!],
    ports: loopback ? [] : [{ number: port, name: 'http' }],
    resources: props.resources ?? toResources(100, 128),
    ...buildHealthProbes(toHealthPort(props) ?? port, props.healthPath ?? (hasHealthPath ? HEALTH_PATH : undefined)),
  };
}

function toDrainTime({ drain }: NginxProps): Duration {
  return drain ?? Duration.seconds(25);
}

/** The image reads the configurations of /etc/nginx/conf.d, and executes the scripts before it starts nginx. */
function toMainConfiguration(props: NginxProps, port: number, script?: string): ConfigFilesOptions {
  const health = renderHealthFile(props, port);
  return {
    container: props.name ?? CONTAINER_NAME,
    paths: {
      [SERVER_FILE]: `${CONFIG_DIRECTORY}/${SERVER_FILE}`,
      ...(health ? { [HEALTH_FILE]: `${CONFIG_DIRECTORY}/${HEALTH_FILE}` } : {}),
      ...(script ? { [ROTATION_FILE]: `${NGINX_SCRIPTS}/90-${ROTATION_FILE}` } : {}),
    },
    executable: script !== undefined,
    files: {
      [SERVER_FILE]: renderServer(props, port),
      ...(health ? { [HEALTH_FILE]: health } : {}),
      ...(script ? { [ROTATION_FILE]: script } : {}),
    },
  };
}

function toStatusConfigurations({ name = CONTAINER_NAME, statusPort }: NginxProps): ConfigFilesOptions[] {
  return statusPort === undefined
    ? []
    : [
        {
          container: name,
          name: toDnsLabel(name, 'status'),
          paths: { [STATUS_FILE]: `${CONFIG_DIRECTORY}/${STATUS_FILE}` },
          files: { [STATUS_FILE]: renderNginxStatusServer(statusPort) },
        },
      ];
}

function toContentConfigurations({ name = CONTAINER_NAME, content }: NginxProps): ConfigFilesOptions[] {
  return content
    ? [{ container: name, name: toDnsLabel(name, 'content'), directory: CONTENT_DIRECTORY, files: { ...content } }]
    : [];
}

function renderRotationScript(logs: readonly LogFiles[], { maxFileBytes: maxBytes, keep }: LogRotation): string {
  const files = logs.map(({ path }) => path);
  return renderNginxRotationScript({ files, maxBytes, keep }, NGINX_PID_FILE);
}
