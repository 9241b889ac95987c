import * as kplus from 'cdk8s-plus-28';
import { assertPgBouncer } from '../../../../src/companions/ambassadors/pg-bouncer/validate';
import {
  CaCertificates,
  PgBouncerAuthentication,
  PgBouncerCredentials,
  type PgBouncerProps,
  PgBouncerTlsMode,
} from '../../../../src/index';
import { newChart } from '../../../support';

const secret = kplus.Secret.fromSecretName(newChart(), 'db', 'shop-db');
const SHOP = { name: 'shop', host: 'postgres.db' };
const PROPS: PgBouncerProps = {
  databases: [SHOP],
  credentials: PgBouncerCredentials.ofUser('shop', { secret, key: 'password' }),
};
const ca = CaCertificates.fromPem('-----BEGIN CERTIFICATE-----\n');
const check = (props: Partial<PgBouncerProps>) => () => assertPgBouncer('pool', { ...PROPS, ...props }, ['pool_mode']);

test.each<Partial<PgBouncerProps>>([
  {},
  { databases: [{ ...SHOP, name: '*' }] },
  { databases: [SHOP, { ...SHOP, name: 'shop-2.old' }] },
  { authentication: PgBouncerAuthentication.TRUST },
  { tlsMode: PgBouncerTlsMode.VERIFY_CA, ca },
  { settings: { server_idle_timeout: '60', auth_query: 'SELECT usename, passwd FROM user_lookup($1)' } },
])('nothing is wrong with %j', (props) => {
  expect(check(props)).not.toThrow();
});

test.each<[Partial<PgBouncerProps>, string]>([
  [{ databases: [] }, '`databases` of "pool" is empty; pass at least one'],
  [{ databases: [SHOP, SHOP] }, 'database "shop" stands twice in `databases` of "pool"; list it once'],
  [
    { databases: [{ ...SHOP, name: 'the shop' }] },
    'database name "the shop" cannot stand in the configuration; use letters, digits, "_", "." and "-", or "*"',
  ],
  [
    { databases: [{ ...SHOP, port: 0 }] },
    '`port` 0 of database "shop" is not a port number; pass an integer from 1 to 65535',
  ],
  [
    { databases: [{ ...SHOP, host: 'a\nb' }] },
    '`host` of database "shop" is empty or more than one line; pass one line',
  ],
  [
    { settings: { 'pool mode': '1' } },
    'setting "pool mode" of "pool" is not one line; pass a name of letters and "_", and one line',
  ],
  [
    { settings: { pool_mode: 'session' } },
    'setting "pool_mode" of "pool" is set by the companion itself; use the prop that says it',
  ],
  [
    { settings: { auth_password: 'hunter2' } },
    'setting "auth_password" of "pool" would show a credential in a ConfigMap; pass it with `credentials`',
  ],
  [
    { tlsMode: PgBouncerTlsMode.VERIFY_FULL },
    '`tlsMode` verify-full of "pool" verifies PostgreSQL, but nobody says against whom; pass `ca`',
  ],
  [{ ca }, '"pool" has `ca`, but verifies nobody; pass `tlsMode` VERIFY_CA or VERIFY_FULL too'],
])('fails with %j', (props, message) => {
  expect(check(props)).toThrow(new Error(`[PgBouncer] ${message}`));
});
