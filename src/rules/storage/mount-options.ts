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
      const [says, fix] = typeof wrong === 'string' ? [wrong] : wrong;
      problems.push({ at: field.at(name), message: `container "${container.name}" ${says}`, fix });
    }
  }
  return problems;
}

/** The rest of a sentence about a setting, and the fix where that is not to remove it. */
type Wrong = string | readonly [says: string, fix: string];

type Check = (at: Field, mount: Field, container: ContainerView) => Wrong | undefined;

/** The checks of settings of a mount by their names. */
const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['subPath', validateSubPath],
  [
    'subPathExpr',
    (at: Field, mount: Field) =>
      at.text && mount.at('subPath').text ? 'has both `subPath` and `subPathExpr` in one mount' : validateSubPath(at),
  ],
  ['mountPropagation', validatePropagation],
  ['recursiveReadOnly', validateRecursiveReadOnly],
]);

function validateSubPath(at: Field): Wrong | undefined {
  const path = at.text ?? '';
  return path.startsWith('/') || isClimbing(path)
    ? [
        `mounts \`${at.name}\` "${path}", which must be a path inside the volume`,
        'write it without "/" at its beginning and without ".."',
      ]
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

function validateRecursiveReadOnly(at: Field, mount: Field): Wrong | undefined {
  const value = at.text;
  if (value === undefined || value === 'Disabled') {
    return undefined;
  }
  if (!RECURSIVE.includes(value)) {
    const says = `has \`recursiveReadOnly\` "${value}", but there are only ${[...RECURSIVE, 'Disabled'].join(', ')}`;
    return [says, 'write one of them'];
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
    return [
      {
        at,
        message: `container "${name}" uses volume "${at.text}" as a device, but it is no claim`,
        fix: 'use a claim of `volumeMode: Block`',
      },
    ];
  }
  return mounts.some((mount) => mount.volume === at.text)
    ? [{ at, message: `container "${name}" uses volume "${at.text}" as a device and mounts it as well` }]
    : [];
}
