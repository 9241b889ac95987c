import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth, GitSubmodules, GitSync, type GitSyncProps, MultiContainerPod } from '../../../src';
import {
  findTransport,
  type GitSyncSettings,
  OWN_FLAGS,
  toFirstSyncArgs,
  toRepeatedSyncArgs,
} from '../../../src/companions/helpers/git-sync/config';
import { showsCredential } from '../../../src/software/credentials';
import { describeCompanion } from '../../contract';
import { APP, container, deepFreeze, newChart, newDeployment, podSpec } from '../../support';

const REPOSITORY = 'https://git.example.com/acme/site.git';
const props = (more: Partial<GitSyncProps> = {}): GitSyncProps => ({
  repository: REPOSITORY,
  directory: '/site',
  ...more,
});

describeCompanion('GitSync', {
  make: () => new GitSync(props()),
  containers: ['git-sync-init', 'git-sync'],
  classicContainers: ['git-sync'],
  copy: {
    props: () => props({ args: ['--verbose=1'], envVariables: {}, resources: {} }),
    from: (given) => new GitSync(given),
  },
});

describeCompanion('GitSync once', {
  make: () => new GitSync(props({ once: true })),
  containers: ['git-sync-init'],
  classic: false,
});

/** A Deployment "shop/web" with a checkout for its main container. */
function sync(more: Partial<GitSyncProps> = {}) {
  const chart = newChart();
  MultiContainerPod.of(newDeployment(chart)).add(new GitSync(props(more)));
  return chart;
}

const argsOf = (chart: ReturnType<typeof sync>, name = 'git-sync') => container(chart, name).args as string[];
const secretOf = (chart: ReturnType<typeof newChart>) => kplus.Secret.fromSecretName(chart, 'creds', 'git-creds');

