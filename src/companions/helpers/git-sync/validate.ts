import { toWholeSeconds } from '../../../private/durations';
import { normalizePath } from '../../../private/paths';
import { GIT_SYNC } from '../../../software/images';
import { findQueryCredential, showsCredential } from '../../kit/credentials';
import { findTransport, holdsCredential, Transport } from './config';
import type { GitSyncProps } from './index';

/** Names that git-sync keeps in its root beside the link. */
const RESERVED_LINKS = ['.', '..', '.git', '.worktrees', 'tmp-link'];

/** The first mistake in the props, or nothing. */
export function validateGitSync(props: GitSyncProps, name: string, link: string): string | undefined {
  return (
    validateRepository(props, name) ??
    validateRevision(props) ??
    validateLink(props, link) ??
    validateWebhookAndTimes(props, name)
  );
}

function validateRepository({ repository, auth, user }: GitSyncProps, name: string): string | undefined {
  if (holdsCredential(repository)) {
    return `\`repository\` of "${name}" holds a credential, which everybody could read in the manifest; pass it as \`auth\``;
  }
  const transport = findTransport(repository);
  if (transport === undefined) {
    return `\`repository\` "${repository}" is not an address that git-sync can reach; use https://host/path, ssh://git@host/path or git@host:path`;
  }
  if (auth?.ssh && transport !== Transport.SSH) {
    return `\`auth\` is an SSH key, but \`repository\` "${repository}" is not reached by SSH; use ssh:// or pass \`GitAuth.password\``;
  }
  if (auth && !auth.ssh && transport !== Transport.HTTPS) {
    return `\`auth\` is a password, but \`repository\` "${repository}" is not reached by https://; use that or pass \`GitAuth.sshKey\``;
  }
  return transport === Transport.SSH && user !== undefined && user !== GIT_SYNC.user
    ? `"${name}" has \`user\` ${user}, whom the image does not know and SSH therefore refuses; leave \`user\` out, or use https://`
    : undefined;
}

function validateRevision({ ref, depth = 1 }: GitSyncProps): string | undefined {
  if (ref !== undefined && !/^[^\s-]\S*$/.test(ref)) {
    return `\`ref\` "${ref}" is not a branch, tag or commit; pass its name`;
  }
  return Number.isInteger(depth) && depth >= 0
    ? undefined
    : `\`depth\` is ${depth}; pass a whole number of commits, or 0 for all`;
}

function validateLink({ subdirectory }: GitSyncProps, link: string): string | undefined {
  if (!/^[\w.-]+$/.test(link) || RESERVED_LINKS.includes(link)) {
    return `\`link\` "${link}" cannot name the link; use letters, digits, ".", "_" and "-"`;
  }
  return subdirectory !== undefined && normalizePath(`/${subdirectory}`) !== `/${subdirectory}`
    ? `\`subdirectory\` "${subdirectory}" is not a path in the repository; pass one without "/" at its ends and without ".."`
    : undefined;
}

function validateWebhookAndTimes(
  { webhookUrl = '', period, syncTimeout }: GitSyncProps,
  name: string,
): string | undefined {
  if (showsCredential('webhookUrl', webhookUrl) || findQueryCredential(webhookUrl)) {
    return `\`webhookUrl\` of "${name}" shows a credential to all who may read the pod; call an endpoint that takes none`;
  }
  const [short] = Object.entries({ period, syncTimeout }).find(([, time]) => time && toWholeSeconds(time) < 1) ?? [];
  return short && `\`${short}\` of "${name}" is 0 s; pass at least one second`;
}
