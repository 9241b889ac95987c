import { FluentBit } from '../companions/logs/fluent-bit/index';
import { FluentBitOutput } from '../companions/logs/fluent-bit/output';
import { LogRotator } from '../companions/logs/log-rotator';
import type { ILogAgent } from '../pod/companion';
import type { LogFiles } from '../pod/logs/log-files';
import { type LogRotation, LogRotationMethod } from '../pod/logs/log-rotation';
import type { MultiContainerPod } from '../pod/multi-container-pod';

/** The log files that the main container of a pattern writes, and the agent that ships them. */
interface Shipping {
  readonly logs: LogFiles[];
  readonly rotation?: LogRotation;
  readonly logAgent?: ILogAgent;
}

/** The output of the agents that nobody chose; a value, which all of them may have. */
let standardOutput: FluentBitOutput | undefined;

/** Adds the agent that ships these log files of the main container, and the rotator where there must be one. */
export function addLogShipping(pod: MultiContainerPod, { logs, rotation, logAgent }: Shipping): ILogAgent {
  const agent = logAgent ?? createDefaultAgent();
  pod.add(agent);
  for (const files of logs) {
    agent.collect(pod, files);
  }
  if (rotation && rotation.method !== LogRotationMethod.APPLICATION) {
    pod.add(new LogRotator({ logs, rotation }));
  }
  return agent;
}

function createDefaultAgent(): FluentBit {
  standardOutput ??= FluentBitOutput.stdout();
  return new FluentBit({ output: standardOutput });
}
