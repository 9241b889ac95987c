import type * as kplus from 'cdk8s-plus-28';
import { validateProps } from '../../private/read-props';
import { validateText } from '../../private/texts';
import { isWholeNumber, MAX_INT } from '../../private/values';
import { listContainers, type PodSpec } from '../manifest/pod-template';
import { validateSizes } from './resources';

/**
 * Reasons why Kubernetes would refuse a workload and its containers, or cdk8s-plus could not write them, as they were declared,
 * through the kernel or without it.
 */
export function validateDeclared(workload: kplus.AbstractPod): string[] {
  return [
    ...validateProps('ApiObjectMetadata', workload.metadata.toJson() ?? {}, ' of the workload'),
    ...validateProps('ApiObjectMetadata', workload.podMetadata.toJson() ?? {}, ' of the pod template'),
    ...[...workload.initContainers, ...workload.containers].flatMap(validateDeclaredContainer),
  ];
}

function validateDeclaredContainer(container: kplus.Container): string[] {
  const { name, command, args, workingDir, resources, securityContext, env, mounts: volumeMounts } = container;
  const declared = { command, args, workingDir, resources, securityContext, volumeMounts, envVariables: env.variables };
  return [
    ...validateProps('ContainerOpts', { ...declared, envFrom: env.sources }, ` of container "${name}"`),
    ...validateSizes(name, resources ?? {}),
    ...validateIds(name, securityContext),
  ];
}

function validateIds(name: string, { user, group }: kplus.ContainerSecurityContext): string[] {
  return Object.entries({ user, group }).flatMap(([prop, id]) =>
    id === undefined || isWholeNumber(id)
      ? []
      : [`\`securityContext.${prop}\` of container "${name}" is ${id}; pass a whole number from 0 to ${MAX_INT}`],
  );
}

/** Texts of a rendered pod that kubectl cannot read. */
export function validateTexts(spec: PodSpec): string[] {
  const { initContainers, containers, ...others } = spec;
  return [
    ...listContainers(spec).flatMap((container) => validateTextsIn(container, ` of container "${container.name}"`)),
    ...validateTextsIn(others, ' of the pod'),
  ];
}

function validateTextsIn(value: unknown, subject: string): string[] {
  const found = findUnreadable(value, '');
  return found ? [`\`${found.path}\`${subject} ${found.problem}`] : [];
}

/** The first text in rendered data that kubectl cannot read, and its path. */
function findUnreadable(value: unknown, path: string): { readonly path: string; readonly problem: string } | undefined {
  if (typeof value === 'string') {
    const problem = validateText(value);
    return problem === undefined ? undefined : { path, problem };
  }
  if (value === null || typeof value !== 'object') {
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const inner = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const found = findUnreadable((value as Record<string, unknown>)[key], inner);
    if (found) {
      return found;
    }
  }
  return undefined;
}
