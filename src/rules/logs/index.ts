import type { Rule } from '../rule';
import { AGENT_CONFIG } from './agent-config';
import { AGENT_CONFIG_REFERENCE } from './agent-config-reference';
import { AGENT_OUTPUT } from './agent-output';
import { AGENT_SHUTDOWN } from './agent-shutdown';
import { LOG_FROM_HEAD } from './log-from-head';
import { LOG_PATH } from './log-path';
import { LOG_ROTATED_NAMES } from './log-rotated-names';
import { LOG_STATE } from './log-state';
import { LOG_STATE_MISSING } from './log-state-missing';
import { LOG_STATE_SHARED } from './log-state-shared';
import { LOG_STATE_TAILED } from './log-state-tailed';
import { LOG_SUBPATH } from './log-subpath';
import { LOG_VOLUME } from './log-volume';

/** Log files and the agents that read them. */
export const LOGS_RULES: readonly Rule[] = [
  LOG_VOLUME,
  LOG_PATH,
  LOG_SUBPATH,
  LOG_STATE,
  LOG_STATE_TAILED,
  LOG_STATE_SHARED,
  LOG_STATE_MISSING,
  LOG_FROM_HEAD,
  LOG_ROTATED_NAMES,
  AGENT_CONFIG,
  AGENT_CONFIG_REFERENCE,
  AGENT_SHUTDOWN,
  AGENT_OUTPUT,
];
