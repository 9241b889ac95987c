import type * as kplus from 'cdk8s-plus-28';
import { validateArgument, validateProps } from '../../private/read-props';
import { isWholeNumber, MAX_INT } from '../../private/values';
import { validateHandlers } from './handlers';
import { validateSizes } from './resources';

/** Times of workloads of any kind, of which cdk8s-plus writes whole seconds alone. */
const TIMES = [
  'terminationGracePeriod',
  'minReady',
  'progressDeadline',
  'activeDeadline',
  'ttlAfterFinished',
  'startingDeadline',
];

type Times = Readonly<Record<string, unknown>>;

/**
 * Reasons why Kubernetes would refuse a container, or cdk8s-plus could not write it, as it was declared without the kernel.
 *
 * @param isAdmitted whether the kernel has read the props that it was made with
 */
export function validateDeclared(container: kplus.Container, isAdmitted: boolean): string[] {
  return [...validateAdditions(container), ...(isAdmitted ? [] : validateDeclaredContainer(container))];
}

/**
 * Why cdk8s-plus cannot render a workload. An error of ours is thrown again by the synth.
 *
 * @param isExplained whether problems were found already that this may come from
 */
export function explainUnwritable(workload: kplus.AbstractPod, { message }: Error, isExplained: boolean): string[] {
  const found = [
    ...validateProps('AbstractPodProps', { dns: workload.dns }, ' of the pod'),
    ...TIMES.flatMap((name) => validateTime(name, (workload as unknown as Times)[name])),
    ...[...workload.initContainers, ...workload.containers].flatMap(validateDeclaredHandlers),
  ];
  const reason = message.replace(/^Failed serializing construct at path .*?: (Error: )?/s, '');
  return found.length > 0 || isExplained || reason.startsWith('[')
    ? found
    : [`cdk8s-plus cannot write the pod: ${reason}; correct what it names`];
}

/** The probes and hooks of a container of cdk8s-plus are known to it alone. */
function validateDeclaredHandlers(container: kplus.Container): string[] {
  const {
    name,
    _liveness: liveness,
    _readiness: readiness,
    _startup: startup,
    _lifecycle: lifecycle,
  } = container as any;
  return validateHandlers(name, { liveness, readiness, startup, lifecycle });
}

function validateTime(name: string, time: unknown): string[] {
  return time === undefined ? [] : validateArgument('seconds', time, name, ' of the workload');
}

/** The count of the parts that a container may get after it was made. */
export function countAdditions({ env, mounts, ports }: kplus.Container): string {
  return `${Object.keys(env.variables).length}/${env.sources.length}/${mounts.length}/${ports.length}`;
}

/** Problems of these parts. */
function validateAdditions({ name, env, mounts: volumeMounts }: kplus.Container): string[] {
  const added = { volumeMounts, envVariables: env.variables, envFrom: env.sources };
  return validateProps('ContainerOpts', added, ` of container "${name}"`);
}

function validateDeclaredContainer(container: kplus.Container): string[] {
  const { name, command, args, workingDir, resources, securityContext, imagePullPolicy, restartPolicy } = container;
  const declared = { command, args, workingDir, resources, securityContext, imagePullPolicy, restartPolicy };
  return [
    ...validateProps('ContainerOpts', declared, ` of container "${name}"`),
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
