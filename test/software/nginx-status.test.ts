import { isPortName } from '../../src/private/names';
import { NGINX_STATUS_PORT, nginxStatusServer } from '../../src/software/nginx-status';

test('the status of nginx is told on the loopback interface, on one page, without a line in the access log', () => {
  expect(nginxStatusServer(8081)).toBe(`server {
  listen 127.0.0.1:8081;
  access_log off;

  location = /stub_status {
    stub_status;
  }
}
`);
});

test('its port has a name that Kubernetes takes', () => {
  expect(isPortName(NGINX_STATUS_PORT)).toBe(true);
});
