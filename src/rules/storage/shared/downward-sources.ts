import { isResource, RESOURCES } from '../../../private/downward-fields';
import { validateQualifiedName } from '../../../private/names';
import { findNearest } from '../../../private/nearest';
import { checkContainerName } from '../../model/container-names';
import { checkDivisor, checkFieldVersion } from '../../model/downward-fields';
import type { Field } from '../../model/field';
import type { PodView } from '../../model/pod-view';
import { readAmount } from '../../resources/shared/amounts';
import type { Problem } from '../../rule';

const FIELDS = ['name', 'namespace', 'labels', 'annotations', 'uid'].map((name) => `metadata.${name}`);

/** Checks what a file of the downward API comes from: a field of the pod, or a resource of a container. */
export function checkDownwardSource(item: Field): Problem[] {
  const [field, resource] = [item.at('fieldRef'), item.at('resourceFieldRef')];
  if (field.exists === resource.exists) {
    const message = field.exists
      ? 'the file comes from `fieldRef` and from `resourceFieldRef`, and only one is allowed'
      : 'the file comes neither from `fieldRef` nor from `resourceFieldRef`';
    return [{ at: field, message, fix: 'write one of the two' }];
  }
  return field.exists
    ? [...checkFieldVersion(field), ...checkFieldPath(field.at('fieldPath'))]
    : [...checkResource(resource), ...checkDivisor(resource), ...checkAmountSyntax(resource.at('divisor'))];
}

/** Checks that the files of a volume come from containers that are there. */
export function checkDownwardContainers(volume: Field, pod: PodView): Problem[] {
  return [volume, ...volume.at('projected', 'sources').items]
    .flatMap((source) => source.at('downwardAPI', 'items').items)
    .flatMap((item) => checkContainerName(item.at('resourceFieldRef', 'containerName'), pod, 'the file comes from'));
}

function checkAmountSyntax(at: Field): Problem[] {
  const isWrong = at.scalar !== undefined && readAmount(at) === undefined;
  return isWrong
    ? [{ at, message: `\`divisor\` is "${at.scalar}", which is no amount`, fix: 'write `1`, `1m` or `1Mi`' }]
    : [];
}

function checkFieldPath(at: Field): Problem[] {
  const path = at.text;
  const [, holder, key] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path ?? '') ?? [];
  const isKey = key !== undefined && validateQualifiedName(holder === 'labels' ? key : key.toLowerCase()) === undefined;
  if (path === undefined || FIELDS.includes(path) || isKey) {
    return [];
  }
  const meant = findNearest(path, FIELDS);
  return [
    {
      at,
      message: `the file comes from field "${path}", which no file can come from`,
      fix: meant ? `write \`${meant}\`` : `write ${FIELDS.join(', ')}, or use an environment variable`,
    },
  ];
}

/** A volume belongs to no container, so that the container is named. */
function checkResource(ref: Field): Problem[] {
  const [container, resource] = [ref.at('containerName'), ref.at('resource')];
  return [
    ...(container.text || (container.exists && container.text === undefined)
      ? []
      : [{ at: container, message: 'the file names no container', fix: 'write `containerName`' }]),
    ...(resource.text === undefined || isResource(resource.text)
      ? []
      : [
          {
            at: resource,
            message: `the file comes from resource "${resource.text}", which is none`,
            fix: `write ${RESOURCES.join(', ')}`,
          },
        ]),
  ];
}
