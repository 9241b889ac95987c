import type { Rule } from '../rule';
import { NONROOT_IMAGE } from './nonroot-image';
import { POD_SECURITY } from './pod-security';
import { SECURITY_CONTEXT } from './security-context';
import { WINDOWS_FIELDS } from './windows-fields';
import { WRITABLE_PATHS } from './writable-paths';

/** The rights of a pod on its node. */
export const SECURITY_RULES: readonly Rule[] = [
  SECURITY_CONTEXT,
  WINDOWS_FIELDS,
  NONROOT_IMAGE,
  WRITABLE_PATHS,
  POD_SECURITY,
];
