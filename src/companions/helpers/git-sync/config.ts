/** What git-sync is told. */
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
  readonly more: readonly string[];
}

/** What git-sync is told where it keeps the checkout up to date. */
export interface GitSyncRepeat {
  readonly periodSeconds: number;
  readonly webhookUrl?: string;
  readonly metricsPort?: number;
}

/** How often the first sync is tried before the container ends and the kubelet starts it again, which everybody sees. */
const FIRST_TRIES = 6;

/** Seconds between those. */
const FIRST_PERIOD = 10;

/** Arguments for the first sync, after which git-sync exits. */
export function firstSyncArgs(settings: GitSyncSettings): string[] {
  return args(settings, {
    'one-time': '',
    period: `${FIRST_PERIOD}s`,
    'max-failures': String(FIRST_TRIES),
  });
}

/** Arguments for all that follow: git-sync never gives up, because the checkout stays good while the server is away. */
export function repeatedSyncArgs(settings: GitSyncSettings, repeat: GitSyncRepeat): string[] {
  const { periodSeconds, webhookUrl, metricsPort } = repeat;
  return args(settings, {
    period: `${periodSeconds}s`,
    'max-failures': '-1',
    ...(webhookUrl === undefined ? {} : { 'webhook-url': webhookUrl }),
    ...(metricsPort === undefined ? {} : { 'http-bind': `:${metricsPort}`, 'http-metrics': '' }),
  });
}

/** The flags that git-sync is always told, or by props of their own, so that nobody may say them a second time. */
export const OWN_FLAGS: readonly string[] = [
  ...['repo', 'ref', 'root', 'link', 'depth', 'submodules', 'sync-timeout', 'group-write', 'period', 'max-failures'],
  ...['one-time', 'webhook-url', 'http-bind', 'http-metrics', 'username', 'password-file', 'ssh-key-file'],
  ...['ssh-known-hosts-file', 'password'],
];

function args(settings: GitSyncSettings, more: { readonly [flag: string]: string }): string[] {
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
  return [...own, ...settings.more];
}

/** How a repository is reached. */
export enum Transport {
  HTTP = 'http',
  HTTPS = 'https',
  SSH = 'ssh',
}

const SCP_LIKE = /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)\S+$/;
const URL_LIKE = /^(https?|ssh):\/\/(?:([^/@\s]*)@)?[^/@\s]+\/\S+$/;

/** How this repository is reached, or nothing where that is not to be seen. */
export function transportOf(repository: string): Transport | undefined {
  const scheme = URL_LIKE.exec(repository)?.[1];
  return (scheme as Transport) ?? (SCP_LIKE.test(repository) ? Transport.SSH : undefined);
}

/** Whether the address holds a password or token: over HTTP, the name of a user is often a token. */
export function holdsCredential(repository: string): boolean {
  const [, scheme, user] = URL_LIKE.exec(repository) ?? [];
  return user !== undefined && (scheme !== 'ssh' || user.includes(':'));
}
