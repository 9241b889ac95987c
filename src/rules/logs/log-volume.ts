import { findSoftwareConfig } from '../configs/software-config';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { ManifestSet } from '../model/manifest-set';
import type { PodView } from '../model/pod-view';
import type { Rule } from '../rule';

/** The usual names of a container that reads the logs of the others. */
const LOG_AGENT =
  /^([a-z0-9-]*-)?log(s|ging)?-?(agent|shipper|forwarder|tailer|saver|streamer)$|^(fluent-?bit|filebeat|promtail)$/;

export const LOG_VOLUME: Rule = {
  id: 'log-volume',
  severity: Severity.WARNING,
  catches: 'A log agent beside other containers that shares no volume with them, and that nobody can send logs to.',
  consequence:
    'Each container has a file system of its own, so the agent sees none of the files that the others write.',
  fix: 'mount one volume in both: where the logs are written, and read-only in the agent',
  source: 'https://kubernetes.io/docs/concepts/cluster-administration/logging/#sidecar-container-with-a-logging-agent',
  checkPod: (pod, set) =>
    pod.companions
      .filter((container) => LOG_AGENT.test(container.name) && !isReached(container, pod, set))
      .map((container) => ({
        at: container.field.at('volumeMounts'),
        message: `log agent "${container.name}" shares no volume with another container`,
      })),
};

/** Whether logs come to it some other way, or what it reads is known and so reported by `log-path`. */
function isReached(container: ContainerView, pod: PodView, set: ManifestSet): boolean {
  const config = findSoftwareConfig(container, pod, set);
  const isTold = config !== undefined && (config.tails.length > 0 || config.listeners.length > 0);
  const isKubelet = container.mounts.some(({ volume }) => pod.findVolume(volume)?.at('hostPath').exists);
  return isTold || isKubelet || container.ports.length > 0 || sharesVolume(container, pod);
}

function sharesVolume(container: ContainerView, { all }: PodView): boolean {
  const volumes = new Set(container.mounts.map(({ volume }) => volume));
  return all.some((other) => other !== container && other.mounts.some(({ volume }) => volumes.has(volume)));
}
