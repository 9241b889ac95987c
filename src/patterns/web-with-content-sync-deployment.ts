import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { GitSync } from '../companions/helpers/git-sync/index';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { createError } from '../private/errors';
import { containsPath } from '../private/paths';
import { readProps } from '../private/read-props';
import { WebServer } from '../web/web-server';
import { createSpreadPod, createWorkload, type DeploymentPatternProps, ScaledPattern } from './pod-pattern';

/** A web server and its content, and everything else that a Deployment takes but `containers`. */
export interface WebWithContentSyncDeploymentProps extends DeploymentPatternProps {
  /** The content: what of which repository, and where the web server sees it. */
  readonly contentSync: GitSync;

  /**
   * The web server. One that is given must serve the `contentPath` of `contentSync`.
   *
   * @default - nginx, which serves it and prints its logs:
   * `WebServer.nginx({ contentDirectory: contentSync.contentPath, logsToStdout: true })`
   */
  readonly web?: WebServer;
}

/**
 * A web server of what is in a git repository: as many as needed, each with a checkout of its own. The first checkout is there
 * before the web server starts. Later ones take the place of the last one as a whole, by a link that nginx follows anew for
 * each file, without a reload; the replicas do so at times of their own, up to a `period` apart. While the repository cannot
 * be reached, they serve on what they have, and no new pod starts.
 *
 * @see https://github.com/kubernetes/git-sync
 */
export class WebWithContentSyncDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The companion that brings the content. */
  public readonly contentSync: GitSync;

  public constructor(scope: Construct, id: string, props: WebWithContentSyncDeploymentProps) {
    super(scope, id);
    const own = readProps('WebWithContentSyncDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
    this.pod = createSpreadPod(this.workload, 'web', own);
    const { contentSync } = own;
    const contentDirectory = contentSync.contentPath;
    const web = own.web ?? WebServer.nginx({ contentDirectory, logsToStdout: true });
    this.assertServed(web, contentDirectory);
    web.addTo(this.pod);
    this.pod.add(contentSync);
    this.web = web;
    this.contentSync = contentSync;
  }

  private assertServed({ name, _contentDirectory: directory }: WebServer, contentPath: string): void {
    if (directory !== undefined && !containsPath(contentPath, directory)) {
      throw createError(
        this,
        `web server "${name}" serves "${directory}", not the content, which is at "${contentPath}"; pass that as its \`contentDirectory\``,
      );
    }
  }
}
