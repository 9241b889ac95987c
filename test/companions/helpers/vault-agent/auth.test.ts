import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { VaultAuth } from '../../../../src/index';

const SECRET = kplus.Secret.fromSecretName(Testing.chart(), 'secret', 'vault');
const PLACES = { token: '/identity/token', secret: '/auth' };

test.each<[string, VaultAuth, object]>([
  [
    'a ServiceAccount that Vault shows to the cluster',
    VaultAuth.kubernetes({ role: 'shop', mountPath: 'auth/prod' }),
    { type: 'kubernetes', mount_path: 'auth/prod', config: { role: 'shop', token_path: '/identity/token' } },
  ],
  [
    'a ServiceAccount whose token Vault checks itself, and which is never deleted',
    VaultAuth.jwt({ role: 'shop' }),
    {
      type: 'jwt',
      mount_path: 'auth/jwt',
      config: { role: 'shop', path: '/identity/token', remove_jwt_after_reading: false },
    },
  ],
  [
    'AppRole, whose files are never deleted',
    VaultAuth.appRole(SECRET),
    {
      type: 'approle',
      mount_path: 'auth/approle',
      config: {
        role_id_file_path: '/auth/role-id',
        secret_id_file_path: '/auth/secret-id',
        remove_secret_id_file_after_reading: false,
      },
    },
  ],
  [
    'another method',
    VaultAuth.of('cert', { config: { name: 'shop', client_cert: '/vault/auth/tls.crt' }, secret: SECRET }),
    { type: 'cert', mount_path: 'auth/cert', config: { name: 'shop', client_cert: '/vault/auth/tls.crt' } },
  ],
  ['a method without settings', VaultAuth.of('aws'), { type: 'aws', mount_path: 'auth/aws', config: {} }],
])('the agent proves who it is by %s', (_, auth, settings) => {
  expect(auth._settings(PLACES)).toEqual(settings);
});

test('a token is meant for Vault and lasts an hour, unless it is said', () => {
  expect(VaultAuth.kubernetes({ role: 'shop' })._needs.token).toEqual({
    audience: 'vault',
    expiration: Duration.hours(1),
  });
  expect(VaultAuth.jwt({ role: 'shop', audience: 'acme' })._needs.token?.audience).toBe('acme');
});

test.each<[string, () => VaultAuth, string]>([
  [
    'without a role',
    () => VaultAuth.kubernetes({ role: ' ' }),
    '[VaultAuth.kubernetes] `role` is empty; pass the name of the role in Vault',
  ],
  [
    'with a credential in its settings',
    () => VaultAuth.of('ldap', { config: { username: 'shop', password: 'hunter2' } }),
    '[VaultAuth.of] setting "password" of method "ldap" shows a credential to all who may read the ConfigMap; pass `secret` and name its file',
  ],
])('fails %s', (_, act, message) => {
  expect(act).toThrow(new Error(message));
});

test('settings are copied', () => {
  const config = { name: 'shop' };
  const auth = VaultAuth.of('cert', { config });
  config.name = 'other';
  expect(auth._settings(PLACES).config).toEqual({ name: 'shop' });
});
