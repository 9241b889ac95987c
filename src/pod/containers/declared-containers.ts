import type * as kplus from 'cdk8s-plus-28';
import { validateProps } from '../../private/read-props';
import { isWholeNumber, MAX_INT } from '../../private/values';
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
