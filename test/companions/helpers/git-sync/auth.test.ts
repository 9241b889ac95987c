import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth } from '../../../../src/index';

const SECRET = kplus.Secret.fromSecretName(Testing.chart(), 'secret', 'git-creds');

test('a password is a file, and the user name a variable, of keys of the Secret', () => {
  const auth = GitAuth.password(SECRET, { usernameKey: 'user', passwordKey: 'token' });
  expect(auth._flags('/secrets')).toEqual({ 'password-file': '/secrets/password' });
  expect(auth._files).toEqual({ token: 'password' });
  expect(auth._environment.GITSYNC_USERNAME).toMatchObject({
    valueFrom: { secretKeyRef: { name: 'git-creds', key: 'user' } },
  });
});

test('an SSH key comes with the keys of the server', () => {
  const auth = GitAuth.sshKey(SECRET, { privateKeyKey: 'identity', knownHostsKey: 'hosts' });
  expect(auth._flags('/secrets')).toEqual({
    'ssh-key-file': '/secrets/ssh',
    'ssh-known-hosts-file': '/secrets/known_hosts',
  });
  expect(auth._files).toEqual({ identity: 'ssh', hosts: 'known_hosts' });
  expect(auth._environment).toEqual({});
});
