import type { PodView } from '../../model/pod-view';

/** An annotation whose value changes with the configuration, or that asks a controller to restart the pod. */
const FOLLOWS = /checksum|hash|reload/i;

/** Whether a pod says that it is replaced when its configuration changes. */
export function isFollowed({ owner, template }: PodView): boolean {
  const annotations = [
    ...template.at('metadata', 'annotations').names,
    ...owner.root.at('metadata', 'annotations').names,
  ];
  return annotations.some((name) => FOLLOWS.test(name));
}
