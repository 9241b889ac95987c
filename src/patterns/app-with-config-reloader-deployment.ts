import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ConfigReloader } from '../companions/helpers/config-reloader/index';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { readProps } from '../private/read-props';
import { addApplication } from '../web/application';
import { type AppPatternProps, createSpreadPod, createWorkload, ScaledPattern } from './pod-pattern';

/** An application and its reloader, and everything else that a Deployment takes but `containers`. */
export interface AppWithConfigReloaderDeploymentProps extends AppPatternProps {
  /** The reloader that tells the application of a changed configuration. */
  readonly configReloader: ConfigReloader;
}

/**
 * An application that takes up a changed configuration while it runs: as many as needed, each told by a reloader of its own.
 * A change of the files rolls no pods: the kubelet brings it into those that run within a minute or two, and the reloader
 * tells the application. It is for configuration that may be wrong for a moment; what should roll out pod by pod is
 * `pod.storage.configFiles`.
 *
 * @see https://kubernetes.io/docs/concepts/configuration/configmap/#mounted-configmaps-are-updated-automatically
 */
export class AppWithConfigReloaderDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The container of the application. */
  public readonly app: kplus.Container;

  /** The reloader that tells the application of a changed configuration. */
  public readonly configReloader: ConfigReloader;

  public constructor(scope: Construct, id: string, props: AppWithConfigReloaderDeploymentProps) {
    super(scope, id);
    const own = readProps('AppWithConfigReloaderDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
    this.pod = createSpreadPod(this.workload, 'app', own);
    this.app = addApplication(this.pod, own.app);
    const { configReloader } = own;
    this.pod.add(configReloader);
    this.configReloader = configReloader;
  }
}
