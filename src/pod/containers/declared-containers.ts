import * as kplus from 'cdk8s-plus-28';
import { validateArgument, validateProps } from '../../private/read-props';
import { validateText } from '../../private/texts';
import { isWholeNumber, MAX_INT } from '../../private/values';
import { listContainers, type Manifest, type PodSpec } from '../manifest/pod-template';
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

/** The metadata of an object, as far as it names it. */
interface Named {
  readonly name?: string;
  readonly generateName?: string;
}

type Times = Readonly<Record<string, unknown>>;

/** The IDs in a security context of a pod or container. */
interface Ids {
  readonly user?: number;
  readonly group?: number;
  readonly fsGroup?: number;
}

/**
 * Reasons why Kubernetes would refuse a workload and its containers, or cdk8s-plus could not write them, as they were declared,
 * through the kernel or without it.
 *
 * @param admitted the containers whose props the kernel has read
 */
export function validateDeclared(workload: kplus.AbstractPod, admitted: ReadonlySet<kplus.Container>): string[] {
  return [
    ...validateProps('AbstractPodProps', { dns: workload.dns, hostAliases: workload.hostAliases }, ' of the pod'),
    ...validateIds(' of the pod', workload.securityContext),
    ...validateRestart(workload),
    ...TIMES.flatMap((name) => validateTime(name, (workload as unknown as Times)[name])),
    ...[...workload.initContainers, ...workload.containers].flatMap((container) => [
      ...validateAdditions(container),
      ...(admitted.has(container) ? [] : validateDeclaredContainer(container)),
    ]),
  ];
}

/** Why cdk8s-plus cannot render a pod, without the path that cdk8s puts before it. An error of ours is thrown again by the synth. */
export function explainUnwritable(containers: readonly kplus.Container[], { message }: Error): string[] {
  const handlers = containers.flatMap(validateDeclaredHandlers);
  const reason = message.replace(/^Failed serializing construct at path .*?: (Error: )?/s, '');
  const isOurs = reason.startsWith('[');
  return handlers.length > 0 || isOurs
    ? handlers
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

/** Reasons why Kubernetes would refuse the metadata of a rendered workload and of its pods. */
export function validateMetadata({ metadata: workload = {} }: Manifest, pod: object): string[] {
  return [
    ...validateName(workload),
    ...validateProps('ApiObjectMetadata', workload, ' of the workload'),
    ...(pod === workload ? [] : validateProps('ApiObjectMetadata', pod, ' of the pod template')),
  ];
}

/** A name that is given as `undefined` takes the place of that which cdk8s makes. */
function validateName({ name, generateName }: Named): string[] {
  return name === undefined && generateName === undefined
    ? ['`metadata.name` of the workload is undefined, which leaves it without a name; pass one, or leave it out']
    : [];
}

/** A Job that was given no policy may have `undefined`, which cdk8s-plus renders as Always. */
function validateRestart({ kind, restartPolicy }: kplus.AbstractPod): string[] {
  const endsByItself = restartPolicy === kplus.RestartPolicy.NEVER || restartPolicy === kplus.RestartPolicy.ON_FAILURE;
  return ['Job', 'CronJob'].includes(kind) && !endsByItself
    ? [
        `\`restartPolicy\` of the workload is ${restartPolicy}, with which Kubernetes takes no ${kind}; pass ON_FAILURE or NEVER`,
      ]
    : [];
}

function validateTime(name: string, time: unknown): string[] {
  return time === undefined ? [] : validateArgument('seconds', time, name, ' of the workload');
}

/** The parts of a container that it may get after it was made. */
function validateAdditions({ name, env, mounts: volumeMounts }: kplus.Container): string[] {
  const added = { volumeMounts, envVariables: env.variables, envFrom: env.sources };
  return validateProps('ContainerOpts', added, ` of container "${name}"`);
}

function validateDeclaredContainer(container: kplus.Container): string[] {
  const { name, command, args, workingDir, resources, securityContext } = container;
  const declared = { command, args, workingDir, resources, securityContext };
  return [
    ...validateProps('ContainerOpts', declared, ` of container "${name}"`),
    ...validateSizes(name, resources ?? {}),
    ...validateIds(` of container "${name}"`, securityContext),
  ];
}

function validateIds(subject: string, { user, group, fsGroup }: Ids): string[] {
  return Object.entries({ user, group, fsGroup }).flatMap(([prop, id]) =>
    id === undefined || isWholeNumber(id)
      ? []
      : [`\`securityContext.${prop}\`${subject} is ${id}; pass a whole number from 0 to ${MAX_INT}`],
  );
}

/** Texts of a rendered pod that kubectl cannot read, but for those that are checked as they were declared. */
export function validateTexts(spec: PodSpec): string[] {
  const { initContainers, containers, ...others } = spec;
  return [
    ...listContainers(spec).flatMap(({ env, args, command, workingDir, volumeMounts, ...others }) =>
      validateTextsIn(others, ` of container "${others.name}"`),
    ),
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
