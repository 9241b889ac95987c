import type { ILogAgent } from '../pod/companion';
import type { SidecarMode } from '../pod/lifecycle/pod-lifecycle';
import type { MultiContainerPod } from '../pod/multi-container-pod';
import type { SharedVolume } from '../pod/storage/shared-volume';
import { createError } from '../private/errors';
import type { WebServer } from '../web/web-server';
import { ensureDefaultWeb } from './defaults';
import { addLogShipping } from './log-shipping';

/** The parts of a web server with a log agent, whatever workload runs it. */
export interface WebWithLogAgentOptions {
  /**
   * The web server.
   *
   * @default WebServer.nginx()
   */
  readonly web?: WebServer;

  /**
   * The agent that ships its log files.
   *
   * @default - a Fluent Bit that prints every record to its own standard output
   */
  readonly logAgent?: ILogAgent;

  /**
   * The mode in which Kubernetes runs the agent.
   *
   * @default - the mode that `PodDefaults` give, which is `SidecarMode.NATIVE` unless they say otherwise
   */
  readonly sidecarMode?: SidecarMode;
}

/** The parts of the pattern in one pod. */
interface WebWithLogAgentParts {
  readonly web: WebServer;
  readonly logAgent: ILogAgent;
  readonly logs: SharedVolume;
}

/**
 * Fills a pod without containers: the web server as main container, its logs on a volume, the agent that reads them.
 *
 * @see https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent
 */
export function addWebWithLogAgent(pod: MultiContainerPod, options: WebWithLogAgentOptions): WebWithLogAgentParts {
  const { web = ensureDefaultWeb() } = options;
  if (web.logs.length === 0) {
    throw createError(
      pod.workload,
      `web server "${web.name}" writes no log files that an agent could ship; pass its \`logs\`, or leave the agent out`,
    );
  }
  web.addTo(pod);
  const logAgent = addLogShipping(pod, { logs: web.logs, rotation: web.rotation, logAgent: options.logAgent });
  return { web, logAgent, logs: pod.logs.write(web.logs[0]!) };
}
