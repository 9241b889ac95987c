import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { ICompanion } from '../pod/companion';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { readProps } from '../private/read-props';
import { addApplication } from '../web/application';
import { type AppPatternProps, createSpreadPod, createWorkload, ScaledPattern } from './pod-pattern';

/** An application and its database proxy, and everything else that a Deployment takes but `containers`. */
export interface AppWithDatabaseProxyDeploymentProps extends AppPatternProps {
  /**
   * The proxy between the application and its database: a `CloudSqlProxy`, a `PgBouncer`, or another companion that is
   * ready before the main container and says there where it listens.
   */
  readonly databaseProxy: ICompanion;
}

/**
 * An application that reaches its database through a proxy in its pod: as many as needed, each with a proxy of its own. The
 * proxy listens for the pod alone, is ready before the application starts and is stopped after it. The application finds it
 * by its environment, under the names that the clients of the database read.
 *
 * A proxy that must be ready first is a native sidecar: `SidecarMode.CLASSIC` is refused with those of this library. Each pod
 * has connections of its own to the database, so its limit is shared by all replicas.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export class AppWithDatabaseProxyDeployment extends ScaledPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /** The pod: what its containers share. */
  public readonly pod: MultiContainerPod;

  /** The container of the application. */
  public readonly app: kplus.Container;

  /** The proxy between the application and its database. */
  public readonly databaseProxy: ICompanion;

  public constructor(scope: Construct, id: string, props: AppWithDatabaseProxyDeploymentProps) {
    super(scope, id);
    const own = readProps('AppWithDatabaseProxyDeploymentProps', props, this);
    this.workload = createWorkload(kplus.Deployment, this, own);
    this.pod = createSpreadPod(this.workload, 'app', own);
    this.app = addApplication(this.pod, own.app);
    const { databaseProxy } = own;
    this.pod.add(databaseProxy);
    this.databaseProxy = databaseProxy;
  }
}
