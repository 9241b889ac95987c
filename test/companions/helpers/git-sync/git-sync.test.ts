import { Duration, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { GitAuth, GitSubmodules, GitSync, type GitSyncProps, MultiContainerPod } from '../../../../src/index';
import { describeCompanion } from '../../../contract';
import { APP, container, deepFreeze, newChart, newDeployment, podSpec } from '../../../support';

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
    expect(podSpec(chart).volumes).toContainEqual({ name: 'git-sync-content', emptyDir: { sizeLimit: '1024Mi' } });
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
      ref: 'v1.2.0',
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
    const chart = sync({ once: true, ref: '0123456789abcdef0123456789abcdef01234567' });
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
