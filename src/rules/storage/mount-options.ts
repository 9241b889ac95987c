import { Severity } from '../finding';
import type { ContainerView, MountView } from '../model/container-view';
import type { Field } from '../model/field';
import { checkForm } from '../model/field-form';
import type { PodView } from '../model/pod-view';
import { checkRepeated } from '../model/repeated';
import { createExclusion } from '../model/value-forms';
import type { Problem, Rule } from '../rule';
import { isClimbing } from './shared/mount-paths';

const DEVICE_PATH = createExclusion(/(^|\/)\.\.(\/|$)/, 'a path with ".."', 'write a path without it');

const RECURSIVE = ['Enabled', 'IfPossible'];

export const MOUNT_OPTIONS: Rule = {
  id: 'mount-options',
  severity: Severity.ERROR,
  catches:
    'A mount whose settings contradict each other or the container, such as a `subPath` that leads out of the volume.',
  consequence: 'The API server rejects the pod.',
  fix: 'remove one of the settings',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1',
  checkPod: (pod) =>
    pod.all.flatMap((container) => [
      ...container.mounts.flatMap((mount) => checkMountOptions(mount, container)),
      ...checkVolumeDevices(container, pod),
    ]),
};

function checkMountOptions({ field }: MountView, container: ContainerView): Problem[] {
  const problems: Problem[] = [];
  for (const name of field.names) {
    const check = CHECKS.get(name);
    const wrong = check?.(field.at(name), field, container);
    if (wrong !== undefined) {
      problems.push({ at: field.at(name), message: `container "${container.name}" ${wrong}` });
    }
  }
  return problems;
}

/** The checks of settings of a mount by their names. */
const CHECKS: ReadonlyMap<string, (at: Field, mount: Field, container: ContainerView) => string | undefined> = new Map([
  ['subPath', validateSubPath],
  [
    'subPathExpr',
    (at: Field, mount: Field) =>
      at.text && mount.at('subPath').text ? 'has both `subPath` and `subPathExpr` in one mount' : validateSubPath(at),
  ],
  ['mountPropagation', validatePropagation],
  ['recursiveReadOnly', validateRecursiveReadOnly],
]);

function validateSubPath(at: Field): string | undefined {
  const path = at.text ?? '';
  return path.startsWith('/') || isClimbing(path)
    ? `mounts \`${at.name}\` "${path}", which must be a path inside the volume`
    : undefined;
}

function validatePropagation(at: Field, _: Field, container: ContainerView): string | undefined {
  if (at.text === '') {
    return 'has an empty `mountPropagation`';
  }
  return at.text === 'Bidirectional' && !container.getSecuritySetting('privileged').isTrue
    ? 'asks for `mountPropagation` "Bidirectional", which only a privileged container gets'
    : undefined;
}

function validateRecursiveReadOnly(at: Field, mount: Field): string | undefined {
  const value = at.text;
  if (value === undefined || value === 'Disabled') {
    return undefined;
  }
  if (!RECURSIVE.includes(value)) {
    return `has \`recursiveReadOnly\` "${value}", but there are only ${[...RECURSIVE, 'Disabled'].join(', ')}`;
  }
  if (!mount.at('readOnly').isTrue) {
    return `asks for \`recursiveReadOnly\` "${value}" without \`readOnly: true\``;
  }
  const propagation = mount.at('mountPropagation').text ?? 'None';
  return propagation === 'None'
    ? undefined
    : `asks for \`recursiveReadOnly\` "${value}" beside \`mountPropagation\` "${propagation}"`;
}

/** Only a claimed volume can be a raw device, and then it is not mounted as well. */
function checkVolumeDevices({ field, name, mounts }: ContainerView, pod: PodView): Problem[] {
  const devices = field.at('volumeDevices').items;
  return [
    ...checkRepeated(devices, 'name'),
    ...devices.flatMap((device) => [
      ...checkDeviceVolume(device.at('name'), name, mounts, pod),
      ...checkForm(device.at('devicePath'), DEVICE_PATH),
    ]),
  ];
}

function checkDeviceVolume(at: Field, name: string, mounts: readonly MountView[], pod: PodView): Problem[] {
  const volume = pod.volumes.find((candidate) => candidate.at('name').text === at.text);
  const isClaim = !volume || volume.at('persistentVolumeClaim').exists || volume.at('ephemeral').exists;
  if (at.text === undefined) {
    return [];
  }
  if (!isClaim) {
    return [{ at, message: `container "${name}" uses volume "${at.text}" as a device, but it is no claim` }];
  }
  return mounts.some((mount) => mount.volume === at.text)
    ? [{ at, message: `container "${name}" uses volume "${at.text}" as a device and mounts it as well` }]
    : [];
}
