import type { ObjectView } from '../model/object-view';
import type { PodView } from '../model/pod-view';

/** Fields of which a finished object of the kind has at least one, and a patch of something else in it has none. */
const MARKS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind): [string, string[][]] => [
    `apps/v1/${kind}`,
    [
      ['spec', 'selector'],
      ['spec', 'template', 'metadata', 'labels'],
    ],
  ]),
  [
    'batch/v1/CronJob',
    [
      ['spec', 'schedule'],
      ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'restartPolicy'],
    ],
  ],
  [
    'autoscaling/v2/HorizontalPodAutoscaler',
    [
      ['spec', 'scaleTargetRef'],
      ['spec', 'maxReplicas'],
    ],
  ],
  ['v1/Service', ['selector', 'ports', 'externalName', 'clusterIP'].map((name) => ['spec', name])],
  ['v1/PersistentVolumeClaim', ['accessModes', 'resources'].map((name) => ['spec', name])],
  ...['v1', 'v1beta1'].map((version): [string, string[][]] => [
    `apiextensions.k8s.io/${version}/CustomResourceDefinition`,
    ['group', 'names'].map((name) => ['spec', name]),
  ]),
  ['networking.k8s.io/v1/Ingress', ['rules', 'defaultBackend'].map((name) => ['spec', name])],
]);

/** Directives of a strategic merge patch, as in `$patch: delete`. */
const DIRECTIVE = /^\$(?:patch$|retainKeys$|setElementOrder\/|deleteFromPrimitiveList\/)/;

/** Whether an object has something to say, but nothing of what makes an object of its kind one. */
export function isPartial({ apiVersion, kind, root, spec, pod }: ObjectView): boolean {
  const marks = MARKS.get(`${apiVersion}/${kind}`);
  const isAlias = spec.at('type').text === 'ExternalName';
  return (
    marks !== undefined &&
    spec.names.length > 0 &&
    !isAlias &&
    !marks.some((path) => root.at(...path).exists) &&
    !spec.at('containers').exists && // which no patch would add there, but people do
    !(pod && hasWholeContainers(pod))
  );
}

/** Whether all containers say what they run, and how they are reached: that is more than a patch changes. */
function hasWholeContainers({ containers }: PodView): boolean {
  return (
    containers.length > 0 &&
    containers.every(({ image }) => image !== '') &&
    containers.some(({ ports, probes }) => ports.length + probes.length > 0)
  );
}

/** Whether it is a list of operations, as in `[{op: replace, path: /spec/replicas, value: 2}]`. */
export function isJsonPatch({ root }: ObjectView): boolean {
  return root.items.length > 0 && root.items.every((item) => item.at('op').text && item.at('path').text !== undefined);
}

/** Whether data says how to merge it into an object. */
export function hasDirective(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    Object.entries(data).some(([name, value]) => DIRECTIVE.test(name) || hasDirective(value))
  );
}
