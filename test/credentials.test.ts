import { credentialsIn } from './credentials';

test.each([
  'password: hunter2',
  '      http_passwd: "hunter2"',
  '- --password=hunter2',
  '- --cookie-secret=abc',
  '  api_key: ${PREFIX}abc',
  '    auth_token = abc',
  '  "password": "hunter2",',
  'DB_PASSWORD=abc',
  '      password hunter2',
  '- name: DB_PASSWORD\n  value: hunter2',
])('%j shows a credential', (yaml) => {
  expect(credentialsIn(yaml)).not.toEqual([]);
});

test.each([
  '      http_passwd: ${LOKI_HTTP_PASSWD}',
  '      token: ${env:TOKEN}',
  '      password = sys.env("LOKI_PASSWORD")',
  `      password "#{ENV['FORWARD_PASSWORD']}"`,
  '      password: SECRET[receiver.password]',
  '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:\n      key: password\n      name: db',
  '    DB_PASSWORD={{ .Data.password }}',
  'automountServiceAccountToken: false',
  '- secret:\n    secretName: shop-tls',
  '- --token-path=/var/run/token',
  'log: the token of a stream',
])('%j shows none', (yaml) => {
  expect(credentialsIn(yaml)).toEqual([]);
});
