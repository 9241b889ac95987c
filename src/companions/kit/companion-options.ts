import type * as kplus from 'cdk8s-plus-28';
import type { ContainerFallbacks, PodContainerOptions } from '../../pod/containers/container-options';
import { toResources } from '../../pod/containers/container-props';
import type { ResizePolicy } from '../../pod/containers/restart-rules';
import type { SidecarMode } from '../../pod/lifecycle/pod-lifecycle';
import { throwFirst } from '../../private/errors';
import { isPortName } from '../../private/names';
import type { Image } from '../../software/images';

/** Options of the container that all ready-made companions have in common. */
export interface CompanionOptions {
  /**
   * Name of the container: a DNS label, unique in the pod.
   *
   * @default - the name that the companion's own description gives
   */
  readonly name?: string;

  /**
   * The image.
   *
   * @default - the official image, pinned to the release this library was written for
   */
  readonly image?: string;

  /**
   * Numeric UID of its processes.
   *
   * @default - that of the official image, or one without root where the image would run as root
   */
  readonly user?: number;

  /**
   * Environment variables beside those that the companion sets itself.
   *
   * @default - only those of image and companion are set
   */
  readonly envVariables?: { [name: string]: kplus.EnvValue };

  /**
   * CPU and memory.
   *
   * @default - what `PodDefaults` or the companion's own description give; the memory limit equals the request, and the CPU has no
   * limit
   */
  readonly resources?: kplus.ContainerResources;
}

/** Options that all ready-made companions that run beside the main container have in common. */
export interface ResizableCompanionOptions extends CompanionOptions {
  /**
   * Whether the container runs on where its CPU or memory is changed in the running pod. Kubernetes 1.33 or later.
   *
   * @see https://kubernetes.io/docs/tasks/configure-pod-container/resize-container-resources/#container-resize-policies
   * @default - it runs on, where the runtime can do it
   */
  readonly resizePolicy?: ResizePolicy;
}

/** Options that all of these have in common whose mode can be chosen. */
export interface RunningCompanionOptions extends ResizableCompanionOptions {
  /**
   * Mode in which Kubernetes runs it.
   *
   * @default - the mode of the pod
   */
  readonly mode?: SidecarMode;
}

/** Variables of a container, by name. */
export type Environment = Readonly<Record<string, kplus.EnvValue>>;

/** Defaults of a companion. */
export interface CompanionDefaults {
  readonly name: string;
  readonly image: Image;
  readonly cpuMillis: number;
  readonly memoryMebibytes: number;
}

/** The container of a companion. */
export interface CompanionContainer extends PodContainerOptions, ContainerFallbacks {
  readonly name: string;
  readonly resizePolicy?: ResizePolicy;
}

/** The container of a companion, with what its image needs. */
export function toCompanionContainer(
  options: ResizableCompanionOptions,
  { name, image, cpuMillis, memoryMebibytes }: CompanionDefaults,
): CompanionContainer {
  const { user, resizePolicy } = options;
  return {
    name: options.name ?? name,
    image: options.image ?? image.image,
    imageIsDefault: options.image === undefined,
    user: user ?? image.user,
    group: user === undefined ? image.group : undefined,
    envVariables: { ...options.envVariables },
    resources: options.resources,
    defaultResources: toResources(cpuMillis, memoryMebibytes),
    writableDirectories: [...(image.writableDirectories ?? [])],
    resizePolicy,
  };
}

/** The options of a companion for an init container of its own, which nobody resizes. */
export function omitResizing<T extends ResizableCompanionOptions>(options: T): Omit<T, 'resizePolicy'> {
  const { resizePolicy: _resizePolicy, ...others } = options;
  return others;
}

/** A port of a companion that is not asked for by name, listed under the name of its container where that can name a port. */
export function toCompanionPort(container: string, number: number): kplus.ContainerPort {
  return { number, name: isPortName(container) ? container : undefined };
}

/**
 * Finds what is wrong with the variables that the user of a companion adds.
 *
 * @param name name of its container
 * @param own variables that it sets itself, which nobody may change
 */
export function validateEnvironment(name: string, own: Environment, more: Environment = {}): string[] {
  return Object.keys(more)
    .filter((variable) => Object.keys(own).includes(variable))
    .map(
      (variable) =>
        `environment variable "${variable}" of "${name}" is set by the companion itself; choose another name`,
    );
}

/**
 * The environment of a companion: what it sets itself, and what its user adds.
 *
 * @param source its class
 * @throws where both set one variable
 */
export function mergeEnvironment(
  source: string,
  name: string,
  own: Environment,
  more: Environment = {},
): { [name: string]: kplus.EnvValue } {
  throwFirst(source, validateEnvironment(name, own, more));
  return { ...own, ...more };
}
