import { CONTAINERS_RULES } from './containers/list';
import { LIFECYCLE_RULES } from './lifecycle/list';
import { LOGS_RULES } from './logs/list';
import { MANIFEST_RULES } from './manifest/list';
import { suppressionRule } from './manifest/suppression';
import { NETWORK_RULES } from './network/list';
import { RESOURCES_RULES } from './resources/list';
import type { Rule } from './rule';
import { SECURITY_RULES } from './security/list';
import { STORAGE_RULES } from './storage/list';

/** All rules by what they are about, in the order of `docs/rules.md`. */
export const RULE_GROUPS: Readonly<Record<string, readonly Rule[]>> = {
  manifest: [...MANIFEST_RULES, suppressionRule(() => RULES.map(({ id }) => id))],
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
