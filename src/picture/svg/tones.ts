import type { ContainerScene, SceneRole } from '../scene/pod-scene';
import type { Tone } from './item';

/** One accent for what the pod is there for, one for what lives beside it, none for what is over when these run. */
const TONES: Readonly<Record<SceneRole, Tone>> = {
  main: 'main',
  'native sidecar': 'companion',
  sidecar: 'companion',
  init: 'neutral',
};

/** The colour of a container. */
export function findTone({ role }: Pick<ContainerScene, 'role'>): Tone {
  return TONES[role];
}
