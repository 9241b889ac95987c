import type { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/workload/scaling';
import { WebWithLogAgent } from './web-with-log-agent';

/**
 * A web server and its log agent in a workload of several equal pods. Made by the patterns of this library, not for
 * extension.
 */
export abstract class ScaledWebWithLogAgent extends WebWithLogAgent {
  /** Scales with the CPU use of the web server alone. */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    return this.pod.scaleOnCpu(options);
  }

  /** Keeps web servers up while nodes are drained. */
  public keepAvailable(options: KeepAvailableOptions = {}): ApiObject {
    return this.pod.keepAvailable(options);
  }
}
