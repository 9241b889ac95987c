import type * as yaml from 'yaml';

/** The YAML library, loaded when the first text is read: most users of this package never need it. */
export function loadYaml(): typeof yaml {
  return require('yaml');
}
