import { memoize } from '../private/memo';
import { showsCredential } from './credentials';

/** A reference of a configuration to a variable of nginx. */
const VARIABLE = String.raw`\$\w+`;

/** The file in which the unprivileged image keeps the number of its master process. */
export const NGINX_PID_FILE = '/tmp/nginx.pid';

/** The directory whose scripts the image runs before it becomes nginx. */
export const NGINX_SCRIPTS = '/docker-entrypoint.d';

/** The name of the port at which an nginx tells the containers of its pod how busy it is. */
export const NGINX_STATUS_PORT = 'nginx-status';

/** The path of the page that tells it. */
export const NGINX_STATUS_PATH = '/stub_status';

/**
 * Arguments of the image: nginx in the foreground, which closes the connections that outlast its drain. Without that it
 * waits for open requests without end.
 *
 * @see https://nginx.org/en/docs/ngx_core_module.html#worker_shutdown_timeout
 */
export function toNginxArgs(drainSeconds: number): string[] {
  return ['nginx', '-g', `daemon off; worker_shutdown_timeout ${drainSeconds}s;`];
}

/** Whether a probe can ask for this path, and a location can have it. */
export function isNginxPath(path: string): boolean {
  return /^\/[^\s{};"']*$/.test(path);
}

/** Answers a health path, by itself or by asking the server behind it. */
export function renderHealthLocation(path: string, upstream?: string): string {
  const answer =
    upstream === undefined ? ['default_type text/plain;', 'return 200 "ok\\n";'] : [`proxy_pass ${upstream};`];
  return renderNginxBlock(`location = ${path.split('?')[0]}`, ['access_log off;', ...answer]);
}

/**
 * A server for the kubelet alone, which dials the pod's address: it serves the health path and nothing else.
 *
 * @param upstream URL of the server that knows, where nginx is not to answer itself
 */
export const renderHealthServer = memoize((port: number, path: string, upstream?: string): string => {
  return `${renderNginxBlock('server', [`listen ${port};`, renderHealthLocation(path, upstream), 'location / { return 404; }'])}\n`;
});

/**
 * A server of nginx that tells how busy it is, to the containers of its pod alone.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_stub_status_module.html
 */
export function renderNginxStatusServer(port: number): string {
  const status = renderNginxBlock(`location = ${NGINX_STATUS_PATH}`, ['stub_status;']);
  return `${renderNginxBlock('server', [`listen 127.0.0.1:${port};`, 'access_log off;', '', status])}\n`;
}

/** A block of directives and blocks, one step further in. */
export function renderNginxBlock(head: string, lines: readonly string[]): string {
  const body = lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`));
  return [`${head} {`, ...body, '}'].join('\n');
}

/** The directive among these that would show a credential: a header with a literal one, or an address with one. */
export function findNginxCredential(directives: string): string | undefined {
  const statements = directives.replace(/(^|[\s;{}])#.*/gm, '$1').split(/[;{}]/);
  return statements
    .map((statement) => statement.trim())
    .find((statement) => {
      const [, name = '', value = ''] = /^(?:proxy_set_header|add_header)\s+(\S+)\s+(.*)$/s.exec(statement) ?? [];
      const text = value.replace(/["']/g, '');
      return (
        (text !== '' && showsCredential('header', `${name}: ${text}`, VARIABLE)) ||
        showsCredential('', statement, VARIABLE)
      );
    })
    ?.split(/\s+/)
    .slice(0, 2)
    .join(' ');
}
