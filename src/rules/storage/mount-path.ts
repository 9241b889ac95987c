import { Severity } from '../finding';
import type { ContainerView } from '../model/container-view';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';
import { isDrive, normalizeMountPath } from './shared/mount-paths';

export const MOUNT_PATH: Rule = {
  id: 'mount-path',
  severity: Severity.ERROR,
  catches: 'A mount path that is empty or "/", and two mounts of one container at the same path.',
  consequence:
    'The API server rejects the pod; where only the spelling of two equal paths differs, one volume hides the other.',
  fix: 'mount each volume at a path of its own',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  checkPod: ({ all, isWindows }) => all.flatMap((container) => checkMountPaths(container, isWindows)),
};

function checkMountPaths({ field, name, mounts }: ContainerView, isWindows: boolean): Problem[] {
  const taken = new Map<string, Field>();
  const paths = [
    ...mounts.map((mount) => mount.field.at('mountPath')),
    ...field.at('volumeDevices').items.map((device) => device.at('devicePath')),
  ];
  return paths.flatMap((at) => {
    const path = at.text;
    if (path === undefined) {
      return [];
    }
    const wrong = isWindows || isDrive(path) ? validateWindowsMountPath(path) : validateLinuxMountPath(path);
    const place = normalizeMountPath(path);
    const isTaken = wrong === undefined && taken.has(place);
    taken.set(place, at);
    const message = wrong ?? (isTaken ? `already has a volume at "${place}"` : undefined);
    return message === undefined ? [] : [{ at, message: `container "${name}" ${message}` }];
  });
}

function validateLinuxMountPath(path: string): string | undefined {
  if (path === '') {
    return 'mounts a volume at an empty path';
  }
  return normalizeMountPath(path) === '/' ? 'mounts a volume at "/", over all files of its image' : undefined;
}

function validateWindowsMountPath(path: string): string | undefined {
  return path === '' ? validateLinuxMountPath(path) : undefined;
}
