import { toWholeSeconds } from '../../../private/durations';
import { normalizePath } from '../../../private/paths';
import { showsCredential } from '../../../software/credentials';
import { GIT_SYNC } from '../../../software/images';
import { validateArguments } from '../../kit/arguments';
import { validateEnvironment } from '../../kit/companion-options';
import { findTransport, OWN_FLAGS, Transport } from './config';
import type { GitSyncProps } from './index';

/** Names that git-sync keeps in its root beside the link. */
const RESERVED_LINKS = ['.', '..', '.git', '.worktrees', 'tmp-link'];

/** Finds what is wrong with the settings of git-sync. */
export function validateGitSync(props: GitSyncProps, name: string, link: string): string[] {
  return [
    ...validateRepository(props, name),
    ...validateRevision(props),
    ...validateLink(props, link),
    ...validateWebhook(props, name),
    ...validateTimes(props, name),
    ...validateArguments({ name, own: OWN_FLAGS, remedy: 'pass `auth`' }, props.args),
    ...validateEnvironment(name, props.auth?._environment ?? {}, props.envVariables),
  ];
}

function validateRepository({ repository, auth, user }: GitSyncProps, name: string): string[] {
  const transport = findTransport(repository);
  if (showsCredential('url', repository, '(?!)')) {
    return [
      `\`repository\` of "${name}" holds a credential, which everybody could read in the manifest; pass it as \`auth\``,
    ];
  }
  if (transport === undefined) {
    return [
      `\`repository\` "${repository}" is not an address that git-sync can reach; use https://host/path, ssh://git@host/path or git@host:path`,
    ];
  }
  return [
    ...(auth?.ssh && transport !== Transport.SSH
      ? [
          `\`auth\` is an SSH key, but \`repository\` "${repository}" is not reached by SSH; use ssh:// or pass \`GitAuth.password\``,
        ]
      : []),
    ...(auth && !auth.ssh && transport !== Transport.HTTPS
      ? [
          `\`auth\` is a password, but \`repository\` "${repository}" is not reached by https://; use that or pass \`GitAuth.sshKey\``,
        ]
      : []),
    ...(transport === Transport.SSH && user !== undefined && user !== GIT_SYNC.user
      ? [
          `"${name}" has \`user\` ${user}, whom the image does not know and SSH therefore refuses; leave \`user\` out, or use https://`,
        ]
      : []),
  ];
}

function validateRevision({ revision, depth = 1 }: GitSyncProps): string[] {
  return [
    ...(revision === undefined || /^[^\s-]\S*$/.test(revision)
      ? []
      : [`\`revision\` "${revision}" is not a branch, tag or commit; pass its name`]),
    ...(Number.isInteger(depth) && depth >= 0
      ? []
      : [`\`depth\` is ${depth}; pass a whole number of commits, or 0 for all`]),
  ];
}

function validateLink({ subdirectory }: GitSyncProps, link: string): string[] {
  return [
    ...(/^[\w.-]+$/.test(link) && !RESERVED_LINKS.includes(link)
      ? []
      : [`\`link\` "${link}" cannot name the link; use letters, digits, ".", "_" and "-"`]),
    ...(subdirectory === undefined || normalizePath(`/${subdirectory}`) === `/${subdirectory}`
      ? []
      : [
          `\`subdirectory\` "${subdirectory}" is not a path in the repository; pass one without "/" at its ends and without ".."`,
        ]),
  ];
}

function validateWebhook({ webhookUrl = '' }: GitSyncProps, name: string): string[] {
  return showsCredential('url', webhookUrl)
    ? [`\`webhookUrl\` of "${name}" shows a credential to all who may read the pod; call an endpoint that takes none`]
    : [];
}

function validateTimes({ period, syncTimeout }: GitSyncProps, name: string): string[] {
  const short = Object.entries({ period, syncTimeout }).filter(([, time]) => time && toWholeSeconds(time) < 1);
  return short.map(([prop]) => `\`${prop}\` of "${name}" is 0 s; pass at least one second`);
}
