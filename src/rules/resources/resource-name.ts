import { findNearest } from '../../private/nearest';
import { Severity } from '../finding';
import type { Field } from '../model/field';
import { validateQualifiedName } from '../model/names';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { isHugePages } from './shared/amounts';

const OF_PODS = ['cpu', 'memory'];
const OF_CONTAINERS = [...OF_PODS, 'ephemeral-storage'];

export const RESOURCE_NAME: Rule = {
  id: 'resource-name',
  severity: Severity.ERROR,
  catches: 'A request or limit of an unknown resource, such as `mem`.',
  consequence: 'The API server rejects the pod.',
  fix: 'write `cpu`, `memory`, `ephemeral-storage`, or the full name of a device, as in `nvidia.com/gpu`',
  source: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-types',
  checkPod: (pod) => [...checkContainerResourceNames(pod), ...checkPodResourceNames(pod), ...checkOverheadNames(pod)],
};

function checkContainerResourceNames({ all }: PodView): Problem[] {
  return all.flatMap(({ field, name }) =>
    findWrongResources(field.at('resources'), isContainerResource).map((at) =>
      toResourceNameProblem(at, `container "${name}"`, OF_CONTAINERS),
    ),
  );
}

/** A pod as a whole may have fewer resources than a container. */
function checkPodResourceNames({ spec }: PodView): Problem[] {
  return findWrongResources(spec.at('resources'), isPodResource).map((at) => ({
    ...toResourceNameProblem(at, 'the pod as a whole', OF_PODS),
    fix: 'give it to the containers; a pod as a whole has only `cpu`, `memory` and huge pages',
  }));
}

function checkOverheadNames({ spec }: PodView): Problem[] {
  return spec
    .at('overhead')
    .fields.filter(({ name }) => !isContainerResource(name))
    .map((at) => toResourceNameProblem(at, 'the overhead of the pod', OF_CONTAINERS));
}

function toResourceNameProblem(at: Field, subject: string, names: readonly string[]): Problem {
  const meant = findNearest(at.name, names);
  return { at, message: `${subject} cannot have resource "${at.name}"`, fix: meant && `write \`${meant}\`` };
}

function findWrongResources(resources: Field, isRight: (name: string) => boolean): Field[] {
  return [resources.at('requests'), resources.at('limits')].flatMap((list) =>
    list.names.filter((name) => !isRight(name)).map((name) => list.at(name)),
  );
}

function isPodResource(name: string): boolean {
  return OF_PODS.includes(name) || isHugePages(name);
}

function isContainerResource(name: string): boolean {
  return name.includes('/')
    ? !name.startsWith('requests.') && validateQualifiedName(name) === undefined
    : OF_CONTAINERS.includes(name) || isHugePages(name);
}
