import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ObjectView } from '../model/object-view';
import type { Problem, Rule } from '../rule';

export const OBJECT_SHAPE: Rule = {
  id: 'object-shape',
  severity: Severity.ERROR,
  catches: 'A document that is no Kubernetes object, or a workload without the pod that it is there for.',
  consequence: 'The API server rejects it.',
  fix: 'write the missing part, or remove the document',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#describing-a-kubernetes-object',
  checkObject: (object) =>
    object.source.error === undefined ? [...checkTypeMeta(object), ...checkContainersPresent(object)] : [],
};

function checkTypeMeta({ root }: ObjectView): Problem[] {
  if (!root.isObject) {
    const what = root.keys.length > 0 ? `\`${root.path}\`` : 'the document';
    return [{ at: root, message: `${what} is ${describeDocument(root.value)}, not a Kubernetes object` }];
  }
  return ['apiVersion', 'kind']
    .map((name) => root.at(name))
    .filter(({ text }) => !text)
    .map(toMissing);
}

function toMissing(at: Field): Problem {
  return at.number === undefined
    ? { at, message: `the object has no \`${at.name}\`` }
    : { at, message: `\`${at.name}\` is the number ${at.number}`, fix: 'write the text that is meant, such as `v1`' };
}

function checkContainersPresent({ kind, pod, root }: ObjectView): Problem[] {
  const containers = pod?.spec.at('containers');
  if (containers?.missing) {
    const path = containers.missing.path.slice(root.path.length).replace(/^\./, '');
    return [{ at: containers.missing, message: `the ${kind} has no \`${path}\`` }];
  }
  return containers && Array.isArray(containers.value) && containers.items.length === 0
    ? [{ at: containers, message: `the ${kind} has no container` }]
    : [];
}

function describeDocument(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null || value === undefined ? 'empty' : `a ${typeof value}`;
}
