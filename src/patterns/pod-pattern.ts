import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { SidecarMode } from '../pod/lifecycle/pod-lifecycle';
import { MultiContainerPod } from '../pod/multi-container-pod';
import { createError } from '../private/errors';

/** What each pattern calls its main container, by the prop that gives it. */
const MAIN = { web: 'web server', app: 'application', job: 'job' };

/**
 * A ready-made pod: a main container and its companions as one construct. Made by the patterns of this library, not for
 * extension.
 */
export abstract class PodPattern extends Construct {
  /** @internal */
  protected _pod!: MultiContainerPod;

  /** What the containers share. */
  public get pod(): MultiContainerPod {
    return this._pod;
  }
}

/** What a pattern says of its pod before anything is in it. */
interface PodOptions {
  readonly containers?: kplus.ContainerProps[];
  readonly sidecarMode?: SidecarMode;
}

/** The pod of a workload that the pattern has made, still without containers. */
export function podOf(
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

/**
 * The props that cdk8s-plus takes. The containers are the pattern's to add, and so is the spread: that of cdk8s-plus grows
 * with each synth.
 */
export function workloadProps<T extends kplus.AbstractPodProps>(props: T): T {
  const { containers, spread, ...own } = props as T & { containers?: unknown; spread?: boolean };
  const securityContext = { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...props.securityContext };
  return { ...own, securityContext } as unknown as T;
}
