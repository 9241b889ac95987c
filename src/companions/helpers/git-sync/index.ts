import { Duration, Size } from 'cdk8s';
import type { ICompanion } from '../../../pod/companion';
import type { PodContainerOptions } from '../../../pod/containers/container-options';
import type { MultiContainerPod } from '../../../pod/multi-container-pod';
import { toWholeSeconds } from '../../../private/durations';
import { throwFirst } from '../../../private/errors';
import { toDnsLabel } from '../../../private/names';
import { normalizePath } from '../../../private/paths';
import { readProps } from '../../../private/read-props';
import { GIT_SYNC } from '../../../software/images';
import {
  omitResizing,
  type RunningCompanionOptions,
  toCompanionContainer,
  toCompanionPort,
} from '../../kit/companion-options';
import { mountSecret } from '../../kit/secret-files';
import type { GitAuth } from './auth';
import { type GitSyncSettings, toFirstSyncArgs, toRepeatedSyncArgs } from './config';
import { validateGitSync } from './validate';

const ROOT = '/git';
const SECRETS = '/etc/git-secret';

/** The treatment of the submodules of a repository. */
export enum GitSubmodules {
  /** They are checked out, and theirs too. */
  RECURSIVE = 'recursive',
  /** They are checked out, but not theirs. */
  SHALLOW = 'shallow',
  /** Their directories stay empty. */
  OFF = 'off',
}

/** Settings of git-sync. */
export interface GitSyncProps extends RunningCompanionOptions {
  /** Address of the repository, by `https://`, `ssh://` or as `git@host:path`. No credentials: they are in `auth`. */
  readonly repository: string;

  /**
   * Absolute directory at which the container sees the volume of git-sync, read-only. The files are not in it but behind
   * the link in it: use `contentPath`.
   */
  readonly directory: string;

  /**
   * Name of the container that uses the files.
   *
   * @default - the main container
   */
  readonly container?: string;

  /**
   * The credentials with which git-sync reads the repository.
   *
   * @default - everybody may read it
   */
  readonly auth?: GitAuth;

  /**
   * Branch, tag or commit. A commit never changes: pass `once` with it.
   *
   * @default - the default branch of the repository
   */
  readonly revision?: string;

  /**
   * Directory of the repository that is the content, such as `public/html`. All of the repository is checked out.
   *
   * @default - the root of the repository
   */
  readonly subdirectory?: string;

  /**
   * Name of the link to the current checkout.
   *
   * @default "current"
   */
  readonly link?: string;

  /**
   * Time between two looks at the repository.
   *
   * @default Duration.minutes(1)
   */
  readonly period?: Duration;

  /**
   * Whether the repository is checked out before the main container starts and never again. Nothing then runs beside the
   * main container.
   *
   * @default false
   */
  readonly once?: boolean;

  /**
   * The number of commits of history that are fetched; 0 fetches all.
   *
   * @default 1
   */
  readonly depth?: number;

  /**
   * The treatment of submodules.
   *
   * @default GitSubmodules.RECURSIVE
   */
  readonly submodules?: GitSubmodules;

  /**
   * Whether the group of the pod may write the files too.
   *
   * @default false
   */
  readonly groupWrite?: boolean;

  /**
   * The time that one sync may take.
   *
   * @default Duration.minutes(2)
   */
  readonly syncTimeout?: Duration;

  /**
   * URL that is called by POST after each change, such as the reload endpoint of the main container on `localhost`, until
   * it answers 200. It is also called once when git-sync starts.
   *
   * @default - nobody is told; the files are there for the next who opens them
   */
  readonly webhookUrl?: string;

  /**
   * Port at which git-sync shows its metrics in the format of Prometheus, at `/metrics`. It is named like the container; `pod.monitor` has it scraped.
   *
   * @default - it listens on no port
   */
  readonly metricsPort?: number;

  /**
   * The size that the volume may reach before the kubelet evicts the pod: history, and two checkouts while one takes
   * the place of the other.
   *
   * @default Size.gibibytes(1)
   */
  readonly sizeLimit?: Size;

