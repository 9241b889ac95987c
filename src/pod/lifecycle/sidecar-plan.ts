import { ApiObject } from 'cdk8s';
import type * as kplus from 'cdk8s-plus-28';
import { toWholeSeconds } from '../../private/durations';
import type { SidecarProps } from '../containers/container-options';
import { NATIVE_SIDECARS, validateFeature } from '../defaults/kubernetes';
import type { PodDefaultsOptions } from '../defaults/pod-defaults';

/** The props of one sidecar that its lifecycle depends on. */
export type SidecarPlan = Pick<
  SidecarProps,
  'name' | 'mode' | 'readyBeforeMain' | 'startup' | 'lifecycle' | 'flush' | 'preStopSleep'
>;

/** The seconds that a sidecar needs after the main container has stopped. */
export function toFlushSeconds({ flush }: SidecarPlan): number {
  return flush ? toWholeSeconds(flush) : 0;
}

/** Reasons why a sidecar cannot be a native one. */
export function validateNativeSidecar(
  { name, readyBeforeMain, startup, lifecycle }: SidecarPlan,
  _workload: kplus.AbstractPod,
  defaults: PodDefaultsOptions,
): string[] {
  if (lifecycle?.preStop) {
    return [
      `container "${name}" is a native sidecar with a \`preStop\` hook, which the kubelet runs at once, while the main container still drains; remove the hook, the sidecar is stopped last anyway`,
    ];
  }
  if (readyBeforeMain && !startup) {
    return [
      `container "${name}" must be ready before the main container, but has no \`startup\` probe that says when it is; pass one`,
    ];
  }
  const use = `container "${name}" is to be a native sidecar`;
  return validateFeature(defaults, NATIVE_SIDECARS, use, 'use SidecarMode.CLASSIC');
}

/** Reasons why a sidecar cannot be an ordinary container beside the main one. */
export function validateClassicSidecar(
  sidecar: SidecarPlan,
  workload: kplus.AbstractPod,
  defaults: PodDefaultsOptions,
): string[] {
  const { name } = sidecar;
  if (workload.containers.length === 0) {
    return [
      `container "${name}" would be the first of the pod, which is the main container; add the main container first`,
    ];
  }
  return isJob(workload) ? explainJob(name, defaults) : validateClassicOptions(sidecar);
}

function explainJob(name: string, defaults: PodDefaultsOptions): string[] {
  const use = `container "${name}" is a sidecar of a Job, which completes beside a native one alone`;
  const lack = validateFeature(defaults, NATIVE_SIDECARS, use, 'leave the sidecar out');
  return lack.length > 0
    ? lack
    : [`container "${name}" is a classic sidecar of a Job, which would then never complete; use SidecarMode.NATIVE`];
}

/** Options that an ordinary container cannot keep. */
function validateClassicOptions(sidecar: SidecarPlan): string[] {
  const { name, readyBeforeMain, lifecycle, preStopSleep } = sidecar;
  if (readyBeforeMain) {
    return [
      `container "${name}" must be ready before the main container, but Kubernetes starts ordinary containers without waiting for each other; use SidecarMode.NATIVE`,
    ];
  }
  const seconds = toFlushSeconds(sidecar);
  if (seconds > 0 && !preStopSleep) {
    return [
      `container "${name}" must outlive the main container by ${seconds} s, but a classic sidecar is stopped at the same moment; use SidecarMode.NATIVE, or say with \`preStopSleep\` what lets it wait`,
    ];
  }
  if (seconds > 0 && lifecycle?.preStop) {
    return [
      `container "${name}" has a \`preStop\` hook, but must wait in that hook to outlive the main container; remove the hook or \`flush\``,
    ];
  }
  return [];
}

/** Whether a workload runs to completion. */
export function isJob(workload: kplus.AbstractPod): boolean {
  return ['Job', 'CronJob'].includes(ApiObject.of(workload).kind);
}