describe('git-sync', () => {
  test('checks the repository out before the main container starts, and looks at it again each minute', () => {
    const chart = sync();
    expect(podSpec(chart).initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['git-sync-init', undefined],
      ['git-sync', 'Always'],
    ]);
    const common = [
      `--repo=${REPOSITORY}`,
      ...['--ref=HEAD', '--root=/git', '--link=current', '--depth=1', '--submodules=recursive', '--sync-timeout=120s'],
    ];
    expect(argsOf(chart, 'git-sync-init')).toEqual([...common, '--one-time', '--period=10s', '--max-failures=6']);
    expect(argsOf(chart)).toEqual([...common, '--period=60s', '--max-failures=-1']);
  });

  test('writes to a limited volume that the main container sees whole and read-only', () => {
    const chart = sync();
    expect(podSpec(chart).volumes).toContainEqual({ name: 'git-sync-content', emptyDir: { sizeLimit: '1Gi' } });
    expect(container(chart, 'app').volumeMounts).toEqual([
      { name: 'git-sync-content', mountPath: '/site', readOnly: true },
    ]);
    for (const name of ['git-sync-init', 'git-sync']) {
      expect(container(chart, name).volumeMounts).toEqual([
        { name: `${name}-tmp`, mountPath: '/tmp' },
        { name: 'git-sync-content', mountPath: '/git' },
      ]);
    }
  });

  test.each<[Partial<GitSyncProps>, string]>([
    [{}, '/site/current'],
    [{ directory: '/srv/www/' }, '/srv/www/current'],
    [{ link: 'live', subdirectory: 'public/html' }, '/site/live/public/html'],
  ])('says where the current files are: %p', (more, path) => {
    expect(new GitSync(props(more)).contentPath).toBe(path);
  });

  test('serves another container than the main one', () => {
    const chart = newChart();
    const helper = { name: 'helper', image: 'acme/helper:1.0.0', securityContext: { user: 1000 } };
    const pod = MultiContainerPod.of(newDeployment(chart, { containers: [APP, helper] }));
    pod.add(new GitSync(props({ container: 'helper' })));
    expect(container(chart, 'helper').volumeMounts).toMatchObject([{ mountPath: '/site', readOnly: true }]);
    expect(container(chart, 'app').volumeMounts).toBeUndefined();
  });

  test('takes what its user says of the repository', () => {
    const chart = sync({
      revision: 'v1.2.0',
      depth: 0,
      submodules: GitSubmodules.OFF,
      groupWrite: true,
      period: Duration.seconds(90),
      syncTimeout: Duration.minutes(10),
      webhookUrl: 'http://localhost:8080/reload',
      args: ['--stale-worktree-timeout=1m', '--http-pprof'],
      sizeLimit: Size.mebibytes(200),
    });
    expect(argsOf(chart)).toEqual([
      `--repo=${REPOSITORY}`,
      ...['--ref=v1.2.0', '--root=/git', '--link=current', '--depth=0', '--submodules=off', '--sync-timeout=600s'],
      ...['--group-write', '--period=90s', '--max-failures=-1', '--webhook-url=http://localhost:8080/reload'],
      ...['--stale-worktree-timeout=1m', '--http-pprof'],
    ]);
    expect(argsOf(chart, 'git-sync-init').join()).not.toContain('webhook');
    expect(podSpec(chart).volumes).toContainEqual({ name: 'git-sync-content', emptyDir: { sizeLimit: '200Mi' } });
  });

  test('shows metrics on a port that is asked for, and has no probe that an unreachable server could fail', () => {
    const chart = sync({ metricsPort: 9999 });
    expect(argsOf(chart)).toEqual(expect.arrayContaining(['--http-bind=:9999', '--http-metrics']));
    expect(container(chart, 'git-sync').ports).toEqual([{ containerPort: 9999, name: 'git-sync' }]);
    expect(container(sync(), 'git-sync')).not.toHaveProperty('ports');
    expect(Object.keys(container(chart, 'git-sync')).filter((field) => field.endsWith('Probe'))).toEqual([]);
  });

  test('leaves nothing running beside the main container where one sync is enough', () => {
    const chart = sync({ once: true, revision: '0123456789abcdef0123456789abcdef01234567' });
    expect(podSpec(chart).initContainers?.map(({ name }) => name)).toEqual(['git-sync-init']);
  });

  test('takes user name and password from a Secret that only it sees', () => {
    const chart = newChart();
    const auth = GitAuth.password(secretOf(chart), { passwordKey: 'token' });
    MultiContainerPod.of(newDeployment(chart)).add(new GitSync(props({ auth })));
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'git-sync-auth',
      secret: { secretName: 'git-creds', items: [{ key: 'token', path: 'password' }] },
    });
    for (const name of ['git-sync-init', 'git-sync']) {
      expect(argsOf(chart, name)).toContain('--password-file=/etc/git-secret/password');
      expect(container(chart, name)).toMatchObject({
        env: [{ name: 'GITSYNC_USERNAME', valueFrom: { secretKeyRef: { key: 'username', name: 'git-creds' } } }],
        volumeMounts: expect.arrayContaining([{ name: 'git-sync-auth', mountPath: '/etc/git-secret', readOnly: true }]),
      });
    }
    expect(container(chart, 'app').volumeMounts).toHaveLength(1);
  });

  test('takes an SSH key and the keys of the server from a Secret', () => {
    const chart = newChart();
    const repository = 'git@git.example.com:acme/site.git';
    MultiContainerPod.of(newDeployment(chart)).add(
      new GitSync(props({ repository, auth: GitAuth.sshKey(secretOf(chart)) })),
    );
    expect(argsOf(chart)).toEqual(
      expect.arrayContaining([
        `--repo=${repository}`,
        '--ssh-key-file=/etc/git-secret/ssh',
        '--ssh-known-hosts-file=/etc/git-secret/known_hosts',
      ]),
    );
    expect(podSpec(chart).volumes).toContainEqual({
      name: 'git-sync-auth',
      secret: {
        secretName: 'git-creds',
        items: [
          { key: 'known_hosts', path: 'known_hosts' },
          { key: 'ssh-privatekey', path: 'ssh' },
        ],
      },
    });
  });

  test('may be there twice, under another name', () => {
    const chart = newChart();
    const pod = MultiContainerPod.of(newDeployment(chart));
    pod.add(new GitSync(props()));
    pod.add(new GitSync(props({ name: 'themes', directory: '/themes' })));
    expect(podSpec(chart).initContainers?.map(({ name }) => name)).toEqual([
      ...['git-sync-init', 'git-sync', 'themes-init', 'themes'],
    ]);
  });

  test.each([
    ['--period=1h', 'argument "--period" of "git-sync" is set by the companion itself; leave it out, or use its prop'],
    [
      '--askpass-url=http://bot:hunter2@localhost/',
      'argument "--askpass-url" of "git-sync" would show a credential to all who may read the pod; pass `auth`',
    ],
  ])('fails with the argument "%s"', (arg, message) => {
    expect(() => new GitSync(props({ args: [arg] }))).toThrow(new Error(`[GitSync] ${message}`));
  });

  test('leaves frozen props as they are', () => {
    const frozen = deepFreeze(props({ args: ['--verbose=1'] }));
    expect(() => Testing.synth(sync(frozen))).not.toThrow();
  });
});