  /**
   * More arguments of git-sync, each as `--flag=value`.
   *
   * @default - those that the companion sets itself
   */
  readonly args?: string[];
}

/**
 * A checkout of a git repository for another container, which git-sync keeps up to date.
 *
 * git-sync publishes a change by pointing a link to a new checkout, at once and as a whole. The other container therefore
 * mounts the volume with the link in it, and finds the files at `contentPath`; a mount of the files themselves would stay
 * with the old checkout. What it opens through that path is always the current version; the old one is deleted. The
 * directory also holds the file `.git` of the checkout.
 *
 * An init container makes the first checkout, so that the main container never starts without files, and the pod does not
 * start while the git server is away. Later an unreachable server changes nothing: the files stay, git-sync tries on, and
 * neither it nor the main container is restarted or found unready. Git LFS is not supported.
 *
 * The containers are `git-sync-init` and `git-sync`, with UID 65533, no port, and request 50m CPU and 128Mi memory each.
 * Large repositories need more.
 *
 * @see https://github.com/kubernetes/git-sync
 */
export class GitSync implements ICompanion {
  /** Name of the container that keeps the files up to date. */
  public readonly name: string;

  /** The path at which the other container sees the current version of the files. */
  public readonly contentPath: string;

  private readonly props: GitSyncProps;
  private readonly link: string;

  public constructor(props: GitSyncProps) {
    this.props = readProps('GitSyncProps', props, 'GitSync');
    const { name = 'git-sync', link = 'current', directory, subdirectory } = this.props;
    this.name = name;
    this.link = link;
    throwFirst('GitSync', validateGitSync(this.props, name, link));
    this.contentPath = [normalizePath(directory), link, ...(subdirectory ? [subdirectory] : [])].join('/');
  }

  /** Adds git-sync to a pod. */
  public bind(pod: MultiContainerPod): void {
    const { container = pod.main.name, directory, once, mode, sizeLimit = Size.gibibytes(1), metricsPort } = this.props;
    const content = pod.storage.share(toDnsLabel(this.name, 'content'), { sizeLimit });
    const settings = this.settings;
    const first = `${this.name}-init`;
    pod.addInitContainer({ ...this.buildContainer(first), name: first, args: toFirstSyncArgs(settings) });
    content.writtenBy(first, ROOT);
    if (!once) {
      pod.addSidecar({
        ...this.buildContainer(this.name),
        name: this.name,
        args: toRepeatedSyncArgs(settings, { ...this.props, periodSeconds: this.period }),
        ports: metricsPort === undefined ? undefined : [toCompanionPort(this.name, metricsPort)],
        mode,
      });
      content.writtenBy(this.name, ROOT);
    }
    content.readBy(container, directory);
    this.mountSecret(pod, once ? [first] : [first, this.name]);
  }

  private buildContainer(name: string): PodContainerOptions {
    const { auth, envVariables } = this.props;
    const options = name === this.name ? this.props : omitResizing(this.props);
    return {
      ...toCompanionContainer(options, { name, image: GIT_SYNC, cpuMillis: 50, memoryMebibytes: 128 }),
      envVariables: { ...auth?._environment, ...envVariables },
    };
  }

  private mountSecret(pod: MultiContainerPod, containers: readonly string[]): void {
    const { auth } = this.props;
    if (auth) {
      const { secret, _files: files } = auth;
      mountSecret(pod, containers, { secret, directory: SECRETS, name: [this.name, 'auth'], files });
    }
  }

  private get settings(): GitSyncSettings {
    const { repository, revision = 'HEAD', depth = 1, submodules = GitSubmodules.RECURSIVE } = this.props;
    const { groupWrite = false, syncTimeout = Duration.minutes(2), auth, args = [] } = this.props;
    return {
      ...{ repository, ref: revision, root: ROOT, link: this.link, depth, submodules, groupWrite },
      timeoutSeconds: toWholeSeconds(syncTimeout),
      auth: auth?._toFlags(SECRETS) ?? {},
      args,
    };
  }

  private get period(): number {
    return toWholeSeconds(this.props.period ?? Duration.minutes(1));
  }
}
