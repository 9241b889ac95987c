import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { throwFirst } from '../../private/errors';
import { isPinned, validateImageName } from '../../private/names';
import { MAX_INT } from '../../private/values';
import { applyPin } from '../defaults/images';
import { validateContainerPath } from '../storage/mounts';
import type { ContainerFallbacks, PodContainerOptions } from './container-options';
import { type Handlers, validateHandlers } from './handlers';
import type { Inventory } from './inventory';
import { toWritableResources } from './resources';

type NamedContainer = PodContainerOptions & ContainerFallbacks & Handlers & { readonly name: string };

/** Room for a web application of middling size; the limit keeps a leak from taking the node down. */
export const MAIN_RESOURCES: kplus.ContainerResources = toResources(250, 512);

/** Room for a small agent; a companion must never be what fills a node. */
export const COMPANION_RESOURCES: kplus.ContainerResources = toResources(50, 64);

/**
 * A CPU request without a limit, which would only slow the container down while the node has CPU to spare, and a memory
 * limit that equals the request, so that a leak ends the container and not its neighbours.
 */
export function toResources(cpuMillis: number, memoryMebibytes: number): kplus.ContainerResources {
  const memory = Size.mebibytes(memoryMebibytes);
  return { cpu: { request: kplus.Cpu.millis(cpuMillis) }, memory: { request: memory, limit: memory } };
}

/**
 * A container as cdk8s-plus takes it.
 *
 * @param more its ports, where it is the main one: those of a companion are claims of `pod.network`, so that no Service of
 * cdk8s-plus exposes them; and the restart policy of a native sidecar
 */
export function toContainerProps(
  inventory: Inventory,
  props: NamedContainer,
  resources: kplus.ContainerResources,
  { ports, restartPolicy }: Pick<kplus.ContainerProps, 'ports' | 'restartPolicy'> = {},
): kplus.ContainerProps {
  throwFirst(inventory.workload, validateContainer(inventory, props));
  const { images } = inventory.defaults;
  const image = props.imageIsDefault ? applyPin(props.image, images) : props.image;
  return {
    name: props.name,
    image,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    workingDir: props.workingDir,
    ports: ports && [...ports],
    restartPolicy,
    liveness: props.liveness,
    readiness: props.readiness,
    startup: props.startup,
    lifecycle: props.lifecycle,
    envVariables: { ...props.envVariables },
    envFrom: [...(props.envFrom ?? [])],
    imagePullPolicy: props.imagePullPolicy ?? images?.pullPolicy ?? resolvePullPolicy(image),
    resources: toWritableResources(props.resources ?? resources),
    securityContext: { user: props.user, group: props.group, ...props.securityContext },
  };
}

function validateContainer(inventory: Inventory, props: NamedContainer): string[] {
  return [
    ...inventory.validateNewName(props.name),
    ...validateImage(props),
    ...validateDirectories(props),
    ...validateUser(props),
    ...validateHandlers(props.name, props),
  ];
}

function resolvePullPolicy(image: string): kplus.ImagePullPolicy {
  return isPinned(image) ? kplus.ImagePullPolicy.IF_NOT_PRESENT : kplus.ImagePullPolicy.ALWAYS;
}

/** A companion as cdk8s-plus takes it, with the resources that all companions have where it states none. */
export function toCompanionProps(
  inventory: Inventory,
  props: NamedContainer,
  restartPolicy?: kplus.ContainerRestartPolicy,
): kplus.ContainerProps {
  const own = props.defaultResources ?? COMPANION_RESOURCES;
  const shared = props.resources ? undefined : inventory.defaults.companions?.resources;
  const resources = shared?._resolve(inventory.main.resources ?? {}, own) ?? own;
  return toContainerProps(inventory, props, resources, { restartPolicy });
}

function validateImage({ name, image, securityContext }: NamedContainer): string[] {
  const problem = validateImageName(image);
  if (problem !== undefined) {
    return [
      `\`image\` "${image}" of container "${name}" ${problem}; pass one such as "registry.example.com/team/app:1.4"`,
    ];
  }
  return securityContext?.privileged && !securityContext.allowPrivilegeEscalation
    ? [
        `container "${name}" is privileged, which Kubernetes takes only with \`allowPrivilegeEscalation: true\`; pass that too`,
      ]
    : [];
}

function validateDirectories({ name, writableDirectories = [], volumeMounts = [] }: NamedContainer): string[] {
  return [...writableDirectories, ...volumeMounts.map((mount) => mount.path)].flatMap((path) =>
    validateContainerPath(name, path),
  );
}

function validateUser({ name, user, group, securityContext }: NamedContainer): string[] {
  const root = user === 0 && securityContext?.ensureNonRoot !== false;
  return [
    ...validateId(name, 'user', user, securityContext?.user),
    ...validateId(name, 'group', group ?? securityContext?.group ?? 1, securityContext?.group),
    ...(root
      ? [
          `container "${name}" has \`user\` 0, and the kubelet starts no root process in a pod that runs as non-root; pass another \`user\`, or \`securityContext.ensureNonRoot: false\` where it must be root`,
        ]
      : []),
  ];
}

function validateId(container: string, prop: string, id: number, stated?: number): string[] {
  if (stated !== undefined && stated !== id) {
    return [
      `container "${container}" has \`${prop}\` ${id} and \`securityContext.${prop}\` ${stated}; pass \`${prop}\` alone`,
    ];
  }
  if (id > MAX_INT) {
    return [
      `\`${prop}\` ${id} of container "${container}" is above ${MAX_INT}, the last ID that Kubernetes takes; pass the number of the image's ${prop}`,
    ];
  }
  return Number.isInteger(id) && id >= 0
    ? []
    : [`\`${prop}\` ${id} of container "${container}" is not an ID; pass the number of the image's ${prop}`];
}
