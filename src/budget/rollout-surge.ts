import type { Field } from '../rules/model/field';
import type { ObjectView } from '../rules/model/object-view';

/** A quarter more, as Kubernetes has it for Deployments. */
const QUARTER = '25%';

/** The number of pods that may be added while all pods are replaced, of a workload that has so many. */
export function findSurge({ kind, apiVersion, spec }: ObjectView, count: number): number {
  switch (kind) {
    case 'Deployment':
      return spec.at('strategy', 'type').text === 'Recreate'
        ? 0
        : toSurge(spec.at('strategy', 'rollingUpdate', 'maxSurge'), count, QUARTER);
    case 'DeploymentConfig':
      return spec.at('strategy', 'type').text === 'Recreate'
        ? 0
        : toSurge(spec.at('strategy', 'rollingParams', 'maxSurge'), count, QUARTER);
    case 'DaemonSet':
      return spec.at('updateStrategy', 'type').text === 'OnDelete'
        ? 0
        : toSurge(spec.at('updateStrategy', 'rollingUpdate', 'maxSurge'), count, 0);
    case 'CloneSet':
      return toSurge(spec.at('updateStrategy', 'maxSurge'), count, 0);
    case 'Rollout':
      return findRolloutSurge(spec.at('strategy'), count);
    default:
      // A new revision of Knative stands beside the old one until it is ready.
      return apiVersion.startsWith('serving.knative.dev/') ? count : 0;
  }
}

/** A whole second set of pods stands beside the first in blue-green, and where a mesh or proxy shifts the requests. */
function findRolloutSurge(strategy: Field, count: number): number {
  const canary = strategy.at('canary');
  const isDoubled =
    strategy.at('blueGreen').exists || (canary.at('trafficRouting').exists && !canary.at('dynamicStableScale').isTrue);
  return isDoubled ? count : toSurge(canary.at('maxSurge'), count, QUARTER);
}

/** A number of pods, or a share of them, of which a part of a pod counts as one. */
function toSurge(field: Field, count: number, otherwise: number | string): number {
  const value = field.exists ? field.value : otherwise;
  const percent = typeof value === 'string' ? /^(\d{1,6})%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined) {
    return Math.ceil((count * Number(percent)) / 100);
  }
  return Number.isInteger(value) && (value as number) > 0 ? (value as number) : 0;
}
