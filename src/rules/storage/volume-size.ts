import { containsPath } from '../../private/paths';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { isWritableUse, listEmptyDirs, listVolumeUses } from '../model/volumes';
import type { Rule } from '../rule';

/** A name such as `logs`, `app-log` or `varlog`, but not `catalog` or `blog`. */
const LOG_NAME = /(^|-)(var)?logs?(-|$)/;

export const VOLUME_SIZE: Rule = {
  id: 'volume-size',
  severity: Severity.WARNING,
  catches: 'A volume for the logs of one container that another one reads, without `sizeLimit`.',
  consequence: 'Logs that nobody rotates fill the disk of the node, and its pods are evicted, other teams’ included.',
  fix: 'set a `sizeLimit` on the volume that holds the rotated files and what the reader is behind',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
  checkPod: (pod) =>
    listEmptyDirs(pod)
      .filter((volume) => isUnlimited(volume) && carriesLogs(volume, pod) && !hasStorageLimit(pod))
      .map((volume) => ({
        at: volume.at('emptyDir', 'sizeLimit'),
        message: `volume "${volume.at('name').text}" carries logs without \`sizeLimit\``,
      })),
};

/** Whether nothing bounds it; one in memory is for the rule `volume-medium`. */
function isUnlimited(volume: Field): boolean {
  return !volume.at('emptyDir', 'sizeLimit').exists && !volume.at('emptyDir', 'medium').text;
}

function carriesLogs(volume: Field, pod: PodView): boolean {
  const name = volume.at('name').text!;
  const uses = listVolumeUses(pod, name).filter(({ container }) => container.isRunning);
  const writers = uses.filter((use) => isWritableUse(use, volume));
  return (
    writers.some(({ mount }) => LOG_NAME.test(name) || (mount.path && containsPath('/var/log', mount.path))) &&
    new Set(uses.map(({ container }) => container)).size > 1
  );
}

/** Whether the pod is evicted before it fills the node: the limits of its containers bound its volumes too. */
function hasStorageLimit({ running }: PodView): boolean {
  return running.some(({ field }) => field.at('resources', 'limits', 'ephemeral-storage').exists);
}
