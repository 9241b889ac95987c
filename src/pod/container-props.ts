import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { isPinned } from '../private/image-names';
import type { MainContainerProps, PodContainerOptions, RunningContainerOptions } from './container-options';
import type { Inventory } from './inventory';

/** Room for a web application of middling size; the limit keeps a leak from taking the node down. */
export const MAIN_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(250) },
  memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
};

/** Room for a small agent; a companion must never be what fills a node. */
export const COMPANION_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(64) },
};

/**
 * A container as cdk8s-plus takes it, without its ports: those of a companion are claims of `pod.network`, so that no
 * Service of cdk8s-plus exposes them.
 */
export function containerProps(
  inventory: Inventory,
  props: PodContainerOptions & { readonly name: string },
  resources: kplus.ContainerResources,
): kplus.ContainerProps {
  inventory.assertNameIsFree(props.name);
  assertUser(inventory, props);
  return {
    name: props.name,
    image: props.image,
    command: props.command,
    args: props.args,
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
export function probesOf({ liveness, readiness, startup, lifecycle }: RunningContainerOptions): kplus.ContainerOpts {
  return { liveness, readiness, startup, lifecycle };
}

/** The ports of the main container as cdk8s-plus takes them: those are what a Service exposes. */
export function portsOf({ ports }: MainContainerProps): kplus.ContainerOpts {
  return { ports: ports && [...ports] };
}

function assertUser(
  inventory: Inventory,
  { user, securityContext, name }: PodContainerOptions & { readonly name: string },
): void {
  if (securityContext?.user !== undefined && securityContext.user !== user) {
    throw inventory.failure(
      `container "${name}" has \`user\` ${user} and \`securityContext.user\` ${securityContext.user}; pass \`user\` alone`,
    );
  }
  if (!Number.isInteger(user) || user < 0) {
    throw inventory.failure(
      `\`user\` ${user} of container "${name}" is not a UID; pass the number of the image's user`,
    );
  }
  if (user === 0 && securityContext?.ensureNonRoot !== false) {
    throw inventory.failure(
      `container "${name}" has \`user\` 0, and the kubelet starts no root process in a pod that runs as non-root; pass another \`user\`, or \`securityContext.ensureNonRoot: false\` where it must be root`,
    );
  }
}
