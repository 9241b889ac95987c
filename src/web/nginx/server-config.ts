import { memoize } from '../../private/memo';
import { renderHealthLocation, renderHealthServer, renderNginxBlock } from '../../software/nginx';
import type { NginxProps } from './props';

/** The directory of `content`. */
export const CONTENT_DIRECTORY = '/usr/share/nginx/html';

/** The path that nginx itself answers. */
export const HEALTH_PATH = '/healthz';

const HEALTH_PORT = 8081;
const HEALTH_COMMENT = "# For the kubelet's probes, which would otherwise fill the access log.";
const CLIENT_OF_PROXY = `# Only a proxy of this pod gets here, and says who the client is.
set_real_ip_from 127.0.0.1;
real_ip_header X-Forwarded-For;`;

const RELATIVE_REDIRECTS = 'absolute_redirect off; # clients know another port, and perhaps https';

const HIDDEN_FILES = `# Such as the ".git" of a checkout.
location ~ /\\.(?!well-known/) { return 404; }`;

/** The port that the kubelet's probes ask, where it is another one than that of the server. */
export function toHealthPort({ loopback, healthPort }: NginxProps): number | undefined {
  return loopback ? (healthPort ?? HEALTH_PORT) : undefined;
}

/** The directory of the files that it serves, where nginx is not configured by the user. */
export function findContentDirectory({ contentDirectory, serverConfiguration }: NginxProps): string | undefined {
  return serverConfiguration === undefined ? (contentDirectory ?? CONTENT_DIRECTORY) : undefined;
}

/** The server: that of the user, or one that serves the content. */
export function renderServer(props: NginxProps, port: number): string {
  const { serverConfiguration, healthPath, loopback, contentDirectory } = props;
  return serverConfiguration ?? renderContentServer({ healthPath, loopback, contentDirectory }, port);
}

/** The server of the health checks, which asks a server configuration with a health path of its own for it. */
export function renderHealthFile(props: NginxProps, port: number): string | undefined {
  const healthPort = toHealthPort(props);
  const { healthPath = HEALTH_PATH, serverConfiguration } = props;
  const isAsked = serverConfiguration !== undefined && props.healthPath !== undefined;
  const upstream = isAsked ? `http://127.0.0.1:${port}` : undefined;
  return healthPort === undefined ? undefined : renderHealthServer(healthPort, healthPath, upstream);
}

const renderContentServer = memoize(
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
