import type { Container, PodSpec } from '../manifest/pod-template';
import { type Feature, LATER_FIELDS, NATIVE_SIDECARS, SLEEP_ACTIONS } from './kubernetes';
import { listOwn, type RenderedPod } from './rendered-pod';

/** A feature of Kubernetes that a rendered pod uses, and the words for its use: `container "app" is a native sidecar`. */
export interface Use {
  readonly feature: Feature;
  readonly phrase: string;
}

/** The features that a rendered pod uses, but for those of a manifest that somebody else made. */
export function listUses(pod: RenderedPod): Use[] {
  const { spec, isOwnVolume } = pod;
  const volumes = (spec.volumes ?? []).filter(({ name, image }) => image !== undefined && isOwnVolume(name));
  return [
    ...(pod.isWhole ? listPodUses(spec) : []),
    ...volumes.map(({ name }) => ({ feature: LATER_FIELDS.imageVolume, phrase: `volume "${name}" is an image` })),
    ...listOwn(pod).flatMap((container) => listContainerUses(container, spec)),
  ];
}

function listPodUses({ hostUsers, resources, securityContext }: PodSpec): Use[] {
  return toUses('the pod', [
    [hostUsers === false, 'has `hostUsers`', LATER_FIELDS.hostUsers],
    [resources !== undefined, 'has `resources`', LATER_FIELDS.resources],
    [
      securityContext?.supplementalGroupsPolicy !== undefined,
      'has a `supplementalGroupsPolicy`',
      LATER_FIELDS.supplementalGroupsPolicy,
    ],
  ]);
}

function listContainerUses(container: Container, { initContainers = [] }: PodSpec): Use[] {
  const { name, restartPolicy, restartPolicyRules, resizePolicy, env = [], lifecycle = {} } = container;
  const isInit = initContainers.includes(container);
  const hooks = Object.values(lifecycle) as (Readonly<Record<string, unknown>> | undefined)[];
  const hasPolicy = (restartPolicy !== undefined && restartPolicy !== 'Always') || restartPolicyRules !== undefined;
  return toUses(`container "${name}"`, [
    [isInit && restartPolicy === 'Always', 'is a native sidecar', NATIVE_SIDECARS],
    [hooks.some((hook) => hook?.sleep), 'has a hook with the action `sleep`', SLEEP_ACTIONS],
    [hasPolicy, 'has a `restartPolicy` of its own', LATER_FIELDS.restartPolicy],
    [resizePolicy !== undefined, 'has a `resizePolicy`', LATER_FIELDS.resizePolicy],
    [
      env.some(({ valueFrom }) => (valueFrom as { readonly fileKeyRef?: unknown } | undefined)?.fileKeyRef),
      'has variables from a file',
      LATER_FIELDS.fileKeyRef,
    ],
  ]);
}

function toUses(
  subject: string,
  uses: readonly (readonly [isUsed: unknown, phrase: string, feature: Feature])[],
): Use[] {
  return uses
    .filter(([isUsed]) => Boolean(isUsed))
    .map(([, phrase, feature]) => ({ feature, phrase: `${subject} ${phrase}` }));
}
