import { readCloudSqlProxy } from '../../../src/rules/configs/cloud-sql-proxy';
import { podOf } from './support';

const SHOP = 'acme:europe-west1:shop';
const LEDGER = 'acme.com:acme:us-central1:ledger';

/** The ports that a proxy with these arguments opens, those of the pod alone in brackets. */
const ports = (args: string[], more: object = {}) =>
  readCloudSqlProxy(podOf({ args, ...more }).pod.containers[0]!)?.listeners.map(({ number, isLoopback }) =>
    isLoopback ? `(${number})` : `${number}`,
  );

test.each([
  [[SHOP], []],
  [[`${SHOP}?port=5433`], ['(5433)']],
  [[`${SHOP}?address=0.0.0.0&port=5433`], ['5433']],
  [
    ['--port=5432', SHOP, `${LEDGER}?port=3306`, LEDGER],
    ['(5432)', '(3306)', '(5433)'],
  ],
  [['-p', '5432', '--address', '0.0.0.0', SHOP], ['5432']],
  [['--port=$(PORT)', SHOP], []],
  [['--unix-socket=/sockets', '--port=5432', SHOP], []],
  [[`${SHOP}?unix-socket=/sockets&port=5432`], []],
  [['--health-check', SHOP], ['(9090)']],
  [['--health-check', '--http-address=0.0.0.0', '--http-port=9801', SHOP], ['9801']],
  [['--health-check=false', '--prometheus', '--http-address', '0.0.0.0', SHOP], ['9090']],
  [['--health-check=false', SHOP], []],
  [['--quitquitquit', SHOP], ['(9091)']],
  [['--debug', '--admin-port=9092', SHOP], ['(9092)']],
  [['--http-address=0.0.0.0', SHOP], []],
])('%j opens %j', (args, expected) => {
  expect(ports(args)).toEqual(expected);
});

test.each([
  ['a file', ['--config-file=/etc/proxy.toml', SHOP], {}],
  ['a variable', [SHOP], { env: [{ name: 'CSQL_PROXY_PORT', value: '5432' }] }],
  ['variables that nobody sees', [SHOP], { envFrom: [{ configMapRef: { name: 'proxy' } }] }],
])('nothing is known where %s may say more', (_, args, more) => {
  expect(ports(args, more)).toBeUndefined();
});
