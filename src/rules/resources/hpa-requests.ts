import { Severity } from '../finding';
import type { Field } from '../model/field';
import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';
import type { Problem, Rule } from '../rule';
import { findRequest } from './shared/amounts';
import { findScaleTarget } from './shared/autoscaling';
import { isRequested } from './shared/limit-ranges';

/** The resource that Kubernetes scales on by default. */
const DEFAULT_RESOURCE = 'cpu';

export const HPA_REQUESTS: Rule = {
  id: 'hpa-requests',
  severity: Severity.ERROR,
  catches:
    'A HorizontalPodAutoscaler that scales on utilization, while a container of the pod requests nothing of that resource, or that names a container which the pod does not have.',
  consequence: 'The utilization is unknown, and the autoscaler does nothing at all.',
  fix: 'give every container of the pod a request, or scale on one container with a `ContainerResource` metric',
  source:
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#how-does-a-horizontalpodautoscaler-work',
  checkObject: (object, set) => {
    const pod = findScaleTarget(object, set)?.pod;
    return pod ? checkMetrics(object, { pod, isGiven: (resource) => isRequested(object, set, resource) }) : [];
  },
};

/** The pod that is scaled, and whether its namespace gives requests of a resource to containers that state none. */
interface Scaled {
  readonly pod: PodView;
  readonly isGiven: (resource: string) => boolean;
}

function checkMetrics({ apiVersion, spec, root }: ObjectView, scaled: Scaled): Problem[] {
  if (apiVersion === 'autoscaling/v1') {
    const isElsewhere = root.at('metadata', 'annotations', 'autoscaling.alpha.kubernetes.io/metrics').exists;
    return isElsewhere ? [] : checkPodRequests(spec.at('targetCPUUtilizationPercentage'), DEFAULT_RESOURCE, scaled);
  }
  const metrics = spec.at('metrics');
  return metrics.items.length === 0
    ? checkPodRequests(metrics, DEFAULT_RESOURCE, scaled)
    : metrics.items.flatMap((metric) => checkMetric(metric, scaled));
}

function checkMetric(metric: Field, scaled: Scaled): Problem[] {
  const [resource, container] = [metric.at('resource'), metric.at('containerResource')];
  switch (metric.at('type').text) {
    case 'Resource':
      return isUtilization(resource) ? checkPodRequests(resource.at('name'), resource.at('name').text, scaled) : [];
    case 'ContainerResource':
      return checkContainerMetric(container, scaled);
    default:
      return [];
  }
}

function isUtilization(metric: Field): boolean {
  return metric.at('target', 'type').text === 'Utilization';
}

function checkPodRequests(at: Field, resource: string | undefined, { pod, isGiven }: Scaled): Problem[] {
  if (resource === undefined || isGiven(resource)) {
    return [];
  }
  const lacking = pod.running.filter(({ field }) => !findRequest(field, resource).exists);
  if (lacking.length === 0 || isCoveredByPod(pod, resource, lacking.length)) {
    return [];
  }
  const names = lacking.map(({ name }) => `"${name}"`).join(', ');
  const verb = lacking.length === 1 ? 'requests' : 'request';
  return [
    { at, message: `it scales on the use of ${resource}, of which ${names} of ${pod.owner.title} ${verb} nothing` },
  ];
}

/** Requests of the pod as a whole count for all its containers. */
function isCoveredByPod({ spec, running }: PodView, resource: string, lacking: number): boolean {
  const resources = spec.at('resources');
  const isSet = [...resources.at('requests').fields, ...resources.at('limits').fields].length > 0;
  const hasOwn = resources.at('requests', resource).exists || resources.at('limits', resource).exists;
  return isSet && (hasOwn || lacking < running.length);
}

function checkContainerMetric(metric: Field, { pod, isGiven }: Scaled): Problem[] {
  const [at, resource] = [metric.at('container'), metric.at('name').text];
  if (at.text === undefined || resource === undefined) {
    return [];
  }
  const container = pod.running.find(({ field }) => field.at('name').text === at.text);
  if (!container) {
    const message = `it scales on container "${at.text}", which does not run in ${pod.owner.title}`;
    return [{ at, message, fix: `name one of ${pod.running.map(({ name }) => `"${name}"`).join(', ')}` }];
  }
  const message = `it scales on the use of ${resource}, of which "${at.text}" of ${pod.owner.title} requests nothing`;
  const lacks = isUtilization(metric) && !isGiven(resource) && !findRequest(container.field, resource).exists;
  return lacks ? [{ at, message }] : [];
}
