import type { Rule } from '../rule';
import { CLAIM_EXCLUSIVE } from './claim-exclusive';
import { CLAIM_TEMPLATE } from './claim-template';
import { CONFIG_MISSING } from './config-missing';
import { CONFIG_RELOAD } from './config-reload';
import { CONFIG_SUBPATH } from './config-subpath';
import { FILE_EXECUTABLE } from './file-executable';
import { FILE_MODE } from './file-mode';
import { INIT_OUTPUT } from './init-output';
import { MOUNT_NESTED } from './mount-nested';
import { MOUNT_OPTIONS } from './mount-options';
import { MOUNT_PATH } from './mount-path';
import { MOUNT_REPLACED } from './mount-replaced';
import { MOUNT_VOLUME } from './mount-volume';
import { SHARED_OWNERSHIP } from './shared-ownership';
import { VOLUME_DEFINITION } from './volume-definition';
import { VOLUME_MEDIUM } from './volume-medium';
import { VOLUME_OWNERSHIP } from './volume-ownership';
import { VOLUME_SIZE } from './volume-size';
import { VOLUME_UNUSED } from './volume-unused';
import { VOLUME_WRITER } from './volume-writer';

/** The volumes of a pod, and what is in them. */
export const STORAGE_RULES: readonly Rule[] = [
  ...[VOLUME_DEFINITION, CLAIM_TEMPLATE, MOUNT_VOLUME, MOUNT_PATH, MOUNT_OPTIONS, MOUNT_NESTED, VOLUME_UNUSED],
  ...[VOLUME_MEDIUM, VOLUME_SIZE, VOLUME_WRITER, CLAIM_EXCLUSIVE, SHARED_OWNERSHIP, CONFIG_MISSING, CONFIG_SUBPATH],
  ...[CONFIG_RELOAD, MOUNT_REPLACED, VOLUME_OWNERSHIP, FILE_MODE, FILE_EXECUTABLE, INIT_OUTPUT],
];
