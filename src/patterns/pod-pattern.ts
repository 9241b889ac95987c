import type { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { SidecarMode } from '../pod/lifecycle/pod-lifecycle';
import { MultiContainerPod } from '../pod/multi-container-pod';
import type { ExposeOptions } from '../pod/network/exposure';
import type { KeepAvailableOptions, ScaleOnCpuOptions } from '../pod/workload/scaling';
import { createError, throwFirst } from '../private/errors';
import { readArgument } from '../private/read-props';
import type { ApplicationProps } from '../web/application';

/** The names that errors have for the main container of a pattern, by the prop that gives it. */
const MAIN = { web: 'web server', app: 'application', job: 'job' };

/**
 * A ready-made pod: a main container and its companions as one construct. Made by the patterns of this library, not for
 * extension.
 */
export abstract class PodPattern extends Construct {
  public constructor(scope: Construct, id: string) {
    checkPlace(new.target.name, scope, id);
    super(scope, id);
  }

  /** The pod that the containers share. */
  public abstract readonly pod: MultiContainerPod;
}

/** Fails where a construct cannot be put: constructs would say it without a place. */
function checkPlace(source: string, scope: unknown, id: unknown): void {
  const { node } = readArgument<any>('Construct', scope, source, 'scope');
  const name = readArgument('string', id, source, 'id');
  throwFirst(scope as Construct, [
    ...(name === '' ? [`\`id\` of a ${source} is empty; pass a name`] : []),
    ...(node.tryFindChild(name)
      ? [`\`id\` of a ${source} is "${name}", which another construct has; pass another`]
      : []),
  ]);
}

/** A ready-made pod that answers requests. Made by the patterns of this library, not for extension. */
export abstract class ServedPattern extends PodPattern {
  /** Puts a Service in front of the main container. */
  public expose(options: ExposeOptions = {}): kplus.Service {
    return this.pod.expose(options);
  }
}

/** A ready-made pod that answers requests, in several equal copies. Made by the patterns of this library, not for extension. */
export abstract class ScaledPattern extends ServedPattern {
  /** Scales with the CPU use of the main container alone. */
  public scaleOnCpu(options: ScaleOnCpuOptions): kplus.HorizontalPodAutoscaler {
    return this.pod.scaleOnCpu(options);
  }

  /** Keeps pods up while nodes are drained. */
  public keepAvailable(options: KeepAvailableOptions = {}): ApiObject {
    return this.pod.keepAvailable(options);
  }
}

/**
 * Everything that a Deployment takes but `containers`. Its pods are spread over nodes and zones, softly, unless `spread` is
 * false.
 */
export interface DeploymentPatternProps extends kplus.DeploymentProps {
  /**
   * The way in which Kubernetes runs the companions: native or classic.
   *
   * @default - the mode that `PodDefaults` give, which is `SidecarMode.NATIVE` unless they say otherwise
   */
  readonly sidecarMode?: SidecarMode;
}

/** The props of every pattern whose main container is an application. */
export interface AppPatternProps extends DeploymentPatternProps {
  /** The application. */
  readonly app: ApplicationProps;
}

/** The props of a pattern that concern its pod before anything is in it. */
interface PodOptions {
  readonly containers?: kplus.ContainerProps[];
  readonly sidecarMode?: SidecarMode;
  readonly spread?: boolean;
}

/** The pod of a workload that the pattern has made, still without containers. */
export function createPod(
  workload: kplus.AbstractPod,
  main: keyof typeof MAIN,
  { containers = [], sidecarMode }: PodOptions,
): MultiContainerPod {
  if (containers.length > 0) {
    throw createError(
      workload,
      `\`containers\` would be there before the ${MAIN[main]}, which is the main container; pass \`${main}\`, and add others with \`pod.add\``,
    );
  }
  return MultiContainerPod.of(workload, { sidecarMode });
}

/** The same for a workload of several pods, which are spread over nodes and zones, softly, unless `spread` is false. */
export function createSpreadPod(
  workload: kplus.Deployment | kplus.StatefulSet,
  main: keyof typeof MAIN,
  options: PodOptions,
): MultiContainerPod {
  const pod = createPod(workload, main, options);
  if (options.spread ?? true) {
    pod.spread();
  }
  return pod;
}

/**
 * The props that cdk8s-plus takes. The containers are the pattern's to add, and so is the spread: that of cdk8s-plus grows with each
 * synth.
 */
export function toWorkloadProps<T extends kplus.AbstractPodProps>(props: T): T {
  const { containers, spread, securityContext, ...others } = props as T & { containers?: unknown; spread?: boolean };
  const policy = kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH;
  return { securityContext: { fsGroupChangePolicy: policy, ...securityContext }, ...others } as unknown as T;
}

/** The workload of a pattern. */
export function createWorkload<T extends kplus.AbstractPod, P extends kplus.AbstractPodProps>(
  Workload: new (scope: Construct, id: string, props: P) => T,
  scope: Construct,
  props: P,
): T {
  try {
    return new Workload(scope, 'Resource', toWorkloadProps(props));
  } catch (error) {
    throw createError(scope, `cdk8s-plus refuses the props: ${(error as Error).message}; correct them`);
  }
}
