import type { PodDefaultsOptions } from './pod-defaults';

/** A thing of Kubernetes that its older versions lack. */
export interface Feature {
  /** The first minor version in which it works unless an administrator turns it off. */
  readonly since: number;
  /** Noun for it, in the plural. */
  readonly title: string;
}

/** Init containers with `restartPolicy: Always`. */
export const NATIVE_SIDECARS: Feature = { since: 29, title: 'native sidecars' };

/** The action `sleep` of a hook. */
export const SLEEP_ACTIONS: Feature = { since: 30, title: 'hooks with the action `sleep`' };

/** Metrics of one container as the measure of an autoscaler. */
export const CONTAINER_METRICS: Feature = { since: 27, title: 'autoscalers on the metrics of one container' };

/** The field `unhealthyPodEvictionPolicy` of disruption budgets. */
export const EVICTION_POLICIES: Feature = { since: 27, title: 'eviction policies of disruption budgets' };

/** Fields of pods, and of their containers, that came later. */
export const LATER_FIELDS = {
  hostUsers: { since: 33, title: 'users of a pod' },
  supplementalGroupsPolicy: { since: 33, title: 'policies of supplementary groups' },
  resources: { since: 34, title: 'resources of a whole pod' },
  resizePolicy: { since: 33, title: 'containers that are resized in place' },
  imageVolume: { since: 35, title: 'volumes from images' },
  fileKeyRef: { since: 35, title: 'variables from files' },
  restartPolicy: { since: 35, title: 'init containers with a restart policy of their own' },
} satisfies Readonly<Record<string, Feature>>;

const SYNTAX = /^1\.(\d{1,3})$/;

/** Reasons why a text is no version of Kubernetes. */
export function validateKubernetes(version: string): string[] {
  return SYNTAX.test(version)
    ? []
    : [`\`kubernetes\` "${version}" is no version of Kubernetes; pass its first two numbers, such as "1.30"`];
}

/** Whether all clusters have a feature, or nothing is said of them. */
export function hasFeature({ kubernetes }: PodDefaultsOptions, { since }: Feature): boolean {
  return kubernetes === undefined || findMinor(kubernetes) >= since;
}

/** Whether it is said that all clusters have a feature. */
export function isKnownToHave({ kubernetes }: PodDefaultsOptions, { since }: Feature): boolean {
  return kubernetes !== undefined && findMinor(kubernetes) >= since;
}

/**
 * The reason why a feature cannot be used, where the clusters lack it.
 *
 * @param use the thing that would use it, with its verb: `container "app" is a native sidecar`
 */
export function validateFeature(defaults: PodDefaultsOptions, feature: Feature, use: string, remedy: string): string[] {
  const { since, title } = feature;
  return hasFeature(defaults, feature)
    ? []
    : [
        `${use}, but Kubernetes ${defaults.kubernetes}, which \`PodDefaults\` names, has no ${title} (1.${since} has); ${remedy}`,
      ];
}

function findMinor(version: string): number {
  return Number(SYNTAX.exec(version)?.[1]);
}
