/** The name of the port at which an nginx tells the containers of its pod how busy it is. */
export const NGINX_STATUS_PORT = 'nginx-status';

/** The path of the page that tells it. */
export const NGINX_STATUS_PATH = '/stub_status';

/**
 * A server of nginx that tells how busy it is, to the containers of its pod alone.
 *
 * @see https://nginx.org/en/docs/http/ngx_http_stub_status_module.html
 */
export function renderNginxStatusServer(port: number): string {
  return `server {
  listen 127.0.0.1:${port};
  access_log off;

  location = ${NGINX_STATUS_PATH} {
    stub_status;
  }
}
`;
}
