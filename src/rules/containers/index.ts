import type { Rule } from '../rule';
import { ARGUMENT_BLANK } from './argument-blank';
import { COMMAND_WORDS } from './command-words';
import { CONTAINER_IMAGE } from './container-image';
import { CONTAINER_NAME } from './container-name';
import { CONTAINER_NAME_UNIQUE } from './container-name-unique';
import { CONTAINER_REFERENCE } from './container-reference';
import { ENV_DUPLICATE } from './env-duplicate';
import { ENV_NAME } from './env-name';
import { ENV_REFERENCE } from './env-reference';
import { ENV_SOURCE } from './env-source';
import { IMAGE_TAG } from './image-tag';
import { POD_SETTINGS } from './pod-settings';
import { RESTART_POLICY } from './restart-policy';

/** The containers of a pod, each for itself. */
export const CONTAINERS_RULES: readonly Rule[] = [
  ...[CONTAINER_NAME, CONTAINER_NAME_UNIQUE, CONTAINER_IMAGE, IMAGE_TAG, RESTART_POLICY, POD_SETTINGS],
  ...[ENV_NAME, ENV_SOURCE, ENV_DUPLICATE, ENV_REFERENCE, CONTAINER_REFERENCE],
  ...[COMMAND_WORDS, ARGUMENT_BLANK],
];
