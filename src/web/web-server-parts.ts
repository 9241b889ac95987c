import type { Duration, Size } from 'cdk8s';
import type { MainContainerProps } from '../pod/container-options';
import type { PreStopSleep } from '../pod/lifecycle';
import type { LogFiles } from '../pod/log-files';
import type { LogRotation } from '../pod/log-rotation';
import type { ClaimOptions } from '../pod/network';
import type { ConfigFilesOptions } from '../pod/storage';

/** What a web server brings to a pod, whatever image it is. */
export interface WebServerParts {
  readonly container: MainContainerProps;
  readonly port: number;
  /** Whether the port is open on the loopback interface alone. */
  readonly loopback?: boolean;
  /** The port that the kubelet's probes ask, where it is another one. */
  readonly healthPort?: number;
  readonly logs: readonly LogFiles[];
  readonly rotation: LogRotation;
  readonly logSizeLimit?: Size;
  readonly pause?: { readonly time: Duration; readonly means: PreStopSleep };
  readonly drain: Duration;
  readonly listeners?: readonly Omit<ClaimOptions, 'container'>[];
  readonly configurations: readonly Omit<ConfigFilesOptions, 'container'>[];
}
