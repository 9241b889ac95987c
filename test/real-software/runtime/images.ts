import { readFileSync } from 'node:fs';
import type { LocalImage } from './image';

/** Runs the scripts of /docker-entrypoint.d, as the image does, before the server. */
const NGINX_ENTRYPOINT = `#!/bin/sh
set -e
find /docker-entrypoint.d/ -follow -type f -print | sort -V | while read -r f; do
  case "$f" in *.sh) if [ -x "$f" ]; then "$f"; fi ;; esac
done
exec "$@"
`;

const NGINX_CONFIGURATION = `worker_processes 2;
error_log /var/log/nginx/error.log notice;
pid /tmp/nginx.pid;
events { worker_connections 1024; }
http {
  proxy_temp_path /tmp/proxy_temp; client_body_temp_path /tmp/client_temp; fastcgi_temp_path /tmp/fastcgi_temp;
  uwsgi_temp_path /tmp/uwsgi_temp; scgi_temp_path /tmp/scgi_temp;
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  log_format main '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for"';
  access_log /var/log/nginx/access.log main;
  include /etc/nginx/conf.d/*.conf;
}
`;

/** Debian's nginx, laid out as nginxinc/nginx-unprivileged lays it out. */
export const nginxImage = (): LocalImage => ({
  entrypoint: ['/docker-entrypoint.sh'],
  arguments: ['nginx', '-g', 'daemon off;'],
  group: 101,
  stopSignal: 'SIGQUIT',
  files: {
    '/docker-entrypoint.sh': NGINX_ENTRYPOINT,
    '/docker-entrypoint.d/.keep': '',
    '/etc/nginx/nginx.conf': NGINX_CONFIGURATION,
    '/etc/nginx/mime.types': readFileSync('/etc/nginx/mime.types', 'utf8'),
    '/etc/nginx/conf.d/.keep': '',
  },
  links: { '/var/log/nginx/access.log': '/dev/stdout', '/var/log/nginx/error.log': '/dev/stderr' },
});

/** Debian's HAProxy, in place of that of the image. */
export const haProxyImage = (): LocalImage => ({ entrypoint: ['haproxy'], group: 99, stopSignal: 'SIGUSR1' });

/** Debian's programs for an image that has some of them. */
export const debianImage = (group: number, environment = {}): LocalImage => ({ entrypoint: [], group, environment });

/** Busybox and nothing else. */
export const busyboxImage = (): LocalImage => ({ entrypoint: ['sh'], group: 0, isBusybox: true });
