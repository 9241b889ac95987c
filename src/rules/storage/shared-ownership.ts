import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { PodView } from '../model/pod-view';
import { isWritableUse, listEmptyDirs, listVolumeUses } from '../model/volumes';
import type { Problem, Rule } from '../rule';

export const SHARED_OWNERSHIP: Rule = {
  id: 'shared-ownership',
  severity: Severity.WARNING,
  catches: 'A volume that one user writes and another one only reads, without a group that both belong to.',
  consequence: 'Files that are not for everybody, such as logs of mode 0640, cannot be read.',
  fix: 'set `fsGroup` in the `securityContext` of the pod: the files of its volumes then belong to a group of all containers',
  source: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  checkPod: (pod) =>
    pod.spec.at('securityContext', 'fsGroup').exists || pod.all.length < 2
      ? []
      : listEmptyDirs(pod).flatMap((volume) => checkOwnership(volume, pod)),
};

function checkOwnership(volume: Field, pod: PodView): Problem[] {
  const uses = listVolumeUses(pod, volume.at('name').text);
  const writers = uses.filter((use) => isWritableUse(use, volume)).map(({ container }) => container);
  const readers = uses.filter(({ mount }) => mount.isReadOnly).map(({ container }) => container);
  for (const reader of readers) {
    const writer = writers.find((candidate) => isStranger(candidate, reader, pod));
    if (writer) {
      const users = `user ${getEffectiveId(writer, pod, 'runAsUser')} of container "${writer.name}"`;
      const other = `user ${getEffectiveId(reader, pod, 'runAsUser')} of container "${reader.name}"`;
      const message = `${other} shares no group with ${users}, whose files it reads in volume "${volume.at('name').text}"`;
      return [{ at: pod.spec.at('securityContext', 'fsGroup'), message }];
    }
  }
  return [];
}

/** Whether two users are known, are not the same, and neither is root or in the group of the other. */
function isStranger(writer: ContainerView, reader: ContainerView, pod: PodView): boolean {
  const [owner, user] = [getEffectiveId(writer, pod, 'runAsUser'), getEffectiveId(reader, pod, 'runAsUser')];
  if (!owner || !user || owner === user) {
    return false;
  }
  const group = getEffectiveId(writer, pod, 'runAsGroup');
  const groups = pod.spec.at('securityContext', 'supplementalGroups').items.map(({ number }) => number);
  return group === undefined || ![getEffectiveId(reader, pod, 'runAsGroup'), ...groups].includes(group);
}

function getEffectiveId(container: ContainerView, pod: PodView, setting: string): number | undefined {
  return container.getSecuritySetting(setting).number ?? pod.spec.at('securityContext', setting).number;
}
