import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, which stands above the sources as well as above what is compiled of them. */
export function findPackageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return folder;
}
