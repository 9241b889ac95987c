import type { PodSecurityLevel } from '../rules/security/shared/pod-security-checks';
import { toBeReachableThrough } from './matchers/to-be-reachable-through';
import type { FitLimits } from './matchers/to-fit-within';
import { toFitWithin } from './matchers/to-fit-within';
import { toHaveResource } from './matchers/to-have-resource';
import { toListenOn } from './matchers/to-listen-on';
import { toMountReadOnly } from './matchers/to-mount-read-only';
import { type PassPodRulesOptions, toPassPodRules } from './matchers/to-pass-pod-rules';
import { toPassPodSecurity } from './matchers/to-pass-pod-security';
import { toShareVolume } from './matchers/to-share-volume';
import { toStartBefore } from './matchers/to-start-before';

/** The methods that the matchers add to the result of `expect`. */
export interface PodMatchers<R = void> {
  /**
   * The rules for pods have nothing against the manifests: no error and no warning, unless `failOn` says otherwise.
   *
   * Of a chart, an app, `Manifests`, a list of manifests, or a pod among its objects.
   */
  toPassPodRules(options?: PassPodRulesOptions): R;

  /**
   * A namespace that enforces this level of the Pod Security Standards admits the pod, or each pod that is there.
   *
   * Of a pod, a chart, an app, `Manifests` or a list of manifests.
   */
  toPassPodSecurity(level: PodSecurityLevel): R;

  /**
   * There is an object of this kind that matches the pattern, see `Match`.
   *
   * Of a chart, an app, `Manifests` or a list of manifests.
   */
  toHaveResource(kind: string, partial?: any): R;

  /**
   * The containers mount the same volume, and see the same part of it, so that one reads what another writes. Of a container,
   * with others; or of a pod, whose containers are named.
   */
  toShareVolume(...containers: string[]): R;

  /**
   * The container cannot write to this volume, or to what is mounted at this path: the mount is read-only, or the source is, as
   * that of a ConfigMap. To mount nothing there is an error, with `.not` too.
   */
  toMountReadOnly(pathOrVolume: string): R;

  /** The container lists this port: its number, its name, or both number and protocol as in `53/UDP`. Of a container or pod. */
  toListenOn(port: number | string): R;

  /**
   * Kubernetes waits for this container before it starts the other: for an init container until it has ended, for a native sidecar
   * until its `postStart` hook has ended and its startup probe succeeds, or just until its process runs if it has neither. For
   * regular containers Kubernetes does not wait until they are ready, although it starts them in order: of two regular containers
   * none starts before the other.
   */
  toStartBefore(container: string): R;

  /**
   * The Service selects the pod, and one of its ports leads to a port that this container lists: by number, or by name, which
   * Kubernetes looks up in the containers in order and then in the native sidecars. Of a container, or a pod for any container.
   */
  toBeReachableThrough(serviceName: string): R;

  /**
   * The pod requests no more than this, as the scheduler counts it: containers and native sidecars together, or an init container
   * where that takes more, with the defaults of LimitRanges and the overhead of RuntimeClasses among the manifests.
   *
   * Of a pod, or of each pod of a chart, an app, `Manifests` or a list of manifests.
   */
  toFitWithin(requests: FitLimits): R;
}

/** The matchers for manifests and pods: `expect.extend(podMatchers)`. */
export const podMatchers = {
  toPassPodRules,
  toPassPodSecurity,
  toHaveResource,
  toShareVolume,
  toMountReadOnly,
  toListenOn,
  toStartBefore,
  toBeReachableThrough,
  toFitWithin,
};
