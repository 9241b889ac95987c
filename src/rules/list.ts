import { CONTAINERS_RULES } from './containers/index';
import { LIFECYCLE_RULES } from './lifecycle/index';
import { LOGS_RULES } from './logs/index';
import { MANIFEST_RULES } from './manifest/index';
import { createSuppressionRule } from './manifest/suppression';
import { SUPPRESSION_UNUSED } from './manifest/suppression-unused';
import { NETWORK_RULES } from './network/index';
import { RESOURCES_RULES } from './resources/index';
import type { Rule } from './rule';
import { SECURITY_RULES } from './security/index';
import { STORAGE_RULES } from './storage/index';

/** All rules by what they are about, in the order of `docs/rules.md`. */
export const RULE_GROUPS: Readonly<Record<string, readonly Rule[]>> = {
  manifest: [...MANIFEST_RULES, createSuppressionRule(() => RULES.map(({ id }) => id)), SUPPRESSION_UNUSED],
  containers: CONTAINERS_RULES,
  network: NETWORK_RULES,
  storage: STORAGE_RULES,
  lifecycle: LIFECYCLE_RULES,
  logs: LOGS_RULES,
  resources: RESOURCES_RULES,
  security: SECURITY_RULES,
};

/** All rules. */
export const RULES: readonly Rule[] = Object.values(RULE_GROUPS).flat();
