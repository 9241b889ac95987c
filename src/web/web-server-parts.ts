import type { Size } from 'cdk8s';
import type { LogFiles } from '../pod/logs/log-files';
import type { LogRotation } from '../pod/logs/log-rotation';
import type { ClaimOptions } from '../pod/network/pod-network';
import type { ConfigFilesOptions } from '../pod/storage/pod-storage';
import type { ServingParts } from './serving';

/** The parts that a web server of any image brings to a pod. */
export interface WebServerParts extends ServingParts {
  readonly port: number;
  /** The directory of the files that it serves, where that is known. */
  readonly contentDirectory?: string;
  readonly logs: readonly LogFiles[];
  readonly rotation?: LogRotation;
  readonly logSizeLimit?: Size;
  readonly listeners?: readonly Omit<ClaimOptions, 'container'>[];
  readonly configurations: readonly Omit<ConfigFilesOptions, 'container'>[];
}
