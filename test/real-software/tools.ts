import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian puts programs, for those whose own search path has less. */
export const SYSTEM_PATH = `${process.env.PATH}:/usr/sbin:/usr/bin:/sbin:/bin`;

/** The Debian package of each program that tests run. `install.sh` installs them. */
const PACKAGES = new Map(
  readFileSync(join(__dirname, 'packages.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ') as [program: string, debian: string]),
);

/** Fails where one of these programs is missing, and says how to get it. */
export function requireTools(...programs: string[]): void {
  const missing = programs.filter((program) => tool(program) === '');
  if (missing.length > 0) {
    const list = missing.map((program) => `${program} (Debian package "${PACKAGES.get(program)}")`).join(', ');
    throw new Error(`not installed: ${list}; run \`sudo sh test/real-software/install.sh\``);
  }
}

/** The file of a program, or ''. */
export function tool(program: string): string {
  const find = `command -v ${program}`;
  return spawnSync('sh', ['-c', find], { env: { PATH: SYSTEM_PATH }, encoding: 'utf8' }).stdout.trim();
}
