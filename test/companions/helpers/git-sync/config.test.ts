import {
  firstSyncArgs,
  type GitSyncSettings,
  holdsCredential,
  OWN_FLAGS,
  repeatedSyncArgs,
  transportOf,
} from '../../../../src/companions/helpers/git-sync/config';

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
  more: ['--verbose=2'],
};
const REPEAT = { periodSeconds: 5, webhookUrl: 'http://localhost/reload', metricsPort: 1234 };

test('all flags are those of git-sync 4, and each stands once', () => {
  for (const args of [firstSyncArgs(SETTINGS), repeatedSyncArgs(SETTINGS, REPEAT)]) {
    const flags = args.map((arg) => /^--([a-z-]+)/.exec(arg)?.[1]);
    expect(flags.filter((flag) => !KNOWN.includes(flag!))).toEqual([]);
    expect(new Set(flags).size).toBe(flags.length);
  }
  expect(OWN_FLAGS.filter((flag) => !KNOWN.includes(flag))).toEqual([]);
});

test('what the companion sets cannot be said again', () => {
  const own = [...firstSyncArgs(SETTINGS), ...repeatedSyncArgs(SETTINGS, REPEAT)].map(
    (arg) => /^--([a-z-]+)/.exec(arg)![1],
  );
  expect(own.filter((flag) => !OWN_FLAGS.includes(flag!) && flag !== 'verbose')).toEqual([]);
});

test('the first sync ends after some failures, the later ones never', () => {
  expect(firstSyncArgs(SETTINGS)).toEqual(expect.arrayContaining(['--one-time', '--max-failures=6']));
  expect(repeatedSyncArgs(SETTINGS, REPEAT)).toContain('--max-failures=-1');
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
  expect(transportOf(repository)).toBe(transport);
});

test.each([
  ['https://host/a', false],
  ['https://token@host/a', true],
  ['ssh://git@host/a', false],
  ['ssh://git:password@host/a', true],
  ['git@host:a', false],
])('%s holds a credential: %p', (repository, holds) => {
  expect(holdsCredential(repository)).toBe(holds);
});