describe('auth', () => {
  const SECRET = kplus.Secret.fromSecretName(Testing.chart(), 'secret', 'git-creds');

  test('a password is a file, and the user name a variable, of keys of the Secret', () => {
    const auth = GitAuth.password(SECRET, { usernameKey: 'user', passwordKey: 'token' });
    expect(auth._toFlags('/secrets')).toEqual({ 'password-file': '/secrets/password' });
    expect(auth._files).toEqual({ token: 'password' });
    expect(auth._environment.GITSYNC_USERNAME).toMatchObject({
      valueFrom: { secretKeyRef: { name: 'git-creds', key: 'user' } },
    });
  });

  test('an SSH key comes with the keys of the server', () => {
    const auth = GitAuth.sshKey(SECRET, { privateKeyKey: 'identity', knownHostsKey: 'hosts' });
    expect(auth._toFlags('/secrets')).toEqual({
      'ssh-key-file': '/secrets/ssh',
      'ssh-known-hosts-file': '/secrets/known_hosts',
    });
    expect(auth._files).toEqual({ identity: 'ssh', hosts: 'known_hosts' });
    expect(auth._environment).toEqual({});
  });
});

/** Flags of git-sync 4, from its manual: https://github.com/kubernetes/git-sync#manual */
const KNOWN = [
  ...['add-user', 'askpass-url', 'cookie-file', 'depth', 'error-file', 'exechook-backoff', 'exechook-command'],
  ...['exechook-timeout', 'git', 'git-config', 'git-gc', 'group-write', 'help', 'http-bind', 'http-metrics'],
  ...['http-pprof', 'link', 'man', 'max-failures', 'one-time', 'password', 'password-file', 'period', 'ref', 'repo'],
  ...['root', 'sparse-checkout-file', 'ssh', 'ssh-key-file', 'ssh-known-hosts', 'ssh-known-hosts-file'],
  ...['stale-worktree-timeout', 'submodules', 'sync-on-signal', 'sync-timeout', 'touch-file', 'username', 'verbose'],
  ...['version', 'webhook-backoff', 'webhook-method', 'webhook-success-status', 'webhook-timeout', 'webhook-url'],
];

const SETTINGS: GitSyncSettings = {
  ...{ repository: 'https://git.example.com/a/b', ref: 'main', root: '/git', link: 'current', depth: 1 },
  ...{ submodules: 'shallow', timeoutSeconds: 30, groupWrite: true },
  auth: { 'password-file': '/etc/git-secret/password' },
  args: ['--verbose=2'],
};
const REPEAT = { periodSeconds: 5, webhookUrl: 'http://localhost/reload', metricsPort: 1234 };

test('all flags are those of git-sync 4, and each stands once', () => {
  for (const args of [toFirstSyncArgs(SETTINGS), toRepeatedSyncArgs(SETTINGS, REPEAT)]) {
    const flags = args.map((arg) => /^--([a-z-]+)/.exec(arg)?.[1]);
    expect(flags.filter((flag) => !KNOWN.includes(flag!))).toEqual([]);
    expect(new Set(flags).size).toBe(flags.length);
  }
  expect(OWN_FLAGS.filter((flag) => !KNOWN.includes(flag))).toEqual([]);
});

test('what the companion sets cannot be said again', () => {
  const own = [...toFirstSyncArgs(SETTINGS), ...toRepeatedSyncArgs(SETTINGS, REPEAT)].map(
    (arg) => /^--([a-z-]+)/.exec(arg)![1],
  );
  expect(own.filter((flag) => !OWN_FLAGS.includes(flag!) && flag !== 'verbose')).toEqual([]);
});

test('the first sync ends after some failures, the later ones never', () => {
  expect(toFirstSyncArgs(SETTINGS)).toEqual(expect.arrayContaining(['--one-time', '--max-failures=6']));
  expect(toRepeatedSyncArgs(SETTINGS, REPEAT)).toContain('--max-failures=-1');
});

test.each([
  ['https://host/a', 'https'],
  ['http://host/a', 'http'],
  ['ssh://git@host/a', 'ssh'],
  ['git@host:a', 'ssh'],
  ['/srv/git/a', undefined],
  ['https://host', undefined],
  ['file:///srv/git/a', undefined],
])('%s is reached by %s', (repository, transport) => {
  expect(findTransport(repository)).toBe(transport);
});

test.each([
  ['https://host/a', false],
  ['https://token@host/a', true],
  ['ssh://git@host/a', false],
  ['ssh://git:password@host/a', true],
  ['git@host:a', false],
])('%s holds a credential: %p', (repository, holds) => {
  expect(showsCredential('url', repository, '(?!)')).toBe(holds);
});

describe('validate', () => {
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
      { revision: '--upload-pack=x' },
      '`revision` "--upload-pack=x" is not a branch, tag or commit; pass its name',
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
});
