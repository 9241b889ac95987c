import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ICompanion } from '../pod/companion';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { createError } from '../private/errors';
import { readProps } from '../private/read-props';
import { WebServer } from '../web/web-server';
import { createSpreadPod, createWorkload, type DeploymentPatternProps, ScaledPattern } from './pod-pattern';

/** A web server and the proxy in front of it, and everything else that a Deployment takes but `containers`. */
export interface WebWithAuthProxyDeploymentProps extends DeploymentPatternProps {
  /**
   * The web server, which listens on the loopback interface alone.
   *
   * @default WebServer.nginx({ loopback: true, logsToStdout: true })
   */
  readonly web?: WebServer;

  /**
   * The proxy through which requests enter: an `OAuth2Proxy`, or another companion that says so with `pod.network.receiveThrough`, such as
   * an `NginxReverseProxy` that asks for certificates.
   */
  readonly authProxy: ICompanion;
}

/**
 * A web server that is reached only through a proxy in its pod, which asks users who they are: as many as needed,
 * each with a proxy of its own. `expose` leads to the proxy. The web server listens on the loopback interface, so
 * that other pods that know the address of the pod get no further; one that listens on all interfaces is refused.
 *
 * The proxy is stopped after the web server, which in the meantime has to answer on: nginx does so by itself, others with
 * `preStopSleep`.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking
 */
export class WebWithAuthProxyDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The web server. */
  public readonly web: WebServer;

  /** The proxy through which requests enter. */
  public readonly authProxy: ICompanion;

  public constructor(scope: Construct, id: string, props: WebWithAuthProxyDeploymentProps) {
    super(scope, id);
    const own = readProps('WebWithAuthProxyDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
    this.pod = createSpreadPod(this.workload, 'web', own);
    const { web = WebServer.nginx({ loopback: true, logsToStdout: true }), authProxy } = own;
    this.assertHidden(web);
    web.addTo(this.pod);
    this.pod.add(authProxy);
    this.assertEntrance();
    this.web = web;
    this.authProxy = authProxy;
  }

  private assertHidden({ name, port, loopback }: WebServer): void {
    if (!loopback) {
      throw createError(
        this,
        `web server "${name}" opens port ${port} to other pods, which get there past the proxy; let it listen on 127.0.0.1 and pass \`loopback: true\``,
      );
    }
  }

  /** Else `expose` would lead to what the web server opens besides. */
  private assertEntrance(): void {
    const { main, network } = this.pod;
    if (!network._entrances.some(({ container }) => container !== main.name)) {
      throw createError(
        this,
        `no requests enter the pod through \`authProxy\`; pass a proxy that says so with \`pod.network.receiveThrough\``,
      );
    }
  }
}
