import { FluentBit } from '../companions/logs/fluent-bit/index';
import { LogRotator } from '../companions/logs/log-rotator';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import { type LogRotation, LogRotationMethod } from '../pod/logs/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import { ensureDefaultOutput } from './defaults';

/** The log files that the main container of a pattern writes, and the agent that ships them. */
interface Shipping {
  readonly logs: LogFiles[];
  readonly rotation?: LogRotation;
  readonly logAgent?: ILogAgent;
}

/** Adds the agent that ships these log files of the main container, and the rotator where there must be one. */
export function addLogShipping(pod: MultiContainerPod, { logs, rotation, logAgent }: Shipping): ILogAgent {
  const agent = logAgent ?? new FluentBit({ output: ensureDefaultOutput() });
  pod.add(agent);
  for (const files of logs) {
    agent.collect(pod, files);
  }
  if (rotation && rotation.method !== LogRotationMethod.APPLICATION) {
    pod.add(new LogRotator({ logs, rotation }));
  }
  return agent;
}
