import type * as kplus from 'cdk8s-plus-28';
import { validateProps } from '../../private/read-props';
import { isWholeNumber, MAX_INT } from '../../private/values';
import { validateSizes } from './resources';

/** The parts of a container that can be added to, whoever made it. */
export function countParts({ env, mounts }: kplus.Container): string {
  return `${Object.keys(env.variables).length}/${env.sources.length}/${mounts.length}`;
}

/** Reasons why Kubernetes would refuse a container as it was declared, or cdk8s-plus could not write it. */
export function validateDeclaredContainer(container: kplus.Container): string[] {
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
