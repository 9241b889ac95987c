/** Settings of git-sync. */
export interface GitSyncSettings {
  readonly repository: string;
  readonly ref: string;
  readonly root: string;
  readonly link: string;
  readonly depth: number;
  readonly submodules: string;
  readonly timeoutSeconds: number;
  readonly groupWrite: boolean;
  /** Flags of the credentials. */
  readonly auth: { readonly [flag: string]: string };
  /** Arguments that the user adds. */
  readonly args: readonly string[];
}

/** Settings of the git-sync that keeps the checkout up to date. */
export interface GitSyncRepeat {
  readonly periodSeconds: number;
  readonly webhookUrl?: string;
  readonly metricsPort?: number;
}

/** The tries of the first sync before the container ends and the kubelet starts it again, which everybody sees. */
const FIRST_TRIES = 6;

/** Seconds between those. */
const FIRST_PERIOD = 10;

/** Arguments for the first sync, after which git-sync exits. */
export function toFirstSyncArgs(settings: GitSyncSettings): string[] {
  return toGitSyncArgs(settings, {
    'one-time': '',
    period: `${FIRST_PERIOD}s`,
    'max-failures': String(FIRST_TRIES),
  });
}

/** Arguments for all that follow: git-sync never gives up, because the checkout stays good while the server is away. */
export function toRepeatedSyncArgs(settings: GitSyncSettings, repeat: GitSyncRepeat): string[] {
  const { periodSeconds, webhookUrl, metricsPort } = repeat;
  return toGitSyncArgs(settings, {
    period: `${periodSeconds}s`,
    'max-failures': '-1',
    ...(webhookUrl === undefined ? {} : { 'webhook-url': webhookUrl }),
    ...(metricsPort === undefined ? {} : { 'http-bind': `:${metricsPort}`, 'http-metrics': '' }),
  });
}

/** The flags that the companion always passes, or that have props of their own; a user may not pass them again. */
export const OWN_FLAGS: readonly string[] = [
  ...['repo', 'ref', 'root', 'link', 'depth', 'submodules', 'sync-timeout', 'group-write', 'period', 'max-failures'],
  ...['one-time', 'webhook-url', 'http-bind', 'http-metrics', 'username', 'password-file', 'ssh-key-file'],
  ...['ssh-known-hosts-file', 'password'],
];

function toGitSyncArgs(settings: GitSyncSettings, more: { readonly [flag: string]: string }): string[] {
  const { repository, ref, root, link, depth, submodules, timeoutSeconds, groupWrite } = settings;
  const flags = {
    repo: repository,
    ref,
    root,
    link,
    depth: String(depth),
    submodules,
    'sync-timeout': `${timeoutSeconds}s`,
    ...(groupWrite ? { 'group-write': '' } : {}),
    ...settings.auth,
    ...more,
  };
  const own = Object.entries(flags).map(([flag, value]) => (value === '' ? `--${flag}` : `--${flag}=${value}`));
  return [...own, ...settings.args];
}

/** The transport of a repository. */
export enum Transport {
  HTTP = 'http',
  HTTPS = 'https',
  SSH = 'ssh',
}

const SCP_LIKE = /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)\S+$/;
const URL_LIKE = /^(https?|ssh):\/\/(?:[^/@\s]*@)?[^/@\s]+\/\S+$/;

/** The transport of a repository, or nothing where its address does not show it. */
export function findTransport(repository: string): Transport | undefined {
  const scheme = URL_LIKE.exec(repository)?.[1];
  return (scheme as Transport) ?? (SCP_LIKE.test(repository) ? Transport.SSH : undefined);
}
