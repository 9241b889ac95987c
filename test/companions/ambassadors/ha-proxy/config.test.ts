import { renderCommon } from '../../../../src/companions/ambassadors/ha-proxy/config';

test('every HAProxy logs to stdout, follows names, and tells its own health on all interfaces', () => {
  const common = { healthPort: 8404, healthPath: '/healthz', stopSeconds: 5, maxConnections: 500 };
  expect(renderCommon({ ...common, backends: 1, accessLog: true })).toBe(`global
  log stdout format raw local0 info
  maxconn 520
  nbthread 2
  hard-stop-after 5s

defaults
  log global
  option dontlognull
  maxconn 500
  option redispatch
  retries 2
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  default-server init-addr none resolvers kubernetes

resolvers kubernetes
  parse-resolv-conf
  accepted_payload_size 8192
  hold valid 10s
  hold other 1h
  hold refused 1h
  hold timeout 1h

frontend health
  bind :8404
  mode http
  no log
  monitor-uri /healthz
`);
});
