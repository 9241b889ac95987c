import type { Construct } from 'constructs';
import type { ConfigReloader } from '../companions/helpers/config-reloader/index';
import { AppPattern, type AppPatternProps } from './app-pattern';

/** An application and its reloader, and everything else that a Deployment takes but `containers`. */
export interface AppWithConfigReloaderDeploymentProps extends AppPatternProps {
  /** Who tells the application that its configuration changed. */
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
export class AppWithConfigReloaderDeployment extends AppPattern {
  private readonly parts: { readonly configReloader: ConfigReloader };

  public constructor(scope: Construct, id: string, props: AppWithConfigReloaderDeploymentProps) {
    super(scope, id, props);
    const { configReloader } = props;
    this.pod.add(configReloader);
    this.parts = { configReloader };
  }

  /** Who tells the application that its configuration changed. */
  public get configReloader(): ConfigReloader {
    return this.parts.configReloader;
  }
}
