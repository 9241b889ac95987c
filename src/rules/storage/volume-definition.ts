import { validateDnsLabel } from '../../private/names';
import { toNanos } from '../../private/quantities';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { Problem, Rule } from '../rule';
import { checkDownwardContainers } from './shared/downward-sources';
import { checkVolumeSources } from './shared/volume-sources';

/** The media that the kubelet knows, beside none. */
const MEDIUM = /^(Memory|HugePages(-.+)?)?$/;

export const VOLUME_DEFINITION: Rule = {
  id: 'volume-definition',
  severity: Severity.ERROR,
  catches:
    'A volume with a bad or taken name, with two sources, or with a source that Kubernetes does not accept or the pod does not have.',
  consequence: 'The API server rejects the pod; where only the medium is wrong, the pod never gets its volumes.',
  fix: 'give each volume a name of its own in lower case and one complete source',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/',
  checkPod: (pod) => {
    const names = new Set<string>();
    return pod.volumes.flatMap((volume) => [
      ...checkVolumeName(volume.at('name'), names),
      ...checkVolumeSources(volume),
      ...checkDownwardContainers(volume, pod),
      ...checkEmptyDir(volume.at('emptyDir')),
    ]);
  },
};

function checkVolumeName(at: Field, names: Set<string>): Problem[] {
  const name = at.text;
  if (name === undefined) {
    return [];
  }
  if (names.has(name)) {
    return [{ at, message: `volume name "${name}" is already taken in this pod` }];
  }
  names.add(name);
  return validateDnsLabel(name) === undefined
    ? []
    : [{ at, message: `volume name "${name}" is not made of at most 63 lower case letters, digits and "-"` }];
}

function checkEmptyDir(emptyDir: Field): Problem[] {
  if (emptyDir.names.length === 0) {
    return [];
  }
  const problems: Problem[] = [];
  const limit = emptyDir.at('sizeLimit');
  const medium = emptyDir.at('medium');
  if ((toNanos(limit.scalar) ?? 0n) < 0n) {
    problems.push({ at: limit, message: `\`sizeLimit\` is "${limit.scalar}", which is less than nothing` });
  }
  if (medium.text && !MEDIUM.test(medium.text)) {
    problems.push({ at: medium, message: `\`medium\` is "${medium.text}", which no node has`, fix: MEDIUM_FIX });
  }
  return problems;
}

const MEDIUM_FIX = 'write `medium: Memory`, or leave `medium` out for the disk of the node';
