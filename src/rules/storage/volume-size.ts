import { containsPath } from '../../private/paths';
import { NANOS_PER_UNIT, toNanos } from '../../private/quantities';
import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { isWritableUse, listEmptyDirs, listVolumeUses } from '../model/volumes';
import type { Problem, Rule } from '../rule';

/** A name such as `logs`, `app-log` or `varlog`, but not `catalog` or `blog`. */
const LOG_NAME = /(^|-)(var)?logs?(-|$)/;

export const VOLUME_SIZE: Rule = {
  id: 'volume-size',
  severity: Severity.WARNING,
  catches:
    'A volume for the logs of one container that another one reads, without `sizeLimit`, or one whose `sizeLimit` is above the limits of the pod.',
  consequence: 'Logs that nobody rotates fill the disk of the node, and its pods are evicted, other teams’ included.',
  fix: 'set a `sizeLimit` on the volume that holds the rotated files and what the reader is behind',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage',
  checkPod: (pod) => {
    const volumes = listEmptyDirs(pod);
    return volumes.length === 0 ? [] : [...checkUnlimited(volumes, pod), ...checkBeyond(volumes, pod)];
  },
};

function checkUnlimited(volumes: readonly Field[], pod: PodView): Problem[] {
  return volumes
    .filter((volume) => isUnlimited(volume) && carriesLogs(volume, pod) && !hasStorageLimit(pod))
    .map((volume) => ({
      at: volume.at('emptyDir', 'sizeLimit'),
      message: `volume "${volume.at('name').text}" carries logs without \`sizeLimit\``,
    }));
}

/** The limits of all containers together bound what they and the volumes on disk take. */
function checkBeyond(volumes: readonly Field[], pod: PodView): Problem[] {
  const limit = findPodLimit(pod);
  return volumes.flatMap((volume) => {
    const at = volume.at('emptyDir', 'sizeLimit');
    const size = volume.at('emptyDir', 'medium').text ? undefined : toNanos(at.scalar);
    const message = `volume "${volume.at('name').text}" may hold ${at.scalar}, more than the \`ephemeral-storage\` that the limits of the containers allow the pod`;
    return limit !== undefined && size !== undefined && size > limit
      ? [{ at, message, fix: 'lower `sizeLimit`, or raise the limits: the pod is evicted before the volume is full' }]
      : [];
  });
}

/** The storage that the limits of the containers allow the pod; nothing where none says any, or no whole byte. */
function findPodLimit({ running, initContainers }: PodView): bigint | undefined {
  const toLimit = ({ field }: ContainerView) => toNanos(findStorageLimit(field).scalar) ?? 0n;
  const sum = running.map(toLimit).reduce((total, limit) => total + limit, 0n);
  const most = initContainers.map(toLimit).reduce((a, b) => (b > a ? b : a), sum);
  return most >= NANOS_PER_UNIT ? most : undefined;
}

function findStorageLimit(container: Field): Field {
  return container.at('resources', 'limits', 'ephemeral-storage');
}

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
  return running.some(({ field }) => findStorageLimit(field).exists);
}
