import type * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { type ApplicationProps, addApplication } from '../web/application';
import { DeploymentPattern, type DeploymentPatternProps } from './deployment-pattern';

/** What every pattern takes whose main container is an application. */
export interface AppPatternProps extends DeploymentPatternProps {
  /** The application. */
  readonly app: ApplicationProps;
}

/** An application as the main container of a ready-made pod. Made by the patterns of this library, not for extension. */
export abstract class AppPattern extends DeploymentPattern {
  protected constructor(scope: Construct, id: string, props: AppPatternProps) {
    super(scope, id, props, 'app');
    addApplication(this.pod, props.app);
  }

  /** The container of the application. */
  public get app(): kplus.Container {
    return this.pod.main;
  }
}
