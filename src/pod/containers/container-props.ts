import * as kplus from 'cdk8s-plus-28';
import { isPinned } from '../../private/names';
import { validateMountPath } from '../../private/paths';
import type { MainContainerProps, PodContainerOptions, RunningContainerOptions } from './container-options';
import type { Inventory } from './inventory';
import { toResources } from './resources';

/** Room for a web application of middling size; the limit keeps a leak from taking the node down. */
export const MAIN_RESOURCES: kplus.ContainerResources = toResources(250, 512);

/** Room for a small agent; a companion must never be what fills a node. */
export const COMPANION_RESOURCES: kplus.ContainerResources = toResources(50, 64);

/**
 * A container as cdk8s-plus takes it, without its ports: those of a companion are claims of `pod.network`, so that no
 * Service of cdk8s-plus exposes them.
 */
export function toContainerProps(
  inventory: Inventory,
  props: PodContainerOptions & { readonly name: string },
  resources: kplus.ContainerResources,
): kplus.ContainerProps {
  inventory.assertNameIsFree(props.name);
  assertImage(inventory, props);
  assertDirectories(inventory, props);
  assertUser(inventory, props);
  return {
    name: props.name,
    image: props.image,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    workingDir: props.workingDir,
    envVariables: { ...props.envVariables },
    envFrom: [...(props.envFrom ?? [])],
    imagePullPolicy:
      props.imagePullPolicy ??
      (isPinned(props.image) ? kplus.ImagePullPolicy.IF_NOT_PRESENT : kplus.ImagePullPolicy.ALWAYS),
    resources: props.resources ?? resources,
    securityContext: { ...props.securityContext, user: props.user, group: props.group ?? props.securityContext?.group },
  };
}

/** Probes and hooks as cdk8s-plus takes them. */
export function toProbesAndHooks({
  liveness,
  readiness,
  startup,
  lifecycle,
}: RunningContainerOptions): kplus.ContainerOpts {
  return { liveness, readiness, startup, lifecycle };
}

/** The ports of the main container as cdk8s-plus takes them: those are what a Service exposes. */
export function toContainerPorts({ ports }: MainContainerProps): kplus.ContainerOpts {
  return { ports: ports && [...ports] };
}

function assertDirectories(
  inventory: Inventory,
  { name, writableDirectories = [], volumeMounts = [] }: PodContainerOptions & { readonly name: string },
): void {
  for (const path of [...writableDirectories, ...volumeMounts.map((mount) => mount.path)]) {
    const problem = validateMountPath(path);
    if (problem) {
      throw inventory.createPodError(`mount path "${path}" of container "${name}" ${problem}`);
    }
  }
}

function assertImage(
  inventory: Inventory,
  { name, image, securityContext }: PodContainerOptions & { readonly name: string },
): void {
  if (image.trim() === '' || image.trim() !== image) {
    throw inventory.createPodError(
      `\`image\` "${image}" of container "${name}" is not the name of an image; pass one without blanks`,
    );
  }
  if (securityContext?.privileged && !securityContext.allowPrivilegeEscalation) {
    throw inventory.createPodError(
      `container "${name}" is privileged, which Kubernetes takes only with \`allowPrivilegeEscalation: true\`; pass that too`,
    );
  }
}

function assertUser(
  inventory: Inventory,
  { user, group, securityContext, name }: PodContainerOptions & { readonly name: string },
): void {
  for (const [prop, value] of Object.entries({ user, group: group ?? securityContext?.group ?? 1 })) {
    const stated = securityContext?.[prop as 'user' | 'group'];
    if (stated !== undefined && stated !== value) {
      throw inventory.createPodError(
        `container "${name}" has \`${prop}\` ${value} and \`securityContext.${prop}\` ${stated}; pass \`${prop}\` alone`,
      );
    }
    if (!Number.isInteger(value) || value < 0) {
      throw inventory.createPodError(
        `\`${prop}\` ${value} of container "${name}" is not an ID; pass the number of the image's ${prop}`,
      );
    }
  }
  if (user === 0 && securityContext?.ensureNonRoot !== false) {
    throw inventory.createPodError(
      `container "${name}" has \`user\` 0, and the kubelet starts no root process in a pod that runs as non-root; pass another \`user\`, or \`securityContext.ensureNonRoot: false\` where it must be root`,
    );
  }
}
