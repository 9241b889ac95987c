import { Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth, GitSync, type GitSyncProps } from '../../../../src/index';

const SECRET = kplus.Secret.fromSecretName(Testing.chart(), 'secret', 'git-creds');
const make = (more: Partial<GitSyncProps>) =>
  new GitSync({ repository: 'https://git.example.com/acme/site.git', directory: '/site', ...more });

const CREDENTIAL =
  '`repository` of "git-sync" holds a credential, which everybody could read in the manifest; pass it as `auth`';

test.each<[string, Partial<GitSyncProps>, string]>([
  ['a password in the address', { repository: 'https://bot:hunter2@git.example.com/site.git' }, CREDENTIAL],
  ['a token in the address', { repository: 'https://ghp_x@git.example.com/site.git' }, CREDENTIAL],
  ['a password for SSH in the address', { repository: 'ssh://git:hunter2@git.example.com/site.git' }, CREDENTIAL],
  [
    'no address',
    { repository: 'acme/site' },
    '`repository` "acme/site" is not an address that git-sync can reach; use https://host/path, ssh://git@host/path or git@host:path',
  ],
  [
    'an SSH key for an address without SSH',
    { auth: GitAuth.sshKey(SECRET) },
    '`auth` is an SSH key, but `repository` "https://git.example.com/acme/site.git" is not reached by SSH; use ssh:// or pass `GitAuth.password`',
  ],
  [
    'a password that everybody on the way could read',
    { repository: 'http://git.example.com/site.git', auth: GitAuth.password(SECRET) },
    '`auth` is a password, but `repository` "http://git.example.com/site.git" is not reached by https://; use that or pass `GitAuth.sshKey`',
  ],
  [
    'a user whom SSH does not know',
    { repository: 'git@git.example.com:site.git', user: 1000 },
    '"git-sync" has `user` 1000, whom the image does not know and SSH therefore refuses; leave `user` out, or use https://',
  ],
  [
    'a flag as revision',
    { ref: '--upload-pack=x' },
    '`ref` "--upload-pack=x" is not a branch, tag or commit; pass its name',
  ],
  ['half a commit', { depth: 0.5 }, '`depth` is 0.5; pass a whole number of commits, or 0 for all'],
  [
    'a link in a directory',
    { link: 'a/b' },
    '`link` "a/b" cannot name the link; use letters, digits, ".", "_" and "-"',
  ],
  [
    'a link that git needs',
    { link: '.git' },
    '`link` ".git" cannot name the link; use letters, digits, ".", "_" and "-"',
  ],
  [
    'a subdirectory outside of the repository',
    { subdirectory: '../other' },
    '`subdirectory` "../other" is not a path in the repository; pass one without "/" at its ends and without ".."',
  ],
  [
    'a credential in the webhook',
    { webhookUrl: 'http://bot:hunter2@localhost/' },
    '`webhookUrl` of "git-sync" shows a credential to all who may read the pod; call an endpoint that takes none',
  ],
  [
    'a credential in the query of the webhook',
    { webhookUrl: 'http://localhost/reload?token=hunter2' },
    '`webhookUrl` of "git-sync" shows a credential to all who may read the pod; call an endpoint that takes none',
  ],
  [
    'no time between two looks',
    { period: Duration.seconds(0) },
    '`period` of "git-sync" is 0 s; pass at least one second',
  ],
])('git-sync fails with %s', (_, props, message) => {
  expect(() => make(props)).toThrow(new Error(`[GitSync] ${message}`));
});

test.each([
  'https://git.example.com:8443/acme/site.git',
  'ssh://git@git.example.com:2222/acme/site',
  'git@git.example.com:acme/site.git',
  'git.example.com:acme/site.git',
  'http://git.git.svc.cluster.local/site',
])('git-sync reaches %s', (repository) => {
  expect(() => make({ repository })).not.toThrow();
});
