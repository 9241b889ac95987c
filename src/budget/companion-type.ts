import { readTailCommand } from '../rules/configs/tail-command';
import { type ContainerView, Role } from '../rules/model/container-view';
import { findRunningSoftware } from '../rules/model/software';

/** The parts that a pod's resources are made of, in the order in which they are shown. */
export const PART_TYPES = [
  'application',
  'log agents',
  'agents',
  'ambassadors',
  'exporters',
  'helpers',
  'other sidecars',
  'init containers',
  'resources of the pod',
  'overhead',
] as const;
export type PartType = (typeof PART_TYPES)[number];

const BY_ROLE: Readonly<Record<string, PartType>> = {
  'log agent': 'log agents',
  agent: 'agents',
  proxy: 'ambassadors',
  // Beside another main container it stands in front of that.
  'web server': 'ambassadors',
  exporter: 'exporters',
  helper: 'helpers',
};

/** The part of a pod that a container belongs to: by its software where that is known, or else by its place. */
export function findPartType(container: ContainerView): PartType {
  if (container.role === Role.MAIN) {
    return 'application';
  }
  if (container.role === Role.INIT) {
    return 'init containers';
  }
  const role = findRunningSoftware(container).software?.role ?? '';
  return BY_ROLE[role] ?? (readTailCommand(container) ? 'log agents' : 'other sidecars');
}

/** Whether a part is there for another one, or only because of it. */
export function isCompanionType(type: PartType): boolean {
  return type !== 'application' && type !== 'resources of the pod' && type !== 'overhead';
}
