import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { SidecarMode } from '../pod/lifecycle/pod-lifecycle';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/workload/scaling';
import { podOf, workloadProps } from './pod-pattern';
import { ServedPattern } from './served-pattern';

/**
 * Everything that a Deployment takes but `containers`. Its pods are spread over nodes and zones, softly, unless `spread` is
 * false.
 */
export interface DeploymentPatternProps extends kplus.DeploymentProps {
  /**
   * How Kubernetes runs the companions.
   *
   * @default SidecarMode.NATIVE
   */
  readonly sidecarMode?: SidecarMode;
}

/** A ready-made pod, as many as needed. Made by the patterns of this library, not for extension. */
export abstract class DeploymentPattern extends ServedPattern {
  /** The Deployment. */
  public readonly workload: kplus.Deployment;

  /**
   * Makes the Deployment, and its pod without containers.
   *
   * @param props what the pattern was made with
   * @param main the prop that gives the main container: `web` or `app`
   */
  protected constructor(scope: Construct, id: string, props: DeploymentPatternProps, main: string) {
    super(scope, id);
    this.workload = new kplus.Deployment(this, 'Resource', workloadProps(props));
    this._pod = podOf(this.workload, main as 'web' | 'app', props);
    if (props.spread ?? true) {
      this.pod.spread();
    }
  }

  /** Scales with the CPU use of the main container alone. */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    return this.pod.scaleOnCpu(options);
  }

  /** Keeps pods up while nodes are drained. */
  public keepAvailable(options: KeepAvailableOptions = {}): ApiObject {
    return this.pod.keepAvailable(options);
  }
}
