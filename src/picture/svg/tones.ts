import type { ContainerScene, SceneRole } from '../scene/pod-scene';
import type { Tone } from './item';

/** One accent for what the pod is there for, one for what lives beside it, none for what is over when these run. */
const TONES: Readonly<Record<SceneRole, Tone>> = {
  main: 'main',
  'native sidecar': 'companion',
  sidecar: 'companion',
  init: 'neutral',
};

/** The roles in words, which do not need the colour. */
export const ROLE_NAMES: Readonly<Record<SceneRole, string>> = {
  main: 'main',
  'native sidecar': 'native sidecar',
  sidecar: 'sidecar',
  init: 'init',
};

/** The colour of a container. */
export function findTone({ role }: Pick<ContainerScene, 'role'>): Tone {
  return TONES[role];
}
