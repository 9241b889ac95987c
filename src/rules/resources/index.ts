import type { Rule } from '../rule';
import { COMPANION_RESOURCES } from './companion-resources';
import { HPA_CONFLICT } from './hpa-conflict';
import { HPA_DEFINITION } from './hpa-definition';
import { HPA_REQUESTS } from './hpa-requests';
import { NODE_LABEL } from './node-label';
import { PDB_BLOCKS_DRAIN } from './pdb-blocks-drain';
import { PDB_DEFINITION } from './pdb-definition';
import { PDB_SELECTOR } from './pdb-selector';
import { POD_SCHEDULING } from './pod-scheduling';
import { RESOURCE_FRACTION } from './resource-fraction';
import { RESOURCE_LIMITS } from './resource-limits';
import { RESOURCE_NAME } from './resource-name';
import { RESOURCE_QUANTITY } from './resource-quantity';

/** The resources of the containers of a pod, the number of pods, and the nodes that they come to. */
export const RESOURCES_RULES: readonly Rule[] = [
  ...[RESOURCE_NAME, RESOURCE_QUANTITY, RESOURCE_FRACTION, RESOURCE_LIMITS, COMPANION_RESOURCES],
  ...[
    HPA_DEFINITION,
    HPA_REQUESTS,
    HPA_CONFLICT,
    PDB_DEFINITION,
    PDB_SELECTOR,
    PDB_BLOCKS_DRAIN,
    POD_SCHEDULING,
    NODE_LABEL,
  ],
];
